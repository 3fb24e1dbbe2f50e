import type { CloudLimits, Power, Problem } from "../src/domain/cloud.ts";
import { later, MINUTE_MS, SECOND_MS } from "../src/domain/durations.ts";
import { RequestId } from "../src/domain/ids.ts";
import { FAILURES, type Facts, type Language, Request, type State } from "../src/domain/request.ts";

/** Requests in every status and in everything that a status can hold, for whoever has to cope with all of them. */

export const NOW = new Date("2026-11-16T10:00:00.123Z");
export const LIMITS: CloudLimits = { snapshotsPerVm: 10, cooldownMs: 600_000, msPerGb: 120_000, nameLength: 255 };

/** What comes from outside: typed by people, or said by the cloud. */
export interface Data {
  vm: string;
  snapshot: string;
  reason: string;
  who: string;
  /** The cloud's own words. */
  detail: string;
}

export const ORDINARY: Data = {
  vm: "web-01",
  snapshot: "web-01-1731398400",
  reason: "before the kernel upgrade",
  who: "Anna",
  detail: "The storage pool has no room.",
};

const EVIL =
  "<!channel> <!here|x> <@U1> <#C1> <https://evil.example|click> *b* _i_ ~s~ `c` ``` :bomb: & &lt;!channel&gt; \u202e \n> q \u0000";
const filled = (length: number) => EVIL.repeat(Math.ceil(length / EVIL.length)).slice(0, length);

/** As long as they get, and meant badly. */
export const HOSTILE: Data = {
  vm: filled(255),
  snapshot: filled(255),
  reason: filled(500),
  who: filled(300),
  detail: filled(10_000),
};

/** As long as they get, of characters that take most room once they are escaped. */
export const WIDE: Data = {
  vm: "&".repeat(255),
  snapshot: "<".repeat(255),
  reason: "&".repeat(500),
  who: "&".repeat(300),
  detail: "&".repeat(10_000),
};

/** Two code units each, and without a place to break. */
export const ASTRAL: Data = {
  vm: "🦀".repeat(255),
  snapshot: "🦀".repeat(255),
  reason: "🦀".repeat(500),
  who: "🦀".repeat(300),
  detail: "🦀".repeat(10_000),
};

export interface Sample {
  name: string;
  request: Request;
}

const ago = (ms: number) => later(NOW, -ms);

export function samples(data: Data, language: Language): Sample[] {
  const anna = { id: "UANNA", name: data.who };
  const boris = { id: "UBORIS", name: data.who };
  const problem: Problem = { kind: "transient", outcome: "unknown", detail: data.detail, retryAfterMs: 1500 };
  const trouble = { since: ago(MINUTE_MS), problem };
  const facts: Facts = {
    power: "running",
    diskGb: 40.5,
    snapshotCount: 7,
    expected: { ms: 80 * MINUTE_MS, basis: "disk" },
    seenAt: ago(SECOND_MS),
  };
  const debt = { since: ago(9 * MINUTE_MS), graceUntil: later(NOW, MINUTE_MS) };
  const off = { shutdownAsked: ago(9 * MINUTE_MS), off: ago(8 * MINUTE_MS) };
  const started = { ...off, snapshotStarted: ago(7 * MINUTE_MS) };
  const made = { ...started, snapshotEnded: ago(2 * MINUTE_MS) };
  const on = { ...made, powerOnAsked: ago(MINUTE_MS), on: ago(SECOND_MS) };
  const operation = { id: "36804636", startedAt: ago(7 * MINUTE_MS) };
  const listed = Array.from({ length: 10 }, (_, index) => ({
    id: `s${index}`,
    name: `${data.snapshot.slice(0, 253)}${index}`,
    createdAt: ago(index * 60 * MINUTE_MS),
    sizeGb: 12.3,
    live: index % 2 === 0,
    by: anna,
    reason: data.reason,
  }));
  const taken = { id: "s0", name: data.snapshot, createdAt: ago(7 * MINUTE_MS), sizeGb: 12.3, live: false };
  const offline = {
    plan: "offline",
    debt,
    decided: { by: boris, at: ago(9 * MINUTE_MS), as: RequestId.parse("r9") },
    facts,
  };

  const request = (name: string, state: unknown, more: Record<string, unknown> = {}): Sample => ({
    name,
    request: Request.parse({
      id: "r0123456789abcdef",
      kind: "create",
      vm: { id: "web-01.example", name: data.vm, diskGb: 40.5 },
      wish: { how: "ask", name: data.snapshot, nameGiven: true, reason: data.reason },
      requestedBy: anna,
      requestedAt: ago(10 * MINUTE_MS),
      channel: "COPS",
      language,
      times: {},
      ...more,
      state,
    } satisfies Record<
      keyof Omit<Request, "retryOf" | "plan" | "decided" | "facts" | "debt" | "trouble" | "watch">,
      unknown
    >),
  });

  const queued = (why: object) => ({ status: "queued", since: ago(MINUTE_MS), why });
  const choosing = { status: "choosing", since: ago(MINUTE_MS), expiresAt: later(NOW, MINUTE_MS) };
  const shutting = (more: object) => ({
    status: "shutting_down",
    since: ago(MINUTE_MS),
    by: boris,
    mode: "graceful",
    asked: "no",
    until: later(NOW, MINUTE_MS),
    ...more,
  });
  const stuck = { status: "shutdown_stuck", since: ago(MINUTE_MS) };
  const shot = (more: object) => ({ status: "snapshotting", since: ago(7 * MINUTE_MS), ...more });
  const powering = (ending: object, more: object = {}) => ({
    status: "powering_on",
    since: ago(MINUTE_MS),
    ending,
    attempts: 1,
    loud: false,
    ...more,
  });
  const powers: Power[] = ["running", "off", "starting", "stopping", "unknown"];
  const bare = { wish: { how: "ask", name: data.snapshot, nameGiven: false }, vm: { id: "web-01", name: data.vm } };

  return [
    request("queued, new", queued({ kind: "new" })),
    request("queued, another try, nothing given", queued({ kind: "new" }), { ...bare, retryOf: "r1" }),
    request("queued, behind", queued({ kind: "behind", request: "r1", by: boris })),
    request("queued, cooldown", queued({ kind: "cooldown", until: later(NOW, MINUTE_MS) })),
    request("queued, busy", queued({ kind: "busy" })),
    request("queued, cloud silent", queued({ kind: "new" }), { trouble }),

    ...powers.map((power) => request(`choosing, VM ${power}`, choosing, { facts: { ...facts, power } })),
    request("choosing, shutdown only", choosing, {
      facts,
      wish: { how: "off", name: data.snapshot, nameGiven: false },
    }),
    request("choosing, duration from history", choosing, {
      facts: { ...facts, expected: { ms: 754_321.5, basis: "history" } },
    }),
    request("choosing, nothing known", choosing, {
      ...bare,
      facts: { power: "running", snapshotCount: 0, seenAt: NOW },
    }),
    request("choosing, cloud silent", choosing, { facts, trouble }),

    request("shutting down, not asked", shutting({}), { ...offline, debt: undefined }),
    request("shutting down, not asked again yet", shutting({ notBefore: later(NOW, SECOND_MS), problem }), offline),
    request("shutting down, asking", shutting({ asked: "intended" }), offline),
    request("shutting down, asked", shutting({ asked: "yes" }), { ...offline, times: { shutdownAsked: NOW } }),
    request("shutting down, cloud silent", shutting({ asked: "yes" }), { ...offline, trouble }),
    request("shutting down, hard", shutting({ mode: "hard", asked: "yes" }), offline),

    request("stuck", stuck, { ...offline, times: { shutdownAsked: ago(4 * MINUTE_MS) } }),
    request("stuck, cloud silent", stuck, { ...offline, trouble }),

    request("snapshotting, to begin", shot({}), { ...offline, times: off }),
    request("snapshotting, to begin live", shot({}), { plan: "live", facts }),
    request("snapshotting, start held up", shot({ notBefore: later(NOW, SECOND_MS), problem }), {
      ...offline,
      times: off,
    }),
    request("snapshotting, asking", shot({ intent: { name: data.snapshot, at: NOW, looks: 2 } }), {
      ...offline,
      times: off,
    }),
    request("snapshotting, estimated", shot({ operation }), { ...offline, times: started }),
    request("snapshotting, estimated, long overdue", shot({ operation }), {
      ...offline,
      times: started,
      facts: { ...facts, expected: { ms: MINUTE_MS, basis: "history" } },
    }),
    request("snapshotting, nothing known", shot({ operation }), { ...bare, plan: "live", times: started }),
    request("snapshotting, reported", shot({ operation, percent: 40.7 }), { ...offline, times: started }),
    request("snapshotting, reported 100", shot({ operation, percent: 100 }), { ...offline, times: started }),
    request("snapshotting, live", shot({ operation, percent: 0 }), {
      plan: "live",
      facts,
      times: { snapshotStarted: ago(30 * SECOND_MS) },
    }),
    request("snapshotting, operation gone", shot({ operation, vanished: ago(SECOND_MS) }), {
      ...offline,
      times: started,
    }),
    request("snapshotting, answers misfit", shot({ operation, misfits: { count: 3, since: ago(SECOND_MS) } }), {
      ...offline,
      times: started,
      trouble,
    }),
    request("snapshotting, made and not listed yet", shot({ operation, percent: 100 }), {
      plan: "live",
      facts,
      times: { snapshotStarted: ago(MINUTE_MS), snapshotEnded: NOW },
    }),

    request("powering on, then done", powering({ status: "done" }), { ...offline, times: made }),
    request("powering on, then failed", powering({ status: "failed", failure: { code: "busy" } }), {
      ...offline,
      times: off,
    }),
    request("powering on, then cancelled", powering({ status: "cancelled", by: boris }), {
      ...offline,
      times: { shutdownAsked: NOW },
    }),
    request("powering on, then queued", powering({ status: "queued", until: later(NOW, MINUTE_MS) }), {
      ...offline,
      times: off,
    }),
    request(
      "powering on fails",
      powering({ status: "done" }, { attempts: 7, notBefore: later(NOW, SECOND_MS), problem, loud: true }),
      { ...offline, times: made },
    ),
    request(
      "powering on, accepted and yet off",
      powering({ status: "done" }, { loud: true, missing: { count: 2, since: NOW } }),
      {
        ...offline,
        times: { ...made, powerOnAsked: ago(MINUTE_MS) },
        trouble,
      },
    ),
    request("powering on, debt paid, list to come", powering({ status: "done" }), {
      plan: "offline",
      facts,
      times: on,
    }),

    request("done", { status: "done", at: NOW, snapshot: taken, snapshots: listed }, { plan: "offline", times: on }),
    request(
      "done, live",
      { status: "done", at: NOW, snapshot: { ...taken, live: true }, snapshots: listed.slice(0, 1) },
      { plan: "live", times: { snapshotStarted: ago(MINUTE_MS), snapshotEnded: NOW } },
    ),
    request("done, stays off", { status: "done", at: NOW, snapshot: taken, snapshots: listed }, { plan: "stays_off" }),
    request("done, not listed", { status: "done", at: NOW, snapshots: [] }, { plan: "offline", times: on }),

    ...FAILURES.flatMap((code) => [
      request(`failed, ${code}`, { status: "failed", at: NOW, failure: { code, detail: data.detail } }),
      request(
        `failed, ${code}, VM off and on`,
        { status: "failed", at: NOW, failure: { code }, power: "running" },
        { plan: "offline", times: { ...off, on: NOW } },
      ),
    ]),
    ...powers.map((power) =>
      request(`failed, VM ${power}`, { status: "failed", at: NOW, failure: { code: "busy" }, power }),
    ),
    request("failed, tried again", { status: "failed", at: NOW, failure: { code: "lost" }, retriedAs: "r2" }),

    request("cancelled", { status: "cancelled", at: NOW, by: boris }),
    request("cancelled, VM running", { status: "cancelled", at: NOW, by: boris, power: "running" }),
    request("expired", { status: "expired", at: NOW }),
  ];
}

/** Every status that there is; the type checker says when one is missing. */
export const STATUSES = Object.keys({
  queued: true,
  choosing: true,
  shutting_down: true,
  shutdown_stuck: true,
  snapshotting: true,
  powering_on: true,
  done: true,
  failed: true,
  cancelled: true,
  expired: true,
} satisfies Record<State["status"], true>) as State["status"][];
