import { z } from "zod";
import type { Answer } from "./answer.ts";
import { missing } from "./entries.ts";
import { silent } from "./inputs.ts";
import type { Stage } from "./people.ts";
import type { View } from "./types.ts";
import { checkView } from "./view-check.ts";

const followUp = z.discriminatedUnion("response_action", [
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal("update"), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("push"), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("clear") }),
]);

/** How people send and close dialogs, and what the Slack client does with the bot's answers to it. */
export class Forms {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Throws, as the client refuses to send, when required fields are empty; what is missing then stands in the view. */
  async submit(user: string): Promise<Answer> {
    const view = this.#open(user);
    if (view.submit === undefined && view.blocks.some(({ type }) => type === "input"))
      throw new Error("No submit button");
    view.errors = missing(view.blocks, view.state);
    if (Object.keys(view.errors).length > 0) {
      throw new Error(`Slack does not send this form: ${JSON.stringify(view.errors)}`);
    }
    const payload = this.#stage.payloads.submission(user, view);
    payload.trigger_id = this.#stage.triggers.make(user, true);
    const answer = await this.#stage.deliver({ type: "interactive", payload });
    if (answer.status === 200) this.#follow(user, view, answer);
    return answer;
  }

  async closeView(user: string): Promise<Answer> {
    const view = this.#open(user);
    const payload = this.#stage.payloads.closed(user, view);
    this.#stage.views.close(user, view.clearOnClose);
    return view.notifyOnClose ? this.#stage.deliver({ type: "interactive", payload }) : silent();
  }

  /** Does with the open view what the bot's answer to its submission says. */
  #follow(user: string, view: View, answer: Answer): void {
    const act = readFollowUp(answer);
    if (act.response_action === "close") this.#stage.views.close(user);
    else if (act.response_action === "clear") this.#stage.views.close(user, true);
    else if (act.response_action === "errors") this.#showErrors(view, act.errors);
    else this.#show(user, act.response_action === "update" ? view : undefined, act.view);
  }

  #showErrors(view: View, errors: Record<string, string>): void {
    const inputs = view.blocks.filter((block) => block.type === "input").map((block) => block.block_id);
    const strange = Object.keys(errors).filter((id) => !inputs.includes(id));
    if (strange.length > 0) throw new Error(`Slack shows errors at input blocks only, and these are none: ${strange}`);
    view.errors = errors;
    this.#stage.workspace.changed({ kind: "view", user: view.user, view });
  }

  /** In place of a view, or on top of what is open. */
  #show(user: string, instead: View | undefined, candidate: unknown): void {
    const sent = checkView(candidate, "modal", this.#stage.workspace.unknownBlocks);
    if (Array.isArray(sent)) {
      const refusal = { method: "view_submission", error: "invalid_arguments", details: sent } as const;
      this.#stage.workspace.changed({ kind: "refused", ...refusal, surface: "modal", user });
      throw new Error(`Slack cannot show this view: ${sent.join("; ")}`);
    }
    const shown = instead ? this.#stage.views.update(instead, sent) : this.#stage.views.push(user, sent);
    if (typeof shown === "string") throw new Error(`Slack cannot show this view: ${shown}`);
  }

  #open(user: string): View {
    const view = this.#stage.views.top(user);
    if (!view) throw new Error(`${user} has no dialog open`);
    return view;
  }
}

/** Without a word the dialog closes. */
function readFollowUp(answer: Answer): z.infer<typeof followUp> | { response_action: "close" } {
  const said = answer.body === "" ? {} : answer.json();
  if (typeof said === "object" && said !== null && Object.keys(said).length === 0) return { response_action: "close" };
  const parsed = followUp.safeParse(said);
  if (!parsed.success) throw new Error(`Slack does not understand this answer to a form: ${answer.body}`);
  return parsed.data;
}
