import { Power } from "../../src/domain/cloud.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { RequestId, UserId, type Who } from "../../src/domain/ids.ts";
import { FAILURES, type Facts } from "../../src/domain/request.ts";
import { Line } from "../../src/domain/story.ts";
import type { Texts } from "../../src/texts/en.ts";
import { moment } from "../../src/texts/format.ts";

const AT = new Date("2024-11-12T10:42:00Z");
const LINK = "https://slack.example/archives/C1/p1";
const BY_DISK: Facts["expected"] = { ms: 80 * MINUTE_MS, basis: "disk" };
const BY_HISTORY: Facts["expected"] = { ms: 12 * MINUTE_MS, basis: "history" };

/** Everybody and everything in the samples is called `data`. */
const who = (data: string): Who => ({ id: UserId.parse("U7"), name: data });

const failures = (data: string) => FAILURES.flatMap((code) => [{ code }, { code, detail: data }]);

/** What a line may carry; each kind of line takes of it what it knows. */
const anyLine = (data: string) => ({
  by: who(data),
  until: AT,
  name: data,
  ms: 90_000,
  detail: data,
  as: RequestId.parse("r2"),
  failure: { code: "refused", detail: data },
});

const lines = (data: string): Line[] => [
  ...Line.options.map((option) => Line.parse({ ...anyLine(data), code: option.shape.code.value })),
  { code: "on", offMs: 90_000 },
  { code: "power_on_fails", detail: "" },
  ...failures(data).map((failure): Line => ({ code: "failed", failure })),
];

/** One entry for every function of a language: all that it can answer, about things that are called `data`. */
const CALLS: Readonly<Record<string, (texts: Texts, data: string) => string[]>> = {
  "card.title": (t, data) => [t.card.title(data)],
  "card.asked": (t, data) => [t.card.asked(who(data), AT)],
  "card.reason": (t, data) => [t.card.reason(data)],
  "card.inDirectMessage": (t) => [t.card.inDirectMessage("C1")],
  "card.trouble": (t, data) => [t.card.trouble(AT, data)],
  "card.queuedBehind": (t, data) => [t.card.queuedBehind(who(data))],
  "card.queuedCooldown": (t) => [t.card.queuedCooldown(AT)],
  "card.facts": (t) => [
    ...Power.options.map((power) => t.card.facts(power, 40.5, 7, 10)),
    t.card.facts("running", undefined, 7, 10),
  ],
  "card.shutdownOption": (t) =>
    [BY_DISK, BY_HISTORY, undefined].map((expected) => t.card.shutdownOption(expected, 40.5)),
  "card.expiresAt": (t) => [t.card.expiresAt(AT)],
  "card.watched": (t) => [t.card.watched(AT)],
  "card.stuck": (t) => [t.card.stuck("3 min")],
  "card.stepDone": (t) => [t.card.stepDone(undefined), t.card.stepDone(90_000)],
  "card.elapsed": (t) => [t.card.elapsed(59_999), t.card.elapsed(90_000)],
  "card.end": (t) => [t.card.end(AT)],
  "card.powerOnProblem": (t, data) => [t.card.powerOnProblem(data)],
  "card.made": (t, data) => [t.card.made(data, 1.5, 90_000), t.card.made(data, undefined, 90_000)],
  "card.madeUnlisted": (t, data) => [t.card.madeUnlisted(data)],
  "card.wasOff": (t) => [t.card.wasOff(90_000)],
  "card.listTitle": (t) => [t.card.listTitle(7, 10)],
  "card.whatHappened": (t, data) => failures(data).map((failure) => t.card.whatHappened(failure)),
  "card.powerNow": (t) => Power.options.map((power) => t.card.powerNow(power)),
  "card.retriedAs": (t) => [t.card.retriedAs(LINK), t.card.retriedAs(undefined)],
  "card.cancelledBy": (t, data) => [t.card.cancelledBy(who(data))],

  "confirm.shutdownTitle": (t, data) => [t.confirm.shutdownTitle(data)],
  "confirm.shutdown": (t, data) => [BY_DISK, undefined].map((expected) => t.confirm.shutdown(data, expected)),
  "confirm.powerOffTitle": (t, data) => [t.confirm.powerOffTitle(data)],
  "confirm.powerOff": (t, data) => [t.confirm.powerOff(data)],

  text: (t, data) => [t.text(data, t.card.headline.done, [t.card.keptRunning])],
  bar: (t) => [t.bar(40, true), t.bar(40, false)],
  "refusals.not_requester": (t, data) => [t.refusals.not_requester(who(data))],
  decidedBy: (t, data) => [t.decidedBy(who(data), AT)],

  "answers.joined": (t, data) => [t.answers.joined(who(data), LINK), t.answers.joined(who(data), undefined)],
  "answers.unknownVm": (t, data) => [t.answers.unknownVm(data)],
  "answers.several": (t, data) => [t.answers.several(data)],
  "answers.more": (t) => [t.answers.more(3)],
  "answers.needVm": (t, data) => [t.answers.needVm(data)],
  "answers.full": (t, data) => [t.answers.full(data, 10, 10)],
  "answers.nameTaken": (t, data) => [t.answers.nameTaken(data)],
  "answers.nameTooLong": (t) => [t.answers.nameTooLong(300, 255)],
  "answers.reasonTooLong": (t) => [t.answers.reasonTooLong(600, 500)],
  "answers.unknownFlag": (t, data) => [t.answers.unknownFlag(data)],
  "answers.tooMany": (t, data) => [t.answers.tooMany(data)],
  "answers.unknownWord": (t, data) => [t.answers.unknownWord(data)],
  "answers.didYouMean": (t, data) => [t.answers.didYouMean(data)],
  "answers.cloudSilent": (t, data) => [t.answers.cloudSilent(data)],
  "answers.nothingToCancel": (t, data) => [t.answers.nothingToCancel(data)],
  "answers.notYours": (t, data) => [t.answers.notYours(data, who(data))],
  "answers.cancelling": (t, data) => [t.answers.cancelling(data)],
  "answers.noSnapshots": (t, data) => [t.answers.noSnapshots(data)],
  "answers.snapshotsOf": (t, data) => [t.answers.snapshotsOf(data, 7, 10)],
  "answers.snapshot": (t, data) => [
    t.answers.snapshot(data, moment(AT), "3 d", 1.5, true),
    t.answers.snapshot(data, moment(AT), "3 d", undefined, undefined),
  ],
  "answers.by": (t, data) => [t.answers.by(who(data), data), t.answers.by(who(data), undefined)],
  "answers.listCut": (t) => [t.answers.listCut(20, 31)],

  "dialog.errors.full": (t) => [t.dialog.errors.full(10, 10)],
  "dialog.errors.nameTooLong": (t) => [t.dialog.errors.nameTooLong(255)],
  "dialog.errors.reasonTooLong": (t) => [t.dialog.errors.reasonTooLong(500)],

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
