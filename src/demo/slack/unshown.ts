import type { Refused, Slack } from "./method.ts";
import type { Change } from "./types.ts";

/** Slack's words for something that it will not show. */
const CANNOT_SHOW: ReadonlySet<string> = new Set([
  "invalid_attachments",
  "invalid_blocks",
  "invalid_arguments",
  "msg_too_long",
  "msg_blocks_too_long",
  "no_text",
  "view_too_large",
]);

type Unshown = Extract<Change, { kind: "refused" }>;

/** What a call would have shown, where, and to whom; `undefined` for a call that shows nothing or failed otherwise. */
export function unshown(
  slack: Slack,
  method: string,
  args: Record<string, unknown>,
  { error, more }: Refused,
): Unshown | undefined {
  const aim = CANNOT_SHOW.has(error) && aimOf(slack, method, args);
  const details = Array.isArray(more.errors) ? more.errors.map(String) : [];
  return aim ? { kind: "refused", method, error, details, ...aim } : undefined;
}

function aimOf(
  slack: Slack,
  method: string,
  args: Record<string, unknown>,
): Pick<Unshown, "surface" | "user" | "channel"> | undefined {
  const text = (name: string) => (typeof args[name] === "string" ? args[name] : "");
  const forUser = (user: string | undefined) => (user ? { user } : {});
  switch (method) {
    case "chat.postMessage":
    case "chat.update":
    case "chat.postEphemeral": {
      const isPerson = slack.workspace.users.has(text("channel"));
      const channel = isPerson ? slack.workspace.directMessages(text("channel")).id : text("channel");
      return { surface: "message", ...(channel && { channel }), ...forUser(text("user")) };
    }
    case "views.open":
    case "views.push":
      return { surface: "modal", ...forUser(slack.triggers.owner(text("trigger_id"))) };
    case "views.update": {
      const view = slack.views.find(text("view_id"), text("external_id"));
      return view && { surface: view.type, user: view.user };
    }
    case "views.publish":
      return { surface: "home", ...forUser(text("user_id")) };
    default:
      return undefined;
  }
}
