import { REASON_LENGTH } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { BREAK_GLASS_DIALOG, DENY_DIALOG, WHY_ID } from "./action-ids.ts";
import { input, section, title } from "./blocks.ts";

/** Asks for the reason of a no, or of an emergency. */
export function whyDialog(kind: "deny" | "break_glass", memory: string, { approval: words }: Texts): object {
  const isDeny = kind === "deny";
  return {
    type: "modal",
    callback_id: isDeny ? DENY_DIALOG : BREAK_GLASS_DIALOG,
    title: title(isDeny ? words.denyTitle : words.breakGlassTitle),
    submit: title(isDeny ? words.submitDeny : words.submitBreakGlass),
    close: title(words.close),
    private_metadata: memory,
    blocks: [
      ...(isDeny ? [] : [section(words.breakGlassText)]),
      input({
        blockId: "why",
        label: words.reason,
        element: { type: "plain_text_input", action_id: WHY_ID, multiline: true, max_length: REASON_LENGTH },
      }),
    ],
  };
}
