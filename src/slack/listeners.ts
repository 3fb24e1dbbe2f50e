import type { AckFn, App, Context } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { readCommand } from "../domain/command.ts";
import { CREATE_DIALOG, CREATE_SHORTCUT, CREATE_VM_ID, pressOf } from "../views/action-ids.ts";
import { isPick } from "../views/vm-menu.ts";
import type { Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { openDialog, prefill, submitDialog, suggest } from "./dialog.ts";
import type { Inbox } from "./inbox.ts";
import {
  BlockActions,
  BlockSuggestion,
  requestOf,
  Shortcut,
  SlashCommand,
  senderOfActions,
  senderOfCommand,
  teamsOf,
  ViewSubmission,
} from "./payloads.ts";

/** Any name: an operator may call the command differently in the manifest. */
const ANY_COMMAND = /^\//;
const ANY_ACTION = /^/;

/** Every listener: store, acknowledge, hand over. Nothing slow before the acknowledgement. */
export function listen(app: App, desk: Desk, inbox: Inbox, client: WebClient): void {
  const dialogs = { desk, client };

  app.command(ANY_COMMAND, async ({ body, ack, context }) => {
    const command = SlashCommand.parse(body);
    const text = unescaped(command.text);
    const reading = readCommand(text);
    if (reading.ok && reading.command.kind === "dialog") {
      await ack();
      await openDialog(dialogs, senderOfCommand(command), command.trigger_id);
      return;
    }
    await accept(context, ack, { kind: "command", from: senderOfCommand(command), text });
  });

  app.action(ANY_ACTION, async ({ body, ack, context }) => {
    const payload = BlockActions.parse(body);
    const sent = sentOf(payload);
    if (sent) return accept(context, ack, sent);
    await ack();
    if (payload.view && payload.actions[0]?.action_id === CREATE_VM_ID)
      await prefill(dialogs, payload.user.id, payload.view);
  });

  app.options(CREATE_VM_ID, async ({ body, ack }) => {
    await ack({ options: (await suggest(desk, BlockSuggestion.parse(body).value)) as never });
  });

  app.shortcut(CREATE_SHORTCUT, async ({ body, ack }) => {
    const { user, trigger_id } = Shortcut.parse(body);
    await ack();
    await openDialog(dialogs, { user: user.id, teams: [] }, trigger_id);
  });

  app.view(CREATE_DIALOG, async ({ body, ack, context }) => {
    const { user, team, view } = ViewSubmission.parse(body);
    const from = { user: user.id, teams: teamsOf(user.team_id, team?.id) };
    const answer = await submitDialog(desk, from, view);
    if ("errors" in answer) return ack({ response_action: "errors", errors: answer.errors });
    await accept(context, ack as AckFn<void>, answer);
  });

  app.error(async (error) => {
    desk.log.error("a listener failed", { error: String(error) });
    throw error;
  });

  /** Stored first; then Slack may be told that it has arrived, and only then something is done. */
  async function accept(context: Context, ack: AckFn<never> | AckFn<void> | AckFn<string>, sent: Sent) {
    if (typeof context.delivery !== "string") throw new Error("A delivery without a key");
    await inbox.receive(context.delivery, sent);
    await (ack as AckFn<void>)();
  }
}

function sentOf(payload: BlockActions): Sent | undefined {
  const action = payload.actions[0]!;
  const from = senderOfActions(payload);
  if (isPick(action.action_id)) return { kind: "command", from, text: action.value ?? "" };
  const press = pressOf(action.action_id);
  const request = requestOf(action.value);
  if (!press || !request) return undefined;
  const { message, container } = payload;
  const ts = message?.ts ?? container?.message_ts;
  const isPlaced = from.channel !== undefined && ts !== undefined;
  return { kind: "press", from, press, request, ...(isPlaced && { message: { channel: from.channel!, ts } }) };
}

/** Slack escapes these three in what people type. */
const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
