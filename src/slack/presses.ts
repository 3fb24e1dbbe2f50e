import { writeCommand } from "../domain/command/write.ts";
import type { RequestId } from "../domain/ids.ts";
import type { Refusal } from "../domain/press.ts";
import { askedIn, isRetriable, type Request } from "../domain/request.ts";
import type { Wanted } from "../engine/ask.ts";
import { type Answered, pressRequest, type Said } from "../engine/press-request.ts";
import { mayPress } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import type { Texts } from "../texts/en.ts";
import { code } from "../texts/format.ts";
import { textsIn } from "../texts/texts.ts";
import { whatIn } from "../views/card-approval.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { forbiddenText } from "./forbidden.ts";
import { askMissing } from "./missing.ts";
import { namedVm } from "./named-vm.ts";
import { noteAnswered, noteCommand, noteRefused } from "./noted.ts";
import { requestFor } from "./request-for.ts";

type SentPress = Extract<Sent, { kind: "press" }>;

/**
 * A button of a card. The value says only which request is meant; whether this person may, and whether it still makes
 * sense, is looked up now.
 */
export async function answerPress(desk: Desk, sent: SentPress, person: Person, as: RequestId): Promise<void> {
  const texts = textsIn(person.language);
  const stored = await desk.store.load(sent.request);
  const why = !stored ? "unknown_request" : isItsCard(stored, sent) ? undefined : "forged";
  if (why) await noteRefused(desk, person, { what: sent.press, why, request: stored?.request.id });
  if (!stored) return desk.tell(sent.from, texts.refusals.unknown_request);
  if (why) return desk.tell(sent.from, texts.refusals.forged);
  if (sent.press === "retry") return retry(desk, sent, stored, person, as, texts);
  const answered = await pressRequest(desk, sent.request, sent.press, person, as, sent);
  await noteAnswered(desk, person, sent.press, answered);
  await tellRefusal(desk, sent.from, answered, texts);
}

/** Why a press has had no effect, to whoever pressed, or what has to be said first; nothing when it had one. */
export async function tellRefusal(desk: Desk, to: Sender, answered: Answered, texts: Texts): Promise<void> {
  const { tell } = desk;
  if (answered.kind === "refused") await tell(to, refusalText(answered.refusal, answered.stored.request, texts));
  if (answered.kind === "forbidden") await tell(to, forbiddenText(answered.decision, texts));
  if (answered.kind === "lacking") {
    const { press, lacks, stored } = answered;
    const { id, vm, wish } = stored.request;
    const what = `${code(vm.name)}: ${whatIn(wish, press, texts.approval)}`;
    await askMissing(desk, to, { deed: { press, request: id }, lacks: [...lacks], vm, what }, texts);
  }
}

/** The same again as a new request, asked for where the old one was; the old card links to it. */
async function retry(
  desk: Desk,
  sent: SentPress,
  old: Stored,
  person: Person,
  as: RequestId,
  texts: Texts,
): Promise<void> {
  const { state, vm } = old.request;
  const may = mayPress("retry", person, old.request, desk.rules().policy);
  const no = may !== "yes" ? may : whyNotAgain(state, as);
  if (no) {
    await noteAnswered(desk, person, "retry", { kind: "refused", refusal: no, stored: old });
    return desk.tell(sent.from, refusalText(no, old.request, texts));
  }
  await noteCommand(desk, person, { kind: "retry", vm: vm.name, request: old.request.id }, as);
  const named = await namedVm(desk, vm.id, sent.from, texts, (vm) => writeCommand({ kind: "list", vm, filter: {} }));
  if (!named) return;
  const where = { ...sent.from, channel: channelAsked(old, sent) };
  if (!(await requestFor(desk, named, wantedAgain(old.request, sent), where, person, as, sent.request))) return;
  if (!(await desk.store.load(as))) return;
  const answered = await pressRequest(desk, sent.request, "retry", person, as);
  await noteAnswered(desk, person, "retry", answered);
  await tellRefusal(desk, sent.from, answered, texts);
}

function whyNotAgain(state: Request["state"], as: RequestId): Refusal | undefined {
  if (!isRetriable(state)) return "not_failed";
  return state.retriedAs && state.retriedAs !== as ? "already_retried" : undefined;
}

/** The same wish, with a reason where it had none; what needed a yes is asked anew on the new card. */
function wantedAgain({ wish: once, state }: Request, { isTyped, reason: said }: Said): Wanted {
  const wish = { ...once, reason: once.reason ?? said };
  switch (wish.kind) {
    case "create": {
      const { how, nameGiven, name, reason, safety = false } = wish;
      return { kind: "create", how, name: nameGiven ? name : undefined, reason, safety };
    }
    case "restore":
      return { kind: "restore", snapshot: wish.snapshot, safety: wish.safety, isTyped, reason: wish.reason };
    case "delete": {
      const gone = state.status === "failed" ? (state.gone ?? []) : [];
      const snapshots = wish.snapshots.filter(({ id }) => !gone.includes(id));
      return { kind: "delete", snapshots, isTyped, reason: wish.reason };
    }
    case "rename":
      return { kind: "rename", snapshot: wish.snapshot, name: wish.name, isTyped, reason: wish.reason };
    case "power":
      return { kind: "power", to: wish.to, isTyped, reason: wish.reason };
  }
}

/** A copied message, an orphan of a lost answer, or an edited value: the button is not one of this request's card. */
export function isItsCard({ card }: Stored, { message }: Pick<SentPress, "message">): boolean {
  return !card.message || !message || (card.message.ts === message.ts && card.message.channel === message.channel);
}

/**
 * The channel whose rules hold for the same again: that of the request if the button is on its card, which nobody else can
 * bring about; else the click's own.
 */
export const channelAsked = (
  { card, request }: Stored,
  { message, from }: Extract<Sent, { kind: "press" | "switching" }>,
) => (message && card.message ? askedIn(request) : from.channel);

export function refusalText(refusal: Refusal, request: Request, { refusals, decidedBy }: Texts): string {
  const decided = request.decided && DECIDED.has(refusal) ? [decidedBy(request.decided.by, request.decided.at)] : [];
  const text = refusal === "not_requester" ? refusals.not_requester(request.requestedBy) : refusals[refusal];
  return [...decided, text].join(" ");
}

/** Refusals of those who came second; they are told who came first. */
const DECIDED: ReadonlySet<Refusal> = new Set<Refusal>([
  "already_chosen",
  "not_stuck_any_more",
  "already_retried",
  "already_powering_on",
  "already_ended",
  "not_awaiting",
]);
