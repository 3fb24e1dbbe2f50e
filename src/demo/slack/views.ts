import { valuesOf } from "./entries.ts";
import type { View } from "./types.ts";
import type { SentView } from "./view-check.ts";
import { APP_ID, BOT, TEAM, type Workspace } from "./workspace.ts";

/** Slack's own limit: a modal, and two on top of it. */
const MOST_IN_A_STACK = 3;

/** Every person's open modals, one on top of the other, and their App Home. A string is Slack's word for why not. */
export class Views {
  readonly #workspace: Workspace;
  readonly #stacks = new Map<string, View[]>();
  readonly #homes = new Map<string, View>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  top(user: string): View | undefined {
    return this.#stacks.get(user)?.at(-1);
  }

  home(user: string): View | undefined {
    return this.#homes.get(user);
  }

  find(id: string | undefined, externalId?: string): View | undefined {
    const all = [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
    return all.find((view) => (id ? view.id === id : view.externalId !== "" && view.externalId === externalId));
  }

  /** Whatever was open before goes: the new modal is the first of its stack. */
  open(user: string, sent: SentView): View | string {
    if (this.find(undefined, sent.external_id)) return "duplicate_external_id";
    this.#stacks.set(user, []);
    return this.push(user, sent);
  }

  push(user: string, sent: SentView): View | string {
    if (this.find(undefined, sent.external_id)) return "duplicate_external_id";
    const stack = this.#stacks.get(user) ?? [];
    if (stack.length >= MOST_IN_A_STACK) return "push_limit_reached";
    const view = this.#fresh(user, sent);
    this.#stacks.set(user, [...stack, view]);
    return this.#changed(view);
  }

  /** What was entered stays where block_id and action_id are still the same. */
  update(view: View, sent: SentView): View {
    const { id, user, type, ...rest } = this.#fresh(view.user, sent);
    Object.assign(view, rest, { state: valuesOf(rest.blocks, view.state) });
    return this.#changed(view);
  }

  publish(user: string, sent: SentView): View {
    const there = this.#homes.get(user);
    if (there) return this.update(there, sent);
    const view = this.#fresh(user, sent);
    this.#homes.set(user, view);
    return this.#changed(view);
  }

  /** Takes the top one away; with `all`, the whole stack. */
  close(user: string, all = false): void {
    this.#stacks.set(user, all ? [] : (this.#stacks.get(user) ?? []).slice(0, -1));
    this.#workspace.changed({ kind: "view", user, view: this.top(user) });
  }

  /** The view as Slack sends it to the bot. */
  asSent(view: View): Record<string, unknown> {
    const stack = this.#stacks.get(view.user) ?? [];
    const words = (text: string | undefined) => (text ? { type: "plain_text", text, emoji: true } : null);
    return {
      id: view.id,
      team_id: TEAM.id,
      type: view.type,
      blocks: view.blocks,
      private_metadata: view.privateMetadata,
      callback_id: view.callbackId,
      state: { values: view.state },
      hash: view.hash,
      title: words(view.title),
      submit: words(view.submit),
      close: words(view.close),
      clear_on_close: view.clearOnClose,
      notify_on_close: view.notifyOnClose,
      previous_view_id: stack[stack.indexOf(view) - 1]?.id ?? null,
      root_view_id: stack[0]?.id ?? view.id,
      external_id: view.externalId,
      app_id: APP_ID,
      app_installed_team_id: TEAM.id,
      bot_id: BOT.id,
    };
  }

  #fresh(user: string, sent: SentView): View {
    const blocks = this.#workspace.keep(sent.blocks);
    const modal = sent.type === "modal" ? sent : undefined;
    return {
      id: this.#workspace.newId("V"),
      user,
      type: sent.type,
      callbackId: sent.callback_id,
      externalId: sent.external_id,
      privateMetadata: sent.private_metadata,
      ...(modal && { title: modal.title.text }),
      ...(modal?.submit && { submit: modal.submit.text }),
      ...(modal?.close && { close: modal.close.text }),
      clearOnClose: modal?.clear_on_close ?? false,
      notifyOnClose: modal?.notify_on_close ?? false,
      blocks,
      hash: `${this.#workspace.newTs()}.${this.#workspace.newId("h")}`,
      state: valuesOf(blocks),
      errors: {},
    };
  }

  #changed(view: View): View {
    this.#workspace.changed({ kind: "view", user: view.user, view });
    return view;
  }
}
