import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { ChannelId, RequestId } from "../domain/ids.ts";
import { REASON_LENGTH } from "../domain/request.ts";
import { approveRequest, breakGlass, type Decided, denyRequest } from "../engine/approve-request.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { WHY_ID } from "../views/action-ids.ts";
import { type DialogView, fieldsOf } from "../views/create-dialog.ts";
import { readJson } from "../views/read-json.ts";
import { whyDialog } from "../views/why-dialog.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { noteAnswered, noteRefused, unnamed } from "./noted.ts";
import { patience, textsFor } from "./patience.ts";
import { isItsCard, tellRefusal } from "./presses.ts";
import { call } from "./web.ts";

type SentDecision = Extract<Sent, { kind: "decision" }>;

/** What somebody decides on another's request. Who may is looked up now, in the policy and the groups as they are now. */
export async function answerDecision(desk: Desk, sent: SentDecision, person: Person, as: RequestId): Promise<void> {
  const texts = textsIn(person.language);
  const stored = await desk.store.load(sent.request);
  const { decision: what } = sent;
  const why = !stored ? "unknown_request" : isFromWhereItStands(stored, sent) ? undefined : "forged";
  if (why) await noteRefused(desk, person, { what, why, request: stored?.request.id });
  if (!stored) return desk.tell(sent.from, texts.refusals.unknown_request);
  if (why) return desk.tell(sent.from, texts.refusals.forged);
  const decided = await decide(desk, sent, person, as);
  if (decided.kind === "not_allowed") {
    const { id: request, vm } = decided.request;
    await noteRefused(desk, person, { what, why: decided.why, request, vm: vm.id });
    return desk.tell(sent.from, texts.approval.not[decided.why]);
  }
  await noteAnswered(desk, person, what, decided);
  await tellRefusal(desk, sent.from, decided, texts);
}

/** On its card, or at Home, which shows everybody their own. */
const isFromWhereItStands = (stored: Stored, { message, atHome = false }: SentDecision): boolean =>
  message ? isItsCard(stored, { message }) : atHome;

function decide(
  desk: Desk,
  { decision, request, reason = "", askedAt }: SentDecision,
  person: Person,
  as: RequestId,
): Promise<Decided> {
  const deciding = { id: request, person, as, askedAt };
  switch (decision) {
    case "approve":
      return approveRequest(desk, deciding);
    case "deny":
      return denyRequest(desk, deciding, reason);
    case "break_glass":
      return breakGlass(desk, deciding, reason);
  }
}

/** What the dialog for a reason remembers: whose request, where the card is, and how to answer. */
const Memory = z.object({
  request: RequestId,
  message: z.object({ channel: ChannelId, ts: z.string() }).optional(),
  atHome: z.boolean().optional(),
  askedAt: z.coerce.date().optional(),
  responseUrl: z.string().optional(),
});

/** Asks why, before a no or an emergency counts. */
export async function openWhy(
  { desk, client }: { desk: Desk; client: WebClient },
  sent: SentDecision,
  trigger: string | undefined,
): Promise<void> {
  const texts = await textsFor(desk, sent.from.user, patience());
  const { request, message, atHome, askedAt, from } = sent;
  const memory = Memory.parse({ request, message, atHome, askedAt, responseUrl: from.responseUrl });
  const kind = sent.decision === "deny" ? "deny" : "break_glass";
  try {
    const view = whyDialog(kind, JSON.stringify(memory), texts);
    await call(() => client.views.open({ trigger_id: trigger ?? "", view: view as never }));
  } catch (error) {
    desk.log.warn("a dialog could not be opened", { user: from.user, error: String(error) });
    await desk.tell(from, texts.answers.slackSilent);
  }
}

/** What was said why; or that it is missing. */
export async function submitWhy(
  desk: Desk,
  from: Sender,
  decision: "deny" | "break_glass",
  view: DialogView,
): Promise<SentDecision | { errors: Record<string, string> }> {
  const { approval, dialog, refusals } = await textsFor(desk, from.user, patience());
  const field = fieldsOf(view).find(({ action }) => action === WHY_ID);
  const reason = field?.entered.value?.trim() ?? "";
  const wrong = (text: string) => ({ errors: { [field?.block ?? "why"]: text } });
  if (reason === "") return wrong(approval.reasonMissing);
  if ([...reason].length > REASON_LENGTH) return wrong(dialog.errors.reasonTooLong(REASON_LENGTH));
  const memory = readJson(Memory, view.private_metadata);
  if (!memory) {
    await noteRefused(desk, unnamed(from), { what: decision, why: "forged" });
    return wrong(refusals.forged);
  }
  const { request, message, atHome, askedAt, responseUrl } = memory;
  const sender = { ...from, ...(message && { channel: message.channel }), ...(responseUrl && { responseUrl }) };
  return {
    kind: "decision",
    from: sender,
    decision,
    request,
    reason,
    ...(message && { message }),
    ...(atHome && { atHome }),
    ...(askedAt && { askedAt }),
  };
}
