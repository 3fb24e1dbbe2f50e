import type { Block } from "./blocks.ts";
import { elementsOf } from "./check.ts";
import type { Element } from "./elements.ts";
import { optionsOf } from "./entries.ts";
import { escapedOnly, escapedWithReferences } from "./escape-command.ts";
import { eventCallback } from "./event-callback.ts";
import { messageAsSent } from "./messages-as-sent.ts";
import type { Message, PrivateAnswer, Values, View } from "./types.ts";
import type { Views } from "./views.ts";
import { APP_ID, type Conversation, STRANGE_TEAM, TEAM, type Workspace } from "./workspace.ts";

/** Where somebody acts. A message is shown with the blocks that this person has on the screen. */
export type Place =
  | { kind: "message"; message: Message; blocks: readonly Block[] }
  | { kind: "private"; answer: PrivateAnswer; blocks: readonly Block[] }
  | { kind: "view"; view: View; blocks: readonly Block[] };

const sender = { api_app_id: APP_ID, token: "verification_token", enterprise: null, is_enterprise_install: false };
const team = { id: TEAM.id, domain: TEAM.domain };

/** Which one is meant, when the same action_id stands in several rows. */
export interface Which {
  /** Its block_id. */
  block?: string;
  /** A button's value, or one of the options that it offers. */
  value?: string;
}

export function elementIn(
  place: Place,
  actionId: string,
  which: Which = {},
): { block: Block; element: Element } | undefined {
  const found = place.blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => element.action_id === actionId)
      .map((element) => ({ block, element })),
  );
  const inBlock = found.filter(({ block }) => block.block_id === which.block);
  const candidates = inBlock.length > 0 ? inBlock : found;
  return candidates.find(({ element }) => which.value !== undefined && has(element, which.value)) ?? candidates[0];
}

const has = (element: Element, wanted: string): boolean =>
  ("value" in element && element.value === wanted) ||
  optionsOf(element).some(({ value, text }) => value === wanted || text.text === wanted);

export function actionIdsIn(place: Place): string {
  const ids = place.blocks.flatMap((block) => elementsOf(block).map((element) => element.action_id));
  return ids.length > 0 ? [...new Set(ids)].join(", ") : "none";
}

/** Payloads as Slack sends them; whoever needs a trigger or a response URL puts it in. */
export class Payloads {
  readonly #workspace: Workspace;
  readonly #views: Views;

  readonly #withReferences: boolean;

  /** `withReferences`: whether the app asked for names and links in commands as references (`should_escape`). */
  constructor(workspace: Workspace, views: Views, withReferences: boolean) {
    this.#workspace = workspace;
    this.#views = views;
    this.#withReferences = withReferences;
  }

  command(user: string, conversation: Conversation, command: string, text: string): Record<string, string> {
    const names = { public: conversation.name, private: "privategroup", im: "directmessage" };
    return {
      token: "verification_token",
      team_id: this.#teamOf(user),
      team_domain: TEAM.domain,
      channel_id: conversation.id,
      channel_name: names[conversation.kind],
      user_id: user,
      user_name: this.#workspace.users.get(user)?.name ?? "",
      command,
      text: this.#withReferences ? escapedWithReferences(text, this.#workspace) : escapedOnly(text),
      api_app_id: APP_ID,
      is_enterprise_install: "false",
    };
  }

  actions(user: string, place: Place, action: Record<string, unknown>, entered: Values): Record<string, unknown> {
    return {
      type: "block_actions",
      ...this.#from(user),
      ...this.#at(place),
      ...(place.kind !== "view" && { state: { values: entered } }),
      actions: [{ ...action, action_ts: this.#workspace.newTs() }],
    };
  }

  suggestion(user: string, place: Place, block: Block, element: Element, query: string): Record<string, unknown> {
    return {
      type: "block_suggestion",
      ...this.#from(user),
      ...this.#at(place),
      action_id: element.action_id,
      block_id: block.block_id,
      value: query,
    };
  }

  submission(user: string, view: View): Record<string, unknown> {
    return { type: "view_submission", ...this.#from(user), view: this.#views.asSent(view), response_urls: [] };
  }

  closed(user: string, view: View): Record<string, unknown> {
    return { type: "view_closed", ...this.#from(user), view: this.#views.asSent(view), is_cleared: false };
  }

  shortcut(user: string, callbackId: string): Record<string, unknown> {
    return {
      type: "shortcut",
      ...this.#from(user),
      callback_id: callbackId,
      action_ts: this.#workspace.newTs(),
    };
  }

  homeOpened(user: string, channel: string): Record<string, unknown> {
    const home = this.#views.home(user);
    return eventCallback(this.#workspace, {
      type: "app_home_opened",
      user,
      channel,
      tab: "home",
      ...(home && { view: this.#views.asSent(home) }),
    });
  }

  #from(user: string): Record<string, unknown> {
    const { name } = this.#workspace.users.get(user)!;
    return { user: { id: user, username: name, name, team_id: this.#teamOf(user) }, team, ...sender };
  }

  #at(place: Place): Record<string, unknown> {
    if (place.kind === "view") {
      return { container: { type: "view", view_id: place.view.id }, view: this.#views.asSent(place.view) };
    }
    const shown = place.kind === "message" ? place.message : place.answer;
    const ts = place.kind === "message" ? place.message.ts : place.answer.id;
    const thread = shown.threadTs === undefined ? {} : { thread_ts: shown.threadTs };
    const conversation = this.#workspace.conversations.get(shown.channel ?? "");
    const name = { public: conversation?.name, private: "privategroup", im: "directmessage" };
    return {
      container: {
        type: "message",
        message_ts: ts,
        channel_id: shown.channel,
        is_ephemeral: place.kind === "private",
        ...thread,
      },
      channel: { id: shown.channel, name: name[conversation?.kind ?? "im"] },
      // Slack does not tell what stood in a message that only one person sees.
      ...(place.kind === "message" && {
        message: { ...messageAsSent(this.#workspace, place.message, true), blocks: place.blocks },
      }),
    };
  }

  #teamOf(user: string): string {
    return this.#workspace.users.get(user)?.stranger ? STRANGE_TEAM : TEAM.id;
  }
}
