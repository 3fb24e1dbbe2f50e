import { z } from "zod";
import { type Complaints, checkBlocks, told } from "./check.ts";
import { plain } from "./texts.ts";

const LARGEST_VIEW_BYTES = 250 * 1024;

const common = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).default(""),
  callback_id: z.string().max(255).default(""),
  external_id: z.string().max(255).default(""),
};

const view = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("modal"),
    ...common,
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().default(false),
    notify_on_close: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal("home"), ...common }),
]);

/** A view as the bot describes it. Its blocks are checked, but not yet as Slack keeps them. */
export type SentView = z.infer<typeof view>;

export function checkView(
  candidate: unknown,
  type: SentView["type"],
  unknownBlocks: ReadonlySet<string> = new Set(),
): SentView | Complaints {
  const parsed = view.safeParse(candidate);
  if (!parsed.success) return told(parsed.error, ["view"]);
  const sent = parsed.data;
  if (sent.type !== type) return [`must be of type ${type} [json-pointer:/view/type]`];
  if (Buffer.byteLength(JSON.stringify(candidate)) > LARGEST_VIEW_BYTES) return ["view_too_large [json-pointer:/view]"];
  const complaints = checkBlocks(sent.blocks, type, unknownBlocks).map((each) =>
    each.replace("pointer:/blocks", "pointer:/view/blocks"),
  );
  const asks = sent.blocks.some((each) => (each as { type: string }).type === "input");
  if (sent.type === "modal" && asks && !sent.submit) {
    complaints.push("missing required field: submit, which a modal with inputs must have [json-pointer:/view/submit]");
  }
  return complaints.length > 0 ? complaints : sent;
}
