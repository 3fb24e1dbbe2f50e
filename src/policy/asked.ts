import type { Vm } from "../domain/cloud.ts";
import type { Wish } from "../domain/request.ts";
import type { Person } from "../ports/slack.ts";

/** What is asked of the policy: who wants to do what, with which VM, where and when. */

export const ACTIONS = ["create", "restore", "delete", "rename", "power_on", "shutdown", "power_off"] as const;
export type Action = (typeof ACTIONS)[number];

/** How a snapshot is taken: with the VM off, or while it runs. */
export const WAYS = ["offline", "live"] as const;
export type Way = (typeof WAYS)[number];

/** A Slack user group. */
export interface Group {
  id: string;
  handle: string;
}

/** Somebody as Slack knows them now. */
export interface Somebody extends Pick<Person, "id" | "kind"> {
  email?: string | undefined;
  /** `unknown`: Slack did not say. */
  groups: readonly Group[] | "unknown";
  /** Whether they are a member of the channel where it is asked; undefined when Slack did not say. */
  isInChannel?: boolean | undefined;
}

export interface Channel {
  id: string;
  /** Without the `#`; undefined when Slack did not say. */
  name?: string | undefined;
  isDirect: boolean;
}

interface Around {
  vm: Pick<Vm, "id" | "name" | "tags"> & { project?: string | undefined; pool?: string | undefined };
  /** Absent when it is asked outside of Slack's conversations, such as on the App Home. */
  channel?: Channel | undefined;
  person: Somebody;
  at: Date;
  /** For times of rules that name no zone of their own. */
  zone: string;
}

export type Asked = Around & ({ action: "create"; how: Way } | { action: Exclude<Action, "create">; how?: undefined });

const SWITCHING = { on: "power_on", off: "shutdown", hard_off: "power_off" } as const;

/** The action that a wish is, in the words of the policy. */
export const actionOf = (wish: Wish): Action => (wish.kind === "power" ? SWITCHING[wish.to] : wish.kind);
