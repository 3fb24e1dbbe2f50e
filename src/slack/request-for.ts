import type { Vm } from "../domain/cloud.ts";
import type { ChannelId, RequestId } from "../domain/ids.ts";
import type { Terms } from "../domain/request.ts";
import { ask, type Objection, objection, type Wanted } from "../engine/ask.ts";
import { judgeWish, type Ruling } from "../engine/judge.ts";
import { type Lack, termsFrom } from "../engine/press-request.ts";
import { mayAct } from "../policy/rights.ts";
import type { Rules } from "../policy/rules.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import { sectionWith } from "../views/blocks.ts";
import { cardLink } from "../views/card-link.ts";
import { deleteButton, snapshotBlock } from "../views/snapshot-buttons.ts";
import { snapshotLines } from "../views/snapshot-lines.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { forbiddenText } from "./forbidden.ts";
import { inTurn } from "./in-turn.ts";
import { lacksOf, needsText, questionAbout } from "./lacking.ts";
import { limitText } from "./limited.ts";
import { askMissing } from "./missing.ts";
import { noteOpened, noteRefused } from "./noted.ts";

/** Somebody's wish for a VM, and what answering them needs. */
interface Attempt {
  desk: Desk;
  vm: Vm;
  wanted: Wanted;
  from: Sender;
  person: Person;
  id: RequestId;
  retryOf: RequestId | undefined;
  texts: Texts;
}

/**
 * Makes a request of a wish, or tells in private why not, before anything is called that changes something. Handled
 * again with the same id it makes no second one. Says whether there is a request now.
 */
export async function requestFor(
  desk: Desk,
  vm: Vm,
  wanted: Wanted,
  from: Sender,
  person: Person,
  id: RequestId,
  retryOf?: RequestId,
): Promise<boolean> {
  const attempt: Attempt = { desk, vm, wanted, from, person, id, retryOf, texts: textsIn(person.language) };
  // What is read anew while Slack and the cloud are asked counts: then all of it is asked once more.
  for (;;) {
    const made = await attemptUnder(desk.rules(), attempt);
    if (made !== "rules_changed") return made;
  }
}

async function attemptUnder(rules: Rules, attempt: Attempt): Promise<boolean | "rules_changed"> {
  const { desk, vm, wanted, from, person, id, texts } = attempt;
  if (!mayAct(person, rules.policy)) return refuse(attempt, "not_member", texts.refusals.not_member);
  const ruling = await judgeWish(desk, person, from.channel, vm, wanted);
  const isKnown = (await desk.store.load(id)) !== undefined;
  if (!isKnown && (await isHindered(attempt, ruling))) return false;
  const channel = from.channel ?? (await desk.directMessages(person.id));
  const terms = ruling.kind === "allowed" && ruling.approval ? termsFrom(ruling.approval, ruling.rule) : undefined;
  // Of many at once, each is counted before the next one is.
  const made = await inTurn(desk.store, async () => {
    const limit = isKnown ? undefined : await limitText(desk, person, from, wanted, texts);
    if (desk.rules() !== rules) return "rules_changed";
    return limit === undefined ? make(attempt, channel, terms) : { limit };
  });
  if (made === "rules_changed") return made;
  if ("limit" in made) return refuse(attempt, "limit", made.limit);
  if (!made.isNew) {
    const { requestedBy } = made.stored.request;
    await desk.tell(from, texts.answers.joined(requestedBy, cardLink(made.stored, person.id, desk.linkTo)));
  }
  return true;
}

/** Written down, then told. */
async function refuse(
  { desk, vm, wanted, from, person, retryOf }: Attempt,
  why: string,
  text: string,
  rule?: number | "none",
): Promise<false> {
  await noteRefused(desk, person, { what: wanted.kind, why, rule, request: retryOf, vm: vm.id });
  await desk.tell(from, text);
  return false;
}

/** Whether something speaks against it, or is missing; then they have been told. */
async function isHindered(attempt: Attempt, ruling: Ruling): Promise<boolean> {
  const { desk, vm, wanted, from, person, texts } = attempt;
  const refused = (why: string, text: string, rule?: number | "none") =>
    refuse(attempt, why, text, rule).then(() => true);
  if (ruling.kind === "denied") return refused(ruling.why, forbiddenText(ruling, texts), ruling.rule);
  const limit = await limitText(desk, person, from, wanted, texts);
  if (limit !== undefined) return refused("limit", limit);
  const lacks = lacksOf(wanted, ruling);
  if (lacks.length > 0) return askFor(attempt, lacks);
  const against = await objection(desk, vm, wanted);
  if (!against) return false;
  // Where only room is missing the request waits for it, and its card goes on by itself.
  const isFull = against.kind === "full";
  if (!isFull)
    await noteRefused(desk, person, { what: wanted.kind, why: against.kind, request: attempt.retryOf, vm: vm.id });
  await tellObjection(desk, against, vm, from, texts);
  return !isFull;
}

/** What the rules want to be told first. */
async function askFor(attempt: Attempt, lacks: readonly Lack[]): Promise<true> {
  const { desk, vm, wanted, from, person, retryOf, texts } = attempt;
  const question = questionAbout(vm, wanted, lacks, texts, retryOf);
  if (question) {
    await noteOpened(desk, person, "confirm", { request: retryOf, vm: vm.id });
    await askMissing(desk, from, question, texts);
  } else await refuse(attempt, `needs_${lacks[0]}`, needsText(lacks, texts));
  return true;
}

const make = (
  { desk, vm, wanted, from, person, id, retryOf }: Attempt,
  channel: ChannelId,
  terms: Terms | undefined,
): ReturnType<typeof ask> =>
  ask(desk, vm, wanted, {
    id,
    by: { id: person.id, name: person.name },
    channel,
    atHome: from.channel === undefined,
    language: desk.cardLanguage === "auto" ? (person.language ?? "en") : desk.cardLanguage,
    nameTemplate: desk.nameTemplate,
    ...(retryOf && { retryOf }),
    ...(terms && { terms }),
  });

function tellObjection({ tell }: Desk, against: Objection, vm: Vm, from: Sender, texts: Texts): Promise<void> {
  const { answers } = texts;
  switch (against.kind) {
    case "name_empty":
      return tell(from, answers.nameEmpty);
    case "name_too_long":
      return tell(from, answers.nameTooLong(against.length, against.limit));
    case "reason_too_long":
      return tell(from, answers.reasonTooLong(against.length, against.limit));
    case "name_taken":
      return tell(from, answers.nameTaken(against.name));
    case "same_name":
      return tell(from, answers.sameName(against.name));
    case "snapshot_gone":
      return tell(from, answers.snapshotGone(against.name));
    case "already":
      return tell(from, answers.already(vm.name, against.power));
    case "cloud_silent":
      return tell(from, answers.cloudSilent(against.problem.detail));
    case "full": {
      const lines = snapshotLines(against.snapshots, texts);
      const candidates = against.snapshots.map((snapshot, n) =>
        sectionWith(lines[n] ?? "", deleteButton(snapshot.id, texts, snapshot.name), snapshotBlock(n, vm.id)),
      );
      return tell(from, answers.full(vm.name, against.snapshots.length, against.limit), candidates);
    }
  }
}
