import { Power } from "../../src/domain/cloud.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { RequestId, UserId, type Who } from "../../src/domain/ids.ts";
import { type Expected, FAILURES, type Facts, Wish } from "../../src/domain/request.ts";
import { Line } from "../../src/domain/story.ts";
import type { Texts } from "../../src/texts/en.ts";
import { moment } from "../../src/texts/format.ts";

const AT = new Date("2024-11-12T10:42:00Z");
const LINK = "https://slack.example/archives/C1/p1";
const BY_DISK: Facts["expected"] = { ms: 80 * MINUTE_MS, basis: "disk" };
const BY_HISTORY: Facts["expected"] = { ms: 12 * MINUTE_MS, basis: "history" };
const BY_SIZE: Expected = { ms: 30 * MINUTE_MS, basis: "size" };

/** Everybody and everything in the samples is called `data`. */
const who = (data: string): Who => ({ id: UserId.parse("U7"), name: data });

const failures = (data: string) => FAILURES.flatMap((code) => [{ code }, { code, detail: data }]);

/** What a line may carry; each kind of line takes of it what it knows. */
const anyLine = (data: string) => ({
  by: who(data),
  until: AT,
  name: data,
  from: data,
  to: data,
  ms: 90_000,
  detail: data,
  as: RequestId.parse("r2"),
  failure: { code: "refused", detail: data },
  count: 2,
  missing: 1,
  reason: data,
  word: data,
  what: data,
  why: data,
  rule: 3,
  call: "snapshot",
  outcome: "unknown",
  rules: 7,
  head: 42,
  hash: data,
  channel: "C1",
  dialog: "restore",
  language: "de",
  notify: "failures",
  upTo: 41,
});

const lines = (data: string): Line[] => [
  ...Line.options.map((option) => Line.parse({ ...anyLine(data), code: option.shape.code.value })),
  ...Wish.options.map(({ shape }): Line => ({ code: "asked", by: who(data), kind: shape.kind.value })),
  { code: "on", offMs: 90_000 },
  { code: "power_on_fails", detail: "" },
  { code: "approval_asked", by: who(data), count: 1 },
  { code: "approved", by: who(data), missing: 0 },
  { code: "refused", by: who(data), what: data, why: data, rule: "none" },
  { code: "answer", call: "restore", outcome: "ok" },
  { code: "answer", call: "restore", outcome: "not_sent" },
  { code: "answer", call: "restore", outcome: "refused" },
  ...failures(data).map((failure): Line => ({ code: "failed", failure })),
];

/** One entry for every function of a language: all that it can answer, about things that are called `data`. */
const CALLS: Readonly<Record<string, (texts: Texts, data: string) => string[]>> = {
  "card.title.create": (t, data) => [t.card.title.create(data)],
  "card.title.restore": (t, data) => [t.card.title.restore(data)],
  "card.title.delete": (t, data) => [t.card.title.delete(data)],
  "card.title.rename": (t, data) => [t.card.title.rename(data)],
  "card.title.power": (t, data) => [t.card.title.power(data)],
  "card.deleteOneTitle": (t, data) => [t.card.deleteOneTitle(data)],
  "card.switchTitle.on": (t, data) => [t.card.switchTitle.on(data)],
  "card.switchTitle.off": (t, data) => [t.card.switchTitle.off(data)],
  "card.switchTitle.hard_off": (t, data) => [t.card.switchTitle.hard_off(data)],
  "card.asked": (t, data) => [t.card.asked(who(data), AT)],
  "card.reason": (t, data) => [t.card.reason(data)],
  "card.inDirectMessage": (t) => [t.card.inDirectMessage("C1")],
  "card.trouble": (t, data) => [t.card.trouble(AT, data)],
  "card.queuedBehind": (t, data) => [t.card.queuedBehind(who(data))],
  "card.queuedCooldown": (t) => [t.card.queuedCooldown(AT)],
  "card.queuedFull": (t) => [t.card.queuedFull(10, 10)],
  "card.facts": (t) => [
    ...Power.options.map((power) => t.card.facts(power, 40.5, 7, 10)),
    t.card.facts("running", undefined, 7, 10),
  ],
  "card.shutdownOption": (t) =>
    [BY_DISK, BY_HISTORY, undefined].map((expected) => t.card.shutdownOption(expected, 40.5)),
  "card.expiresAt": (t) => [t.card.expiresAt(AT)],
  "card.watched": (t) => [t.card.watched(AT)],
  "card.tooSoon": (t) => [t.card.tooSoon(AT)],
  "card.stuck": (t) => [t.card.stuck("3 min")],
  "card.stuckHard": (t) => [t.card.stuckHard("3 min")],
  "card.stepDone": (t) => [t.card.stepDone(undefined), t.card.stepDone(90_000)],
  "card.heldUp": (t, data) => [t.card.heldUp(data), t.card.heldUp("")],
  "card.elapsed": (t) => [t.card.elapsed(59_999), t.card.elapsed(90_000)],
  "card.end": (t) => [t.card.end(AT)],
  "card.powerOnProblem": (t, data) => [t.card.powerOnProblem(data)],
  "card.made": (t, data) => [t.card.made(data, 1.5, 90_000), t.card.made(data, undefined, 90_000)],
  "card.madeUnlisted": (t, data) => [t.card.madeUnlisted(data)],
  "card.wasOff": (t) => [t.card.wasOff(90_000)],
  "card.listTitle": (t) => [t.card.listTitle(7, 10, AT)],
  "card.safetyOld": (t, data) => [t.card.safetyOld(data)],
  "card.safetyTaken": (t, data) => [t.card.safetyTaken(data)],
  "card.safetyUnlisted": (t, data) => [t.card.safetyUnlisted(data)],
  "card.safetyThere": (t, data) => [t.card.safetyThere(data)],
  "card.safetyKept": (t, data) => [t.card.safetyKept(data, who(data))],
  "card.safetyGone": (t, data) => [t.card.safetyGone(data, who(data), AT)],
  "card.restoreFrom": (t, data) => [t.card.restoreFrom({ name: data, createdAt: AT })],
  "card.restoreLoses": (t, data) => [t.card.restoreLoses(data, AT)],
  "card.restoreTakes": (t) =>
    [90_000, undefined].flatMap((ms) => [true, false].map((isOff) => t.card.restoreTakes(ms, isOff))),
  "card.restored": (t, data) => [t.card.restored(data, AT, 90_000), t.card.restored(data, AT, undefined)],
  "card.followUp": (t, data) => [t.card.followUp(data)],
  "card.followUpDue": (t) => [t.card.followUpDue(AT)],
  "card.kept": (t, data) => [t.card.kept(who(data))],
  "card.snapshotDeleted": (t, data) => [t.card.snapshotDeleted(who(data), AT)],
  "card.snapshotRenamed": (t, data) => [t.card.snapshotRenamed(data)],
  "card.snapshotRestored": (t) => [t.card.snapshotRestored(AT)],
  "card.keptByCloud": (t, data) => [t.card.keptByCloud(data, 60)],
  "card.oneDeleted": (t, data) => [t.card.oneDeleted(data)],
  "card.allDeleted": (t) => [t.card.allDeleted(2)],
  "card.renaming": (t, data) => [t.card.renaming(data, data)],
  "card.notRenamed": (t, data) => [t.card.notRenamed(data, data)],
  "card.renamed": (t, data) => [t.card.renamed(data, data)],
  "card.powerOffAsk": (t) => [t.card.powerOffAsk(true), t.card.powerOffAsk(false)],
  "card.isAsWished": (t) => [t.card.isAsWished("running"), t.card.isAsWished("off")],
  "card.whatHappened": (t, data) => failures(data).map((failure) => t.card.whatHappened(failure)),
  "card.powerNow": (t) => Power.options.map((power) => t.card.powerNow(power)),
  "card.retriedAs": (t) => [t.card.retriedAs(LINK), t.card.retriedAs(undefined)],
  "card.cancelledBy": (t, data) => [t.card.cancelledBy(who(data))],

  "confirm.shutdownTitle": (t, data) => [t.confirm.shutdownTitle(data)],
  "confirm.shutdown": (t, data) => [BY_DISK, undefined].map((expected) => t.confirm.shutdown(data, expected)),
  "confirm.powerOffTitle": (t, data) => [t.confirm.powerOffTitle(data)],
  "confirm.powerOff": (t, data) => [t.confirm.powerOff(data)],
  "confirm.shutdownOnly": (t, data) => [t.confirm.shutdownOnly(data)],
  "confirm.restoreTitle": (t, data) => [t.confirm.restoreTitle(data)],
  "confirm.restore": (t, data) => [t.confirm.restore(data, data)],

  "approval.asks": (t, data) => [t.approval.asks(who(data), t.approval.what.create)],
  "approval.what.restore": (t, data) => [t.approval.what.restore(data)],
  "approval.what.delete": (t, data) => [t.approval.what.delete(1, data), t.approval.what.delete(3, data)],
  "approval.what.rename": (t, data) => [t.approval.what.rename(data, data)],
  "approval.outage": (t) => [t.approval.outage(90_000)],
  "approval.fingerprint": (t, data) => [t.approval.fingerprint(data)],
  "approval.whose": (t, data) => [t.approval.whose([data], 1, true), t.approval.whose([data, data], 2, false)],
  "approval.so": (t) => [t.approval.so(["Anna"]), t.approval.so(["Anna", "Boris"])],
  "approval.until": (t) => [t.approval.until(AT)],
  "approval.untilStuck": (t) => [t.approval.untilStuck(AT)],
  "approval.approvedBy": (t) => [t.approval.approvedBy(["Anna", "Boris"], AT)],
  "approval.emergency": (t, data) => [t.approval.emergency(who(data), data)],
  "approval.deniedBy": (t, data) => [t.approval.deniedBy(who(data), data)],
  "approval.names": (t, data) => [t.approval.names([data, data])],
  "approval.message": (t, data) => [
    t.approval.message(data, t.approval.asks(who(data), t.approval.what.hard_off), data, AT, t.approval.onCard(LINK)),
    t.approval.message(data, t.approval.asks(who(data), t.approval.what.on), undefined, AT, t.approval.atHome),
  ],
  "approval.onCard": (t) => [t.approval.onCard(LINK)],
  "approval.told": (t, data) => [
    t.approval.told(data, who(data), data, LINK),
    t.approval.told(data, who(data), data, undefined),
  ],
  "approval.byRule": (t) => [t.approval.byRule(3)],
  "approval.lacking.name.text": (t, data) => [t.approval.lacking.name.text(data)],
  "approval.lacking.reason.text": (t, data) => [t.approval.lacking.reason.text(data)],
  "approval.lacking.both.text": (t, data) => [t.approval.lacking.both.text(data)],
  ...Object.fromEntries(
    (["running", "hour"] as const).flatMap((kind) =>
      (["person", "channel", "person_in_channel"] as const).map((per) => [
        `approval.limit.${kind}.${per}`,
        (t: Texts) => [t.approval.limit[kind][per](1), t.approval.limit[kind][per](3)],
      ]),
    ),
  ),
  "approval.limit.next": (t) => [t.approval.limit.next(AT)],

  "explanation.head": (t, data) => [t.explanation.head(data)],
  "explanation.yes": (t) => [t.explanation.yes(t.explanation.deeds.live)],
  "explanation.afterApproval": (t) => [t.explanation.afterApproval(t.explanation.deeds.restore)],
  "explanation.no": (t) => [t.explanation.no(t.explanation.deeds.power_off)],
  "explanation.approval": (t, data) => [
    t.explanation.approval(1, [data]),
    t.explanation.approval(
      2,
      Array.from({ length: 12 }, () => data),
    ),
  ],
  "explanation.expires": (t) => [t.explanation.expires(90_000)],
  "explanation.allowedTo": (t, data) => [t.explanation.allowedTo([data, data])],
  "explanation.rule": (t, data) => [t.explanation.rule(3, []), t.explanation.rule(3, [data, data])],
  "explanation.limit.head": (t) => [t.explanation.limit.head(2)],
  "explanation.limit.hour": (t) => [
    t.explanation.limit.hour(1, 5, undefined),
    t.explanation.limit.hour(2, 5, undefined),
    t.explanation.limit.hour(0, 5, AT),
  ],
  "explanation.limit.running": (t) => [1, 2, 0].map((left) => t.explanation.limit.running(left, 3)),
  "explanation.limit.counted": (t, data) => [
    t.explanation.limit.counted(t.explanation.limit.whose.channel, undefined),
    t.explanation.limit.counted(t.explanation.limit.whose.person, [data]),
  ],
  "explanation.noDeed": (t, data) => [t.explanation.noDeed(undefined, data), t.explanation.noDeed(data, data)],

  bar: (t) => [t.bar(40, true), t.bar(40, false)],
  "refusals.not_requester": (t, data) => [t.refusals.not_requester(who(data))],
  decidedBy: (t, data) => [t.decidedBy(who(data), AT)],

  "answers.joined": (t, data) => [t.answers.joined(who(data), LINK), t.answers.joined(who(data), undefined)],
  "answers.unknownVm": (t, data) => [t.answers.unknownVm(data)],
  "answers.several": (t, data) => [t.answers.several(data)],
  "answers.more": (t) => [t.answers.more(3)],
  "answers.needVm": (t, data) => [t.answers.needVm(data)],
  "answers.full": (t, data) => [t.answers.full(data, 10, 10)],
  "answers.snapshotGone": (t, data) => [t.answers.snapshotGone(data)],
  "answers.sameName": (t, data) => [t.answers.sameName(data)],
  "answers.already": (t, data) => Power.options.map((power) => t.answers.already(data, power)),
  "answers.nameTaken": (t, data) => [t.answers.nameTaken(data)],
  "answers.nameTooLong": (t) => [t.answers.nameTooLong(300, 255)],
  "answers.reasonTooLong": (t) => [t.answers.reasonTooLong(600, 500)],
  "answers.unknownFlag": (t, data) => [t.answers.unknownFlag(data, data)],
  "answers.tooMany": (t, data) => [t.answers.tooMany(data)],
  "answers.unknownWord": (t, data) => [t.answers.unknownWord(data)],
  "answers.didYouMean": (t, data) => [t.answers.didYouMean(data)],
  "answers.cloudSilent": (t, data) => [t.answers.cloudSilent(data)],
  "answers.nothingToCancel": (t, data) => [t.answers.nothingToCancel(data)],
  "answers.notYours": (t, data) => [t.answers.notYours(data, who(data))],
  "answers.cancelling": (t, data) => [t.answers.cancelling(data)],
  "answers.noSnapshots": (t, data) => [t.answers.noSnapshots(data)],

  "list.ofVm": (t, data) => [t.list.ofVm(data, 7, 10)],
  "list.fitting": (t, data) => [t.list.fitting(data, 2, 7, t.list.filter(data, data, 90_000, 90_000))],
  "list.noneFits": (t, data) =>
    [1, 7].map((all) => t.list.noneFits(data, all, t.list.filter(data, undefined, undefined, undefined))),
  "list.part": (t) => [t.list.part({ from: 1, to: 15, all: 20 })],
  "list.gone": (t, data) => [t.list.gone(data)],
  "list.by": (t, data) => [t.list.by(who(data), data), t.list.by(who(data), undefined)],
  "list.vms": (t) => [t.list.vms({ from: 1, to: 20, all: 134 })],
  "list.without": (t) => [t.list.without(1), t.list.without(7)],
  "list.lookedAt": (t) => [t.list.lookedAt(t.list.vms({ from: 1, to: 20, all: 134 }))],
  "list.nothingFits": (t, data) => [t.list.nothingFits(t.list.filter(undefined, data, undefined, 90_000))],
  "list.older": (t) => [t.list.older(12)],
  "list.silentFor": (t, data) => [t.list.silentFor([data], 0, data), t.list.silentFor([data, data], 3, data)],
  "list.caption": (t) => [t.list.caption(t.list.vms({ from: 1, to: 20, all: 134 }))],
  "list.lastKnown": (t, data) => [t.list.lastKnown("5 min", moment(AT), data)],
  "list.vmThen": (t, data) =>
    [undefined, 0, 1, 7].flatMap((count) => Power.options.map((power) => t.list.vmThen(data, power, count))),
  "list.filter": (t, data) => [
    t.list.filter(data, data, 90_000, 90_000),
    t.list.filter(undefined, undefined, undefined, 90_000),
  ],

  "history.head": (t, data) => [t.history.head(data, "", 1, 15), t.history.head(undefined, "", 16, 30)],
  "history.group": (t, data) => [t.history.group(t.history.kinds.create, data, who(data), AT)],
  "history.filter": (t, data) => [t.history.filter(data, AT, AT), t.history.filter(undefined, AT, undefined)],
  "history.empty": (t, data) => [t.history.empty(data, t.history.filter(data, AT, AT)), t.history.empty(undefined, "")],
  "history.nobody": (t, data) => [t.history.nobody(data)],
  "history.severalPeople": (t, data) => [t.history.severalPeople(data)],
  "history.file": (t, data) => [t.history.file(data, "", 1), t.history.file(undefined, "", 42)],
  "history.fileCut": (t) => [t.history.fileCut(10_000)],
  "history.fileThere": (t) => [t.history.fileThere(LINK), t.history.fileThere(undefined)],
  "history.fileRefused": (t, data) => [t.history.fileRefused(data)],

  "dialog.errors.full": (t) => [t.dialog.errors.full(10, 10)],
  "dialog.errors.nameTooLong": (t) => [t.dialog.errors.nameTooLong(255)],
  "dialog.errors.reasonTooLong": (t) => [t.dialog.errors.reasonTooLong(500)],

  "help.mistakes.needSnapshot": (t, data) => [t.help.mistakes.needSnapshot(data)],
  "help.mistakes.needReason": (t, data) => [t.help.mistakes.needReason(data)],
  "help.mistakes.unknownFilter": (t, data) => [t.help.mistakes.unknownFilter(data, data)],
  "help.mistakes.badFilter": (t, data) => [t.help.mistakes.badFilter(data, data)],
  "help.mistakes.filterTwice": (t, data) => [t.help.mistakes.filterTwice(data)],

  "managing.looking": (t, data) => [t.managing.looking(data)],
  "managing.noneNamed": (t, data) => [t.managing.noneNamed(data)],
  "managing.severalNamed": (t, data) => [t.managing.severalNamed(data)],
  "managing.typeName": (t, data) => [t.managing.typeName(data)],
  "managing.restore.lost": (t, data) => [t.managing.restore.lost(data, AT)],
  "managing.restore.takes": (t) => [BY_DISK, BY_SIZE].map((expected) => t.managing.restore.takes(expected, 40.5)),
  "managing.restore.safetyTakes": (t) =>
    [BY_DISK, BY_HISTORY].map((expected) => t.managing.restore.safetyTakes(expected, 40.5)),
  "managing.restore.power": (t) => Power.options.map((power) => t.managing.restore.power(power)),
  "managing.restore.safetyLater": (t) => [t.managing.restore.safetyLater(AT)],
  "managing.restore.safetyFull": (t) => [t.managing.restore.safetyFull(10, 10)],
  "managing.delete.forGood": (t, data) => [t.managing.delete.forGood(data)],
  "managing.delete.cut": (t) => [t.managing.delete.cut(10, 14)],
  "managing.rename.hint": (t) => [t.managing.rename.hint(255)],
  "managing.errors.wrongName": (t, data) => [t.managing.errors.wrongName(data)],
  "managing.errors.lastOnes": (t, data) => [t.managing.errors.lastOnes(data)],
  "managing.errors.full": (t) => [t.managing.errors.full(10, 10)],
  "managing.gone": (t, data) => [t.managing.gone(data, data), t.managing.gone(undefined, data)],
  "managing.deleted": (t, data) => [t.managing.deleted(data, who(data), AT)],
  "managing.beingMade": (t, data) => [t.managing.beingMade(data, data)],
  "managing.vmGone": (t, data) => [t.managing.vmGone(data)],
  "managing.unknownVm": (t, data) => [t.managing.unknownVm(data)],
  "managing.severalSnapshots": (t, data) => [t.managing.severalSnapshots(data, data)],
  "managing.noSnapshot": (t, data) => [t.managing.noSnapshot(data, data)],

  "home.power": (t) => Power.options.map((power) => t.home.power(power)),
  "home.count": (t) => [t.home.count(7, 10)],
  "home.last": (t) => [t.home.last(AT)],
  "home.tags": (t, data) => [t.home.tags([data, data])],
  "home.untoldSince": (t) => [t.home.untoldSince(AT)],
  "home.gone": (t, data) => [t.home.gone(data)],
  "home.seen": (t) => [t.home.seen(AT)],
  "home.silentSince": (t) => [t.home.silentSince(AT)],
  "home.page": (t) => [t.home.page(2, 1000, 10_000)],

  story: (t, data) => lines(data).map((line) => t.story(line)),
};

/** Paths of the functions that have a sample here. */
export const SAMPLED = Object.keys(CALLS);

/** All leaves of a language by their path, such as `card.title`. */
export function leavesOf(texts: object, above = ""): [path: string, leaf: unknown][] {
  return Object.entries(texts).flatMap(([key, value]): [string, unknown][] =>
    typeof value === "object" && value !== null ? leavesOf(value, `${above}${key}.`) : [[above + key, value]],
  );
}

/** What the functions of a language say about things that are called `data`. */
export const answersOf = (texts: Texts, data: string): [path: string, text: string][] =>
  Object.entries(CALLS).flatMap(([path, call]) => call(texts, data).map((text): [string, string] => [path, text]));

/** All that a language can say, in an order that is the same for all of them. */
export const wordsOf = (texts: Texts, data: string): [path: string, text: string][] =>
  [
    ...leavesOf(texts).filter((leaf): leaf is [string, string] => typeof leaf[1] === "string"),
    ...answersOf(texts, data),
  ].toSorted(([one], [other]) => one.localeCompare(other));
