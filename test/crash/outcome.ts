import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DemoCloud, VmView } from "../../src/demo/cloud.ts";
import type { DemoSlack, Message } from "../../src/demo/slack.ts";
import { openAudit } from "../../src/store/audit.ts";
import { lineOf } from "../../src/store/line-names.ts";
import { storedOf } from "../../src/store/rows.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { storyLine } from "../../src/views/story.ts";
import { statusOf } from "../rig.ts";
import { type Approved, approvedIn, wellApproved } from "./approved.ts";
import type { BotProcess, Exit, LogLine } from "./bot-process.ts";
import type { Scene } from "./scene.ts";
import { opened } from "./stored.ts";

/** What a play has led to: the world as it is, and everything that must never be. */
interface Outcome extends Approved {
  cards: string[];
  power: string;
  wentOff: boolean;
  hardPowerOffs: number;
  /** Of snapshots and disk. */
  done: string[];
  snapshots: string[];
  restoredFrom: string | undefined;
  /** Restores that the VM was not off for, from beginning to end. */
  restoredWhileOn: number;
  /** Requests without a card, and cards beyond one of a request. */
  unmatched: string[];
  integrity: unknown;
  /** What is wrong with the audit's chain, and what was done without a row that says so before. */
  audit: unknown[];
  rateLimited: readonly unknown[];
  errors: string[];
  secrets: string[];
  /** Lines that a thread has more often than the story. */
  toldTwice: string[];
  /** Lines of a story that the thread does not have, or not so often. */
  neverTold: string[];
  silent: readonly unknown[];
  lastExit: Exit;
  badExits: readonly Exit[];
  /** Cards whose percent fell, or whose end was replaced. */
  fell: string[];
  replaced: string[];
  /** Those who should have had a private answer, but had none. */
  leftAlone: string[];
}

export function goodEnd(scene: Scene): Outcome {
  const { end } = scene;
  return {
    ...wellApproved(scene),
    cards: [...end.cards],
    power: end.power ?? "Running",
    wentOff: end.wentOff,
    hardPowerOffs: end.hardPowerOffs ?? 0,
    done: [...(end.done ?? [])],
    snapshots: [...end.snapshots],
    restoredFrom: end.restoredFrom,
    restoredWhileOn: 0,
    unmatched: [],
    integrity: "ok",
    audit: [],
    rateLimited: [],
    errors: [],
    secrets: [],
    toldTwice: [],
    neverTold: [],
    silent: [],
    lastExit: { code: 0, signal: null },
    badExits: [],
    fell: [],
    replaced: [],
    leftAlone: [],
  };
}

/** What is left of a play whose last life has ended. */
interface Remains {
  cloud: DemoCloud;
  slack: DemoSlack;
  folder: string;
  vm: string;
  processes: readonly BotProcess[];
  secrets: readonly string[];
  lastExit: Exit;
  badExits: readonly Exit[];
  /** When lives ended that were meant to go on. */
  deaths: readonly Date[];
  /** Whether somebody has repeated what got no answer. */
  repeats: boolean;
  scene: Scene;
}

export function outcomeOf(remains: Remains): Outcome {
  const { cloud, slack, folder, vm, processes, secrets, lastExit, badExits, scene } = remains;
  const cards = slack.cards();
  const texts = [...processes.map(({ output }) => output()), ...filesIn(folder)];
  return {
    cards: cards.map((card) => `${card.metadata?.event_payload.kind} ${statusOf(card)}`),
    ...worldOf(cloud.vm(vm)),
    rateLimited: slack.rateLimited,
    errors: processes.flatMap(({ logs }) => logs.filter(({ level }) => level === "error").map(inWords)),
    secrets: secrets.filter((secret) => texts.some((text) => text.includes(secret))),
    silent: slack.withoutText(),
    lastExit,
    badExits,
    fell: cards.filter(percentFell).map(({ text }) => text),
    replaced: cards.filter(endReplaced).map(({ text }) => text),
    leftAlone: (scene.end.toldPrivately ?? []).filter((user) => slack.privateAnswers(user).length === 0),
    ...comparedWithStored(slack, folder),
    audit: auditFaults(folder, cloud.vm(vm)),
    ...approvedIn(remains),
  };
}

export const threadOf = (slack: DemoSlack, card?: string): string[] =>
  slack
    .messages()
    .flatMap(({ threadTs, text }) => (threadTs && (card ?? threadTs) === threadTs ? text.split("\n") : []));

const DOINGS: ReadonlySet<string> = new Set(["snapshot", "restore", "delete_snapshot"]);

function worldOf({ power, offPeriods, hardPowerOffs, snapshots, operations, restoredFrom }: VmView) {
  const wasOff = (from: Date, to: Date | undefined) =>
    offPeriods.some((period) => period.from <= from && (!period.to || (to && period.to >= to)));
  const nameOf = ({ name }: { name: string }) => name.replace(/\d{9,}/, "N");
  const restores = operations.filter(({ type }) => type === "restore");
  const done = operations.map(({ type }) => String(type)).filter((type) => DOINGS.has(type));
  return {
    power,
    wentOff: offPeriods.length > 0,
    hardPowerOffs,
    done: done.toReversed(),
    snapshots: snapshots.map(nameOf),
    restoredFrom: snapshots.filter(({ id }) => id === restoredFrom).map(nameOf)[0],
    restoredWhileOn: restores.filter(({ startedAt, completedAt }) => !wasOff(startedAt, completedAt)).length,
  };
}

/** The requests and their stories as they are stored, and what Slack shows of them. */
function comparedWithStored(slack: DemoSlack, folder: string) {
  using database = opened(folder);
  const stored = database.prepare("SELECT * FROM requests ORDER BY seq").all();
  const compared = stored.map((row) => {
    const { request, card } = storedOf(row as never);
    const events = database.prepare("SELECT at, line, names FROM events WHERE request = ? ORDER BY id").all(request.id);
    const story = events.flatMap(({ at, line, names }) => {
      const told = lineOf({ line: String(line), names: names === null ? null : String(names) });
      return storyLine(told, new Date(Number(at)), request, textsIn(request.language)) ?? [];
    });
    const thread = card.message ? threadOf(slack, card.message.ts) : [];
    return { toldTwice: surplus(thread, story), neverTold: surplus(story, thread), id: request.id };
  });
  const shown = slack.cards().map((card) => String(card.metadata?.event_payload.id));
  const ids = compared.map(({ id }) => String(id));
  return {
    unmatched: [...surplus(shown, ids), ...surplus(ids, shown)],
    toldTwice: compared.flatMap(({ toldTwice }) => toldTwice),
    neverTold: compared.flatMap(({ neverTold }) => neverTold),
    integrity: database.prepare("PRAGMA integrity_check").get()?.integrity_check,
  };
}

/** What the cloud calls what our calls begin. */
const CALLED: Readonly<Record<string, string>> = {
  snapshot: "snapshot",
  restore: "restore",
  delete_snapshot: "delete",
};

function auditFaults(folder: string, { operations }: VmView): unknown[] {
  const audit = openAudit(join(folder, "shutter.db"));
  const verdict = audit.verify();
  const calls = [...audit.rows()].flatMap(({ at, line }) => {
    const said = lineOf({ line, names: null });
    return said.code === "call" ? [{ at, call: said.call }] : [];
  });
  audit.close();
  const without = operations.toReversed().filter(({ type, startedAt }) => {
    const call = CALLED[String(type)];
    const row = calls.findIndex((each) => each.call === call && each.at <= startedAt.getTime());
    if (call !== undefined && row >= 0) calls.splice(row, 1);
    return call !== undefined && row < 0;
  });
  return [...(verdict.kind === "whole" ? [] : [verdict]), ...without];
}

/** What there is more of than of the others; what is there several times counts several times. */
function surplus(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));

const inWords = ({ msg, ...line }: LogLine): string => `${msg} ${JSON.stringify(line)}`;

const payloadsOf = ({ versions }: Message) => versions.map(({ metadata }) => metadata?.event_payload ?? {});

/** Snapshot and restore each have a bar of their own. */
function percentFell(card: Message): boolean {
  const payloads = payloadsOf(card);
  return payloads.some(({ status, percent }, at) =>
    payloads.slice(0, at).some((earlier) => earlier.status === status && Number(earlier.percent) > Number(percent)),
  );
}

const ENDS: ReadonlySet<unknown> = new Set(["done", "failed", "cancelled", "denied", "expired"]);

export const hasEnded = (card: Message | undefined): boolean => ENDS.has(statusOf(card));

function endReplaced(card: Message): boolean {
  const statuses = payloadsOf(card).map(({ status }) => status);
  const end = statuses.findIndex((status) => ENDS.has(status));
  return end >= 0 && statuses.slice(end).some((status) => status !== statuses[end]);
}
