import type { Answer } from "./answer.ts";
import type { Element } from "./elements.ts";
import { actionIdsIn, elementIn, type Payloads, type Place } from "./payloads.ts";
import { apply, type Origin, type ResponseUrls, readAnswer } from "./response-urls.ts";
import type { Screens } from "./screens.ts";
import type { Delivery } from "./sender.ts";
import type { Triggers } from "./triggers.ts";
import type { PrivateAnswer, View } from "./types.ts";
import type { Views } from "./views.ts";
import { BOT, type Conversation, type Workspace } from "./workspace.ts";

/** Where something stands on somebody's screen: a message by its channel and ts, a view, or a private answer. */
export type Where = { channel: string; ts: string } | View | PrivateAnswer;

export interface Press {
  /** Which one, when several have this action_id; a value that none has is sent all the same, as a forger would. */
  value?: string;
  /** Which one, by its block_id. */
  block?: string;
  /** Press what an earlier state of the message showed, or nothing ever did: the screen was out of date, or forged. */
  evenIfGone?: boolean;
}

export interface Stage {
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly payloads: Payloads;
  readonly responseUrls: ResponseUrls;
  readonly screens: Screens;
  readonly hasHome: boolean;
  readonly scopes: ReadonlySet<string> | undefined;
  /** Tells the bot, by HTTP or by Socket Mode. */
  deliver(delivery: Delivery): Promise<Answer>;
}

/** What people do outside of forms. Asking for something that nobody could do on the screen is an error of the test. */
export class People {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async command(user: string, channel: string, text: string, command = "/snapshot"): Promise<Answer> {
    const { workspace, payloads, triggers, responseUrls, scopes } = this.#stage;
    if (scopes && !scopes.has("commands")) throw new Error("Without the scope `commands` Slack offers no command");
    const conversation = this.#conversation(user, channel);
    const origin = { user, channel: conversation.id };
    const answer = await this.#stage.deliver({
      type: "slash_commands",
      payload: {
        ...payloads.command(user, conversation, command, text),
        response_url: responseUrls.make(origin),
        trigger_id: triggers.make(user),
      },
    });
    if (answer.status === 200 && answer.body !== "" && answer.body !== "{}") {
      const sent = readAnswer(answer.body, workspace.unknownBlocks, true);
      if ("error" in sent) {
        const why = [sent.error, ...sent.details].join("; ");
        throw new Error(`Slack cannot show this answer (${why}): ${answer.body}`);
      }
      apply(workspace, origin, sent, "ack");
    }
    return answer;
  }

  click(user: string, where: Where, actionId: string, press: Press = {}): Promise<Answer> {
    return this.#press(user, this.place(user, where, press.evenIfGone ? actionId : undefined), actionId, press);
  }

  shortcut(user: string, callbackId: string): Promise<Answer> {
    const payload = { ...this.#stage.payloads.shortcut(user, callbackId), trigger_id: this.#stage.triggers.make(user) };
    return this.#stage.deliver({ type: "interactive", payload });
  }

  openHome(user: string): Promise<Answer> {
    if (!this.#stage.hasHome) throw new Error("The app's Home tab is switched off");
    const { id } = this.#stage.workspace.directMessages(user);
    return this.#stage.deliver({ type: "events_api", payload: this.#stage.payloads.homeOpened(user, id) });
  }

  /** What stands there; with `gone`, in the last state of the message that still had this action. */
  place(user: string, where: Where, gone?: string): Place {
    if ("state" in where) return { kind: "view", view: where, blocks: where.blocks };
    if ("via" in where) {
      if (where.user !== user) throw new Error(`Only ${where.user} sees this answer, not ${user}`);
      return { kind: "private", answer: where, blocks: where.blocks };
    }
    const { workspace } = this.#stage;
    this.#conversation(user, where.channel);
    const here = ({ channel, ts }: { channel: string; ts: string }) => channel === where.channel && ts === where.ts;
    const message = workspace.messages.find(here) ?? (gone === undefined ? undefined : workspace.deleted.find(here));
    if (!message) throw new Error(`There is no message ${where.ts} in ${where.channel}`);
    const states = message.versions.map(({ blocks }): Place => ({ kind: "message", message, blocks })).reverse();
    const showing = gone === undefined ? undefined : states.find((state) => elementIn(state, gone));
    return showing ?? { kind: "message", message, blocks: message.blocks };
  }

  /** Tells the bot about an action; messages come with a response URL. */
  act(user: string, place: Place, action: Record<string, unknown>): Promise<Answer> {
    const payload = this.#stage.payloads.actions(user, place, action, this.#stage.screens.values(user, place));
    payload.trigger_id = this.#stage.triggers.make(user, place.kind === "view" && place.view.type === "modal");
    const origin = originOf(user, place);
    if (origin) payload.response_url = this.#stage.responseUrls.make(origin);
    return this.#stage.deliver({ type: "interactive", payload });
  }

  #press(user: string, place: Place, actionId: string, press: Press): Promise<Answer> {
    const found = elementIn(place, actionId, press);
    if (!found && !press.evenIfGone) {
      throw new Error(`There is no ${actionId} to press; there is ${actionIdsIn(place)}`);
    }
    const button: Partial<Element> = found?.element ?? { type: "button", text: { type: "plain_text", text: actionId } };
    if (button.type !== "button") throw new Error(`${actionId} is a ${button.type}, not a button`);
    const { accessibility_label: _, ...shown } = button;
    const block_id = found?.block.block_id ?? "gone";
    const value = press.value === undefined ? {} : { value: press.value };
    return this.act(user, place, { ...shown, action_id: actionId, block_id, ...value });
  }

  /** Throws when this person could not be there. The bot's own id stands for the direct messages with it. */
  #conversation(user: string, channel: string): Conversation {
    const { workspace } = this.#stage;
    if (!workspace.users.has(user)) throw new Error(`Nobody here has the id ${user}`);
    const conversation = channel === BOT.user ? workspace.directMessages(user) : workspace.conversations.get(channel);
    if (!conversation) throw new Error(`There is no channel ${channel}`);
    if (conversation.kind !== "public" && !conversation.members.has(user)) {
      throw new Error(`${user} cannot see ${channel}`);
    }
    return conversation;
  }
}

function originOf(user: string, place: Place): Origin | undefined {
  if (place.kind === "view") return undefined;
  if (place.kind === "message") return { user, channel: place.message.channel, message: place.message };
  return { user, channel: place.answer.channel ?? "", answer: place.answer };
}
