import type { AckFn, App, Context } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { readCommand } from "../domain/command.ts";
import { VmId } from "../domain/ids.ts";
import {
  BREAK_GLASS_DIALOG,
  CONFIRM_DIALOG,
  CREATE_DIALOG,
  CREATE_SHORTCUT,
  CREATE_VM_ID,
  DENY_DIALOG,
  decisionOf,
  HISTORY_CSV_ID,
  HOME_CREATE_ID,
  MANAGE_DIALOGS,
  pressOf,
  switchingOf,
  TYPE_ID,
} from "../views/action-ids.ts";
import { askedAtIn } from "../views/asked-block.ts";
import { isPick } from "../views/vm-menu.ts";
import { openWhy, submitWhy } from "./decisions.ts";
import { dialogKey, type Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { openDialog, prefill, submitDialog, suggest } from "./dialog.ts";
import { historyFile } from "./history-file.ts";
import { homeOpened, homeTurnOf, sentAtHome, turnHome } from "./home.ts";
import type { Inbox } from "./inbox.ts";
import { menuOf, openManaging, redrawManaging } from "./managing.ts";
import { type Opening, openingOfButton, openingOfCommand, vmWordOf } from "./managing-openings.ts";
import { submitManaging } from "./managing-submit.ts";
import { openMissing, submitMissing } from "./missing.ts";
import { noteReplayed } from "./noted.ts";
import { openNoted, pressed, pressedOn, typed } from "./noted-openings.ts";
import { pageOf, turnPage } from "./pages.ts";
import {
  BlockActions,
  BlockSuggestion,
  HomeOpened,
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
const WHY_DIALOGS = [
  [DENY_DIALOG, "deny"],
  [BREAK_GLASS_DIALOG, "break_glass"],
] as const;

/** Every listener: store, acknowledge, hand over. Nothing slow before the acknowledgement. */
export function listen(app: App, desk: Desk, inbox: Inbox, client: WebClient): void {
  const dialogs = { desk, client };

  app.command(ANY_COMMAND, async ({ body, ack, context }) => {
    const command = SlashCommand.parse(body);
    const { text } = command;
    const reading = readCommand(text);
    if (reading.ok && reading.command.kind === "dialog") {
      await ack();
      const from = senderOfCommand(command);
      await openNoted(desk, from, typed(desk, from), () => openDialog(dialogs, from, command.trigger_id));
      return;
    }
    const opening = openingOfText(text);
    if (opening) {
      await ack();
      const from = senderOfCommand(command);
      const open = () => openManaging(dialogs, from, command.trigger_id, opening);
      await openNoted(desk, from, typed(desk, from, opening), open);
      return;
    }
    await accept(context, ack, { kind: "command", from: senderOfCommand(command), text });
  });

  app.action(ANY_ACTION, async ({ body, ack, context }) => {
    const payload = BlockActions.parse(body);
    const from = senderOfActions(payload);
    const action = payload.actions[0]!;
    const atHome = payload.view?.type === "home" ? homeTurnOf(action) : undefined;
    if (atHome) {
      await ack();
      await turnHome(desk, from, atHome);
      return;
    }
    const opening = isPick(action.action_id) ? openingOfText(action.value ?? "") : openingOfButton(action);
    if (opening) {
      await ack();
      const note = isPick(action.action_id)
        ? typed(desk, from, opening)
        : pressed(desk, from, opening.kind, vmWordOf(opening));
      await openNoted(desk, from, note, () => openManaging(dialogs, from, payload.trigger_id, opening));
      return;
    }
    const sent = sentOf(payload, desk.clock.now());
    if (sent?.kind === "decision" && sent.decision !== "approve") {
      await ack();
      const note = pressedOn(desk, from, sent.decision, sent.request);
      await openNoted(desk, from, note, () => openWhy(dialogs, sent, payload.trigger_id));
      return;
    }
    if (sent) return accept(context, ack, sent);
    await ack();
    if (action.action_id === TYPE_ID)
      return openNoted(desk, from, pressed(desk, from, "confirm"), () => openMissing(desk, from, action.value));
    const page = pageOf(action.action_id);
    if (page) return turnPage(desk, page, action.value, from);
    const menu = menuOf(action.action_id);
    if (action.action_id === HOME_CREATE_ID) {
      const open = () => openDialog(dialogs, from, payload.trigger_id, VmId.safeParse(action.value).data);
      await openNoted(desk, from, pressed(desk, from, "create", action.value), open);
    }
    if (payload.view && action.action_id === CREATE_VM_ID) await prefill(dialogs, payload.user.id, payload.view);
    if (payload.view && menu) await redrawManaging(dialogs, from, menu, payload.view);
  });

  app.event("app_home_opened", async ({ body }) => {
    const opened = HomeOpened.safeParse(body); // acknowledged before; over a socket nobody has looked at its form yet
    if (opened.success) await homeOpened(desk, opened.data);
  });

  app.event("subteam_created", async () => desk.forgetGroups());
  app.event("subteam_members_changed", async () => desk.forgetGroups());
  app.event("subteam_updated", async () => desk.forgetGroups());

  app.options(CREATE_VM_ID, async ({ body, ack }) => {
    await ack({ options: (await suggest(desk, BlockSuggestion.parse(body).value)) as never });
  });

  app.shortcut(CREATE_SHORTCUT, async ({ body, ack }) => {
    const { user, trigger_id } = Shortcut.parse(body);
    await ack();
    const from = { user: user.id, teams: [] };
    await openNoted(desk, from, pressed(desk, from, "create"), () => openDialog(dialogs, from, trigger_id));
  });

  app.view(CREATE_DIALOG, async ({ body, ack, context }) => {
    const { user, team, view } = ViewSubmission.parse(body);
    const from = { user: user.id, teams: teamsOf(user.team_id, team?.id) };
    const answer = await submitDialog(desk, from, view);
    if ("errors" in answer) return ack({ response_action: "errors", errors: answer.errors });
    await accept(context, ack as AckFn<void>, answer, dialogKey(user.id, view));
  });

  for (const kind of MANAGE_DIALOGS) {
    app.view(kind, async ({ body, ack, context }) => {
      const { user, team, view } = ViewSubmission.parse(body);
      const from = { user: user.id, teams: teamsOf(user.team_id, team?.id) };
      const answer = await submitManaging(desk, from, kind, view);
      if ("errors" in answer) return ack({ response_action: "errors", errors: answer.errors });
      if ("view" in answer) return ack({ response_action: "update", view: answer.view as never });
      await accept(context, ack as AckFn<void>, answer, dialogKey(user.id, view));
    });
  }

  app.view(CONFIRM_DIALOG, async ({ body, ack, context }) => {
    const { user, team, view } = ViewSubmission.parse(body);
    const answer = await submitMissing(desk, { user: user.id, teams: teamsOf(user.team_id, team?.id) }, view);
    if ("errors" in answer) return ack({ response_action: "errors", errors: answer.errors });
    await accept(context, ack as AckFn<void>, answer, dialogKey(user.id, view));
  });

  for (const [dialog, decision] of WHY_DIALOGS) {
    app.view(dialog, async ({ body, ack, context }) => {
      const { user, team, view } = ViewSubmission.parse(body);
      const from = { user: user.id, teams: teamsOf(user.team_id, team?.id) };
      const answer = await submitWhy(desk, from, decision, view);
      if ("errors" in answer) return ack({ response_action: "errors", errors: answer.errors });
      await accept(context, ack as AckFn<void>, answer, dialogKey(user.id, view));
    });
  }

  app.error(async (error) => {
    desk.log.error("a listener failed", { error: String(error) });
    throw error;
  });

  /** Stored first; then Slack may be told that it has arrived, and only then something is done. A second time it is a row. */
  async function accept(
    context: Context,
    ack: AckFn<never> | AckFn<void> | AckFn<string>,
    sent: Sent,
    key: unknown = context.delivery,
  ) {
    if (typeof key !== "string") throw new Error("A delivery without a key");
    if (!(await inbox.receive(key, sent))) await noteReplayed(desk, sent, key);
    await (ack as AckFn<void>)();
  }
}

function sentOf(payload: BlockActions, at: Date): Sent | undefined {
  const action = payload.actions[0]!;
  const from = senderOfActions(payload);
  if (isPick(action.action_id)) return { kind: "command", from, text: action.value ?? "" };
  const atHome = sentAtHome(action, from);
  if (atHome) return atHome;
  if (action.action_id === HISTORY_CSV_ID) return historyFile(action.value, from, at);
  const press = pressOf(action.action_id);
  const switching = switchingOf(action.action_id);
  const decision = decisionOf(action.action_id);
  // Ours always have a value; without one it is answered like one whose request nobody knows.
  const request = requestOf(action.value) ?? (press || switching || decision ? requestOf("none") : undefined);
  if (!request) return undefined;
  const { message, container } = payload;
  // The question about a safety snapshot stands in its card's thread, with the card's button.
  const ts = (press === "keep" ? message?.thread_ts : undefined) ?? message?.ts ?? container?.message_ts;
  const placed = from.channel !== undefined && ts !== undefined && { message: { channel: from.channel, ts } };
  if (press) return { kind: "press", from, press, request, ...placed };
  if (decision) {
    const atHome = payload.view?.type === "home" && { atHome: true };
    const askedAt = askedAtIn(action.block_id);
    return { kind: "decision", from, decision, request, ...placed, ...atHome, ...(askedAt && { askedAt }) };
  }
  return switching && { kind: "switching", from, target: request, to: switching, at, ...placed };
}

/** Some commands on a menu's buttons open a dialog, which only this click can do. */
function openingOfText(text: string): Opening | undefined {
  const reading = readCommand(text);
  return reading.ok ? openingOfCommand(reading.command) : undefined;
}
