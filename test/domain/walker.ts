import { aheadOf, isWatched, mayStillObey, onlyWaits, takenOver } from "../../src/domain/ahead.ts";
import { awaitApproval, declareEmergency, sayNo, sayYes } from "../../src/domain/approving.ts";
import type { Snapshot } from "../../src/domain/cloud.ts";
import { isFollowedUp } from "../../src/domain/decide/following-up.ts";
import { decide, NEVER } from "../../src/domain/decide.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { RequestId, SnapshotId, UserId, type Who } from "../../src/domain/ids.ts";
import { learn } from "../../src/domain/learn.ts";
import { type Need, needs } from "../../src/domain/needs.ts";
import { Press, type Pressed, press } from "../../src/domain/press.ts";
import { progressOf } from "../../src/domain/progress.ts";
import { Gated, type How, isOpen, Request, type RequestIn, type Wish } from "../../src/domain/request.ts";
import { snapshotNews } from "../../src/domain/snapshot-news.ts";
import type { Fate, Seen, Step } from "../../src/domain/step.ts";
import { ANNA, aRequest, BORIS, NOW, SETTINGS, TERMS } from "./builders.ts";
import { Promises } from "./promises.ts";
import { type Sight, type Weather, World } from "./world.ts";

/** What somebody wants, and so long after what was wanted before. Snapshots are numbered as the VM has them at the beginning. */
export type Wanted = { afterMs: number } & (
  | { kind: "create"; how: How; safety: boolean }
  | { kind: "restore"; of: number; safety: boolean; isConfirmed: boolean }
  | { kind: "delete"; of: readonly number[] }
  | { kind: "rename"; of: number }
  | { kind: "power"; to: "on" | "off" | "hard_off"; isConfirmed: boolean }
);

export interface Habits {
  wanted: readonly Wanted[];
  /** Of 100 moments, at so many somebody presses something. */
  presses: number;
  /** What people mostly choose for a snapshot. */
  choice: Press;
  /** Nobody presses anything while the VM shuts down. */
  isPatient: boolean;
  /** Of 1000 moments, at so many the process is killed. */
  crashes: number;
  /** Of 100 wishes and presses that can need approval, so many do. */
  gated: number;
  /** How long a look takes. */
  lookMs: number;
}

/** A row of the database, and when the process looks at it next. */
interface Row {
  request: Request;
  version: number;
  due: number;
  /** The highest percent that it has shown in this status. */
  shown: number;
  same: { key: string; count: number };
}

const BUTTONS = Press.options;
const AS = RequestId.parse("again");
const CLEO: Who = { id: UserId.parse("UCLEO"), name: "Cleo" };
const DORA: Who = { id: UserId.parse("UDORA"), name: "Dora" };
const PEOPLE = [ANNA, BORIS, CLEO, DORA];
/** Two yeses, neither of the requester. */
const FOUR_EYES = { ...TERMS, count: 2, remindMs: 10 * MINUTE_MS };

/**
 * One VM with several requests, taken forward as the engine does it: each look, decision, call and answer is a moment of its
 * own, between which the others go on, somebody presses something, or the process is killed.
 */
export class Walk {
  readonly world: World;
  /** In the order in which they came. */
  readonly rows: Row[] = [];
  readonly log: string[] = [];
  readonly #promises: Promises;
  readonly #habits: Habits;
  readonly #roll: () => number;
  readonly #old: readonly Snapshot[];
  readonly #fates = new Map<SnapshotId, Fate>();
  readonly #coming: { at: number; wanted: Wanted }[];
  #running: { row: Row; moments: Iterator<void>; isWoken: boolean }[] = [];

  constructor(conditions: Weather, habits: Habits, seed: number) {
    this.#roll = dice(seed);
    this.#habits = habits;
    this.world = new World(conditions, (percent) => this.#chance(percent), NOW);
    this.#promises = new Promises(this.world);
    this.#old = this.world.snapshots;
    let at = this.world.now;
    this.#coming = habits.wanted.map((wanted) => {
      at += wanted.afterMs;
      return { at, wanted };
    });
  }

  get now(): Date {
    return new Date(this.world.now);
  }

  run(): void {
    for (let moments = 0; !this.#isOver(); moments++) {
      if (moments > 200_000) throw new Error("It never ends");
      this.#arrive();
      if (this.#chance(this.#habits.crashes / 10)) this.#kill();
      if (this.#chance(this.#habits.presses)) this.#press();
      this.#go();
    }
    for (const { request } of this.rows) this.#stays(request);
    this.world.moveTo(this.world.now + 15 * MINUTE_MS);
    this.#promises.ended(this.rows.map(({ request }) => request));
  }

  #chance(percent: number): boolean {
    return this.#roll() * 100 < percent;
  }

  #oneOf<T>(some: readonly T[]): T | undefined {
    return some[Math.floor(this.#roll() * some.length)];
  }

  #isOver(): boolean {
    return this.#coming.length === 0 && !this.rows.some(({ request }) => isLookedAfter(request));
  }

  #arrive(): void {
    while (this.#coming[0] && this.#coming[0].at <= this.world.now) {
      const { wanted } = this.#coming.shift()!;
      const id = RequestId.parse(`r${this.rows.length}`);
      const request = aRequest(
        "queued",
        { since: this.now },
        { id, wish: this.#wishOf(wanted, id), requestedAt: this.now },
      );
      this.#promises.asked(request, "isConfirmed" in wanted && wanted.isConfirmed);
      const row = { request, version: 1, due: this.world.now, shown: 0, same: { key: "", count: 0 } };
      this.rows.push(row);
      this.#note(request, `wants to ${wanted.kind} ${"to" in wanted ? wanted.to : ""}`);
      if (this.#chance(this.#habits.gated)) this.#gate(row, "begin", ANNA);
    }
  }

  #wishOf(wanted: Wanted, id: string): Wish {
    const old = (index: number): Snapshot => {
      const there = this.#old[index % Math.max(1, this.#old.length)];
      return there ?? { id: SnapshotId.parse("none"), name: "none", createdAt: NOW };
    };
    const yes = "isConfirmed" in wanted && wanted.isConfirmed && { confirmedAt: this.now };
    switch (wanted.kind) {
      case "create":
        return { kind: "create", how: wanted.how, safety: wanted.safety, name: `made-${id}`, nameGiven: false };
      case "restore":
        return { kind: "restore", snapshot: old(wanted.of), safety: wanted.safety, name: `safety-${id}`, ...yes };
      case "delete":
        return { kind: "delete", snapshots: wanted.of.map(old) };
      case "rename":
        return { kind: "rename", snapshot: old(wanted.of), name: `renamed-${id}` };
      case "power":
        return { kind: "power", to: wanted.to, ...yes };
    }
  }

  /** What the process had in its memory is gone; it begins again with all that is open. */
  #kill(): void {
    this.#running = [];
    for (const row of this.rows) row.due = this.world.now;
    this.log.push(`${this.#seconds()} s: killed`);
  }

  #press(): void {
    const row = this.#oneOf(this.rows);
    if (!row) return;
    const { request } = row;
    const { state } = request;
    const { status } = state;
    if (state.status === "awaiting_approval" && this.#chance(80)) {
      this.#decide(row, { ...request, state });
      return;
    }
    if (status === "shutting_down" && this.#habits.isPatient) return;
    const isChoice = status === "choosing" && this.#chance(80);
    const usual = request.wish.kind === "create" ? this.#habits.choice : "shutdown";
    const button = isChoice ? usual : this.#oneOf(BUTTONS)!;
    const by = this.#chance(50) ? ANNA : BORIS;
    const result = press(request, button, by, this.now, SETTINGS, AS);
    if (result.kind === "refused") return;
    const { data: what } = Gated.safeParse(button);
    if (what && this.#chance(this.#habits.gated)) {
      this.#gate(row, what, by);
      return;
    }
    this.#promises.pressed(request, button);
    this.#commit(row, result.step, `pressed ${button}`);
    this.#wake(row);
  }

  /** The policy wants others to approve it first. */
  #gate(row: Row, what: Gated, by: Who): void {
    const step = awaitApproval(row.request, what, by, FOUR_EYES, "print", this.now);
    this.#promises.gated(row.request, what);
    this.#commit(row, step, `has to wait with ${what}`);
    this.#wake(row);
  }

  /** Somebody says yes, or no, or that it is an emergency. Who has said yes may have lost the right to it. */
  #decide(row: Row, request: RequestIn<"awaiting_approval">): void {
    const by = this.#oneOf(PEOPLE)!;
    const { what, yeses, wantedBy } = request.state;
    const standing = new Set(PEOPLE.filter(({ id }) => id === by.id || this.#chance(90)).map(({ id }) => id));
    const rolled = this.#roll();
    const result: Pressed =
      rolled < 0.8
        ? sayYes(request, by, FOUR_EYES, standing, this.now, SETTINGS, AS)
        : rolled < 0.9
          ? sayNo(request, by, "no", this.now, AS)
          : declareEmergency(request, by, "now", this.now, SETTINGS, AS);
    if (result.kind === "refused") return;
    const { state } = result.step.next;
    const isNo = rolled >= 0.8 && rolled < 0.9;
    if (state.status !== "awaiting_approval" && !isNo) {
      const said = new Set([...yeses.map((yes) => yes.by.id), by.id].filter((id) => standing.has(id)));
      const others = [...said].filter((id) => id !== ANNA.id && id !== wantedBy.id);
      if (rolled < 0.8 && others.length < FOUR_EYES.count) throw new Error("Broken: too few have said yes");
      this.#promises.goesOn(request, what);
    }
    this.#commit(row, result.step, `${by.name} decides`);
    this.#wake(row);
  }

  /** One moment of what is under way; when nothing is, time passes until something is due. */
  #go(): void {
    const going = this.#oneOf(this.#running);
    if (going) {
      if (!going.moments.next().done) return;
      this.#running = this.#running.filter((each) => each !== going);
      if (going.isWoken) going.row.due = this.world.now;
      return;
    }
    const due = [...this.rows.map((row) => row.due), ...this.#coming.slice(0, 1).map(({ at }) => at)];
    const next = Math.max(this.world.now, Math.min(...due));
    const isEarlier = this.#chance(this.#habits.presses);
    const ms = isEarlier ? Math.ceil((next - this.world.now) * this.#roll()) : next - this.world.now;
    this.world.moveTo(this.world.now + ms);
    for (const row of this.rows)
      if (row.due <= this.world.now) this.#running.push({ row, moments: this.#advance(row), isWoken: false });
  }

  #wake(row: Row): void {
    row.due = this.world.now;
    for (const going of this.#running) if (going.row === row) going.isWoken = true;
  }

  *#advance(row: Row): Generator<void, void> {
    for (;;) {
      const { request, version } = row;
      const seen = yield* this.#look(request);
      const step = decide(request, seen, this.now, SETTINGS);
      this.#noHotLoop(row, step);
      if (step.kind === "wait") return this.#rest(row, step.until);
      yield;
      if (row.version !== version) continue;
      if (step.kind === "call") this.#promises.calls(request, step.call);
      this.#commit(row, step, step.kind === "call" ? `calls ${step.call.kind}` : "");
      if (step.kind === "become") {
        if (step.until) return this.#rest(row, step.until);
        continue;
      }
      yield;
      const answer = this.world.call(request.id, step.call, () => !isLookedAfter(row.request));
      this.#pass();
      yield;
      const learnt = learn(row.request, step.call, answer, this.now);
      if (learnt && learnt.kind !== "wait") this.#commit(row, learnt, answer.ok ? "yes" : answer.problem.outcome);
    }
  }

  /** Until then, or until the sweep comes by. */
  #rest(row: Row, until: Date): void {
    const isSwept = isOpen(row.request) || row.request.watch !== undefined;
    row.due = isSwept ? Math.min(Number(until), this.world.now + MINUTE_MS) : Number(until);
  }

  #pass(): void {
    this.world.moveTo(this.world.now + this.#habits.lookMs);
  }

  /** As `observe`: the power state comes last. */
  *#look(request: Request): Generator<void, Seen> {
    const all = needs(request, this.now);
    const { state } = request;
    const following = state.status === "snapshotting" || state.status === "restoring" ? state.operation?.id : undefined;
    const inCloud = all.filter((need): need is Need & keyof Sight => CLOUD.has(need));
    const first = this.world.see(
      inCloud.filter((need) => need !== "power"),
      following,
    );
    const known = this.#know(request, all);
    this.#pass();
    yield;
    const last = this.world.see(
      inCloud.filter((need) => need === "power"),
      following,
    );
    return { ...first, ...known, ...last };
  }

  #know(request: Request, all: readonly Need[]): Seen {
    const open = this.rows.map((row) => row.request).filter(isOpen);
    const ahead = aheadOf(request, open);
    const { state, wish } = request;
    const made = state.status === "done" ? state.snapshot?.id : undefined;
    const seen: Seen = {
      ahead: ahead && { request: ahead.id, by: ahead.requestedBy },
      takenOver: takenOver(
        request,
        this.rows.map((row) => row.request),
      ),
      watched: isWatched(this.rows.map((row) => row.request).filter(({ id }) => id !== request.id)),
      mayStillObey: mayStillObey(
        this.rows.map((row) => row.request),
        this.now,
      ),
      past: [],
      makers: new Map(),
      fate: wish.kind === "create" && made ? this.#fates.get(made) : undefined,
    };
    return Object.fromEntries(Object.entries(seen).filter(([need]) => all.includes(need as Need)));
  }

  /** Writes the row and reads it again, as every process does. */
  #commit(row: Row, step: Exclude<Step, { kind: "wait" }>, why: string): void {
    const before = row.request;
    const next = Request.parse(JSON.parse(JSON.stringify(step.next)));
    this.#note(next, `${why} ${step.story.map(({ code }) => code).join(" ")}`);
    this.#promises.becomes(before, next);
    this.#remember(before, next);
    row.request = next;
    row.version++;
    this.#percentNeverFalls(row, before);
    const isOut = (request: Request) => !isOpen(request) || onlyWaits(request);
    if (!isOut(before) && isOut(next)) for (const each of this.rows) if (isOpen(each.request)) this.#wake(each);
  }

  #remember(before: Request, next: Request): void {
    for (const news of snapshotNews(before, next, this.now)) {
      const id = news.kind === "made" ? news.snapshot.id : news.id;
      const fate = this.#fates.get(id) ?? { name: id };
      if (news.kind === "deleted") this.#fates.set(id, { ...fate, deleted: news });
      if (news.kind === "restored") this.#fates.set(id, { ...fate, restoredAt: news.at });
    }
  }

  #seconds(): number {
    return Math.round((this.world.now - Number(NOW)) / 100) / 10;
  }

  #note({ id, state }: Request, words: string): void {
    const why = state.status === "queued" ? state.why.kind : "";
    this.log.push(`${this.#seconds()} s: ${id} ${state.status} ${why} ${words} (VM ${this.world.power})`);
  }

  #percentNeverFalls(row: Row, before: Request): void {
    if (before.state.status !== row.request.state.status) row.shown = 0;
    const percent = progressOf(row.request, this.now)?.percent;
    if (percent === undefined) return;
    if (percent < row.shown) throw new Error(`The percent fell from ${row.shown} to ${percent}`);
    row.shown = percent;
  }

  #noHotLoop(row: Row, step: Step): void {
    const key = `${step.kind} ${this.world.now}`;
    row.same = { key, count: key === row.same.key ? row.same.count + 1 : 1 };
    if (row.same.count > 25) throw new Error(`A hot loop of ${step.kind} in ${row.request.id}`);
  }

  #stays(request: Request): void {
    const step = decide(request, {}, this.now, SETTINGS);
    if (step.kind !== "wait" || step.until !== NEVER) throw new Error(`${request.id} does not stay as it is`);
    for (const button of BUTTONS) {
      const result = press(request, button, ANNA, this.now, SETTINGS, AS);
      const mayChange = button === "retry" || button === "keep";
      if (result.kind === "changed" && (!mayChange || isOpen(result.step.next)))
        throw new Error(`${button} changes an end`);
    }
  }
}

const CLOUD: ReadonlySet<Need> = new Set<Need>(["power", "snapshots", "operations", "operation"]);

const isLookedAfter = (request: Request): boolean =>
  isOpen(request) || request.watch !== undefined || isFollowedUp(request);

/** A small generator with a seed (mulberry32), so that a failing walk can be walked again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
