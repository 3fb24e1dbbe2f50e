import { z } from "zod";
import { arg, method } from "./method.ts";
import { tier2 } from "./rate-limits.ts";
import type { DemoGroup } from "./types.ts";
import { TEAM, type Workspace } from "./workspace.ts";

const wanted = z.object({ include_users: arg.flag, include_disabled: arg.flag });

export const groupMethods = {
  "usergroups.list": method({ limits: tier2, scope: "usergroups:read", args: wanted }, ({ workspace }, args) => ({
    usergroups: [...workspace.groups.values()]
      .filter(({ disabled }) => args.include_disabled || !disabled)
      .map((group) => groupAsSent(workspace, group, args.include_users ?? false)),
  })),
};

export function groupAsSent({ clock }: Workspace, group: DemoGroup, withUsers: boolean): Record<string, unknown> {
  return {
    id: group.id,
    team_id: TEAM.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.handle,
    handle: group.handle,
    is_external: group.external ?? false,
    date_delete: group.disabled ? Math.floor(clock.now().getTime() / 1000) : 0,
    auto_type: null,
    ...(withUsers && { users: group.users }),
    user_count: group.users.length,
  };
}
