import { APP_ID, BOT, TEAM, type Workspace } from "./workspace.ts";

/** An event in the wrapping in which Slack tells it. */
export function eventCallback(workspace: Workspace, event: Record<string, unknown>): Record<string, unknown> {
  const ts = workspace.newTs();
  return {
    token: "verification_token",
    team_id: TEAM.id,
    api_app_id: APP_ID,
    type: "event_callback",
    event_id: workspace.newId("Ev"),
    event_time: Math.floor(Number(ts)),
    event: { ...event, event_ts: ts },
    authorizations: [
      { enterprise_id: null, team_id: TEAM.id, user_id: BOT.user, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
}
