import { z } from "zod";
import { ChannelId, RequestId, UserId } from "../domain/ids.ts";
import { DialogView } from "../views/create-dialog.ts";
import type { Sender } from "./deliveries.ts";

/** What Slack sends, as far as Shutter reads it. */

const Text = z.string().max(40_000);

export const SlashCommand = z.object({
  user_id: UserId,
  team_id: z.string().optional(),
  channel_id: ChannelId,
  text: Text.default(""),
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
});

const Person = z.object({ id: UserId, team_id: z.string().optional() });
const Team = z.object({ id: z.string() }).nullish();

const Action = z.object({
  action_id: z.string(),
  block_id: z.string().optional(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
export type Action = z.infer<typeof Action>;

export const BlockActions = z.object({
  user: Person,
  team: Team,
  channel: z.object({ id: ChannelId }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      channel_id: ChannelId.optional(),
    })
    .optional(),
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
  /** A dialog, or somebody's Home. */
  view: DialogView.extend({ type: z.string().optional() }).optional(),
  actions: z.array(Action).min(1),
});
export type BlockActions = z.infer<typeof BlockActions>;

export const ViewSubmission = z.object({ user: Person, team: Team, view: DialogView });

export const BlockSuggestion = z.object({ user: Person, value: Text.default("") });

export const Shortcut = z.object({ user: Person, team: Team, trigger_id: z.string() });

/** Somebody looks at their App Home. */
export const HomeOpened = z.object({
  team_id: z.string().optional(),
  event: z.object({ type: z.literal("app_home_opened"), user: UserId, tab: z.string() }),
});
export type HomeOpened = z.infer<typeof HomeOpened>;

/** Who is in which user group, or what one is called, has changed. */
const GroupsChanged = z.object({
  event: z.object({ type: z.enum(["subteam_created", "subteam_members_changed", "subteam_updated"]) }),
});

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  block_actions: BlockActions,
  block_suggestion: BlockSuggestion,
  event_callback: z.union([HomeOpened, GroupsChanged]),
  shortcut: Shortcut,
  view_submission: ViewSubmission,
};

/** Whether Shutter listens for such a thing, and it has the form that Slack gives it. Bolt trips over some that have not. */
export function isReadable(body: Readonly<Record<string, unknown>>): boolean {
  const type = String(body.type);
  const shape =
    typeof body.command === "string" ? SlashCommand : Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
  return shape?.safeParse(body).success ?? false;
}

export const teamsOf = (...teams: (string | undefined)[]): string[] => teams.flatMap((team) => team ?? []);

export const senderOfCommand = (command: z.infer<typeof SlashCommand>): Sender => ({
  user: command.user_id,
  teams: teamsOf(command.team_id),
  channel: command.channel_id,
  ...(command.response_url !== undefined && { responseUrl: command.response_url }),
  ...(command.trigger_id !== undefined && { trigger: command.trigger_id }),
});

export function senderOfActions({ user, team, channel, container, response_url, trigger_id }: BlockActions): Sender {
  const where = channel?.id ?? container?.channel_id;
  return {
    user: user.id,
    teams: teamsOf(user.team_id, team?.id),
    ...(where !== undefined && { channel: where }),
    ...(response_url !== undefined && { responseUrl: response_url }),
    ...(trigger_id !== undefined && { trigger: trigger_id }),
  };
}

/** A button's value, when it is the id of a request. */
export const requestOf = (value: string | undefined): RequestId | undefined => RequestId.safeParse(value).data;
