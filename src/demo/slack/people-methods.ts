import { z } from "zod";
import { arg, method, Refused } from "./method.ts";
import { pageArgs, pageOf } from "./paging.ts";
import { tier2, tier3 } from "./rate-limits.ts";
import { userAsSent } from "./user-methods.ts";

/** Finding people. Those of other workspaces are not listed; whoever has left is, but has no address any more. */
export const peopleMethods = {
  "users.list": method(
    { limits: tier2, scope: "users:read", args: z.object({ ...pageArgs, include_locale: arg.flag }) },
    (slack, args) => {
      const own = [...slack.workspace.users.values()].filter(({ stranger }) => !stranger);
      const { items, ...rest } = pageOf(own, args);
      return { members: items.map((user) => userAsSent(slack, user, args.include_locale ?? false)), ...rest };
    },
  ),

  "users.lookupByEmail": method(
    { limits: tier3, scope: "users:read.email", args: z.object({ email: arg.string }) },
    (slack, args) => {
      const wanted = args.email.toLowerCase();
      const user = [...slack.workspace.users.values()].find(
        ({ email, deleted, stranger }) => email?.toLowerCase() === wanted && !deleted && !stranger,
      );
      if (!user) throw new Refused("users_not_found");
      return { user: userAsSent(slack, user, false) };
    },
  ),
};
