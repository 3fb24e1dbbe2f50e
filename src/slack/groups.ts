import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { UserId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { UserGroup } from "../ports/slack.ts";
import { createKnowledge } from "./knowledge.ts";
import { call } from "./web.ts";

const Answer = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      handle: z.string().default(""),
      users: z.array(UserId).default([]),
      /** Not 0: it is switched off. */
      date_delete: z.coerce.number().default(0),
      /** Of another workspace; its handle may be the same as one of ours. */
      is_external: z.boolean().nullish(),
    }),
  ),
});

/** The user groups of the workspace and who is in them. A change counts after `forget`, and otherwise within 5 minutes. */
export interface Groups {
  /** The groups that somebody is in. */
  of(user: UserId): Promise<readonly UserGroup[] | "unknown">;
  /** Each group with those who are in it. */
  all(): Promise<readonly GroupWithUsers[] | "unknown">;
  /** For the events `subteam_created`, `subteam_updated` and `subteam_members_changed`. */
  forget(): void;
  /** Why nobody's groups are known, when that is for good; undefined otherwise, or when nobody has asked yet. */
  trouble(): string | undefined;
}

export interface GroupWithUsers extends UserGroup {
  users: ReadonlySet<UserId>;
}

export function createGroups(client: WebClient, clock: Clock): Groups {
  const knowledge = createKnowledge(clock, async () => groupsIn(await list()));
  const list = () => call(() => client.usergroups.list({ include_users: true }));
  const all = async () => (await knowledge.get()) ?? "unknown";
  return {
    all,
    async of(user) {
      const groups = await all();
      if (groups === "unknown") return groups;
      return groups.filter(({ users }) => users.has(user)).map(({ id, handle }) => ({ id, handle }));
    },
    forget: knowledge.forget,
    trouble() {
      const why = knowledge.trouble();
      return why && `user groups are not known: ${why}`;
    },
  };
}

const groupsIn = (answer: unknown): readonly GroupWithUsers[] =>
  Answer.parse(answer)
    .usergroups.filter(({ date_delete, is_external }) => date_delete === 0 && !is_external)
    .map(({ id, handle, users }) => ({ id, handle, users: new Set(users) }));
