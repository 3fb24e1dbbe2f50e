import { z } from "zod";
import { person } from "./conversation-rules.ts";
import { arg, method, type Slack } from "./method.ts";
import { generous, tier3, tier4 } from "./rate-limits.ts";
import type { DemoUser } from "./types.ts";
import { APP_ID, BOT, STRANGE_TEAM, TEAM } from "./workspace.ts";

export const userMethods = {
  "auth.test": method({ limits: generous, args: z.object({}) }, (slack) => ({
    url: `https://${TEAM.domain}.slack.com/`,
    team: TEAM.name,
    team_id: TEAM.id,
    user: slack.workspace.users.get(BOT.user)?.name,
    user_id: BOT.user,
    bot_id: BOT.id,
    is_enterprise_install: false,
  })),

  "users.info": method(
    { limits: tier4, scope: "users:read", args: z.object({ user: arg.string, include_locale: arg.flag }) },
    (slack, { user, include_locale }) => ({ user: userAsSent(slack, person(slack, user), include_locale ?? false) }),
  ),

  "apps.connections.open": method({ token: "app", limits: tier3, args: z.object({}) }, (slack) => ({
    url: slack.newLink(),
  })),
};

export function userAsSent({ scopes }: Slack, user: DemoUser, withLocale: boolean): Record<string, unknown> {
  const withEmail = !scopes || scopes.has("users:read.email");
  const tz = user.tz ?? "Europe/Berlin";
  return {
    id: user.id,
    team_id: user.stranger ? STRANGE_TEAM : TEAM.id,
    name: user.name,
    real_name: user.realName ?? user.name,
    deleted: user.deleted ?? false,
    profile: {
      real_name: user.realName ?? user.name,
      display_name: user.name,
      team: TEAM.id,
      ...(withEmail && user.email !== undefined && { email: user.email }),
    },
    is_bot: user.bot ?? false,
    is_app_user: false,
    ...(user.id === BOT.user && { profile: { api_app_id: APP_ID, bot_id: BOT.id, real_name: user.name } }),
    // Slack tells less about people of other workspaces and about those who are gone.
    ...(user.stranger && { is_stranger: true }),
    ...(!user.deleted && {
      tz,
      tz_label: tz,
      is_admin: false,
      is_owner: false,
      is_restricted: user.guest ?? false,
      is_ultra_restricted: false,
      ...(withLocale && { locale: user.locale ?? "en-US" }),
    }),
  };
}
