import { eventCallback } from "./event-callback.ts";
import { groupAsSent } from "./group-methods.ts";
import type { Slack } from "./method.ts";
import type { Delivery } from "./sender.ts";
import type { DemoGroup } from "./types.ts";
import { TEAM } from "./workspace.ts";

/** Changes a user group. Answers with what the bot is told; nothing when it may not read user groups. */
export function changeGroup(
  { workspace, scopes }: Pick<Slack, "workspace" | "scopes">,
  id: string,
  change: Partial<Omit<DemoGroup, "id">>,
): Delivery | undefined {
  const group = workspace.groups.get(id);
  if (!group) throw new Error(`There is no user group ${id}`);
  const before = group.users;
  Object.assign(group, change);
  if (scopes && !scopes.has("usergroups:read")) return undefined;
  const event = change.users
    ? membersChanged(id, before, change.users)
    : { type: "subteam_updated", subteam: groupAsSent(workspace, group, true) };
  return { type: "events_api", payload: eventCallback(workspace, event) };
}

function membersChanged(id: string, before: readonly string[], now: readonly string[]): Record<string, unknown> {
  const added = now.filter((user) => !before.includes(user));
  const removed = before.filter((user) => !now.includes(user));
  return {
    type: "subteam_members_changed",
    subteam_id: id,
    team_id: TEAM.id,
    added_users: added,
    added_users_count: String(added.length),
    removed_users: removed,
    removed_users_count: String(removed.length),
  };
}
