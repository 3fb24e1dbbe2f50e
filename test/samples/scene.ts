import type { Power, Problem } from "../../src/domain/cloud.ts";
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { RequestId } from "../../src/domain/ids.ts";
import { type Facts, type Failure, type Language, Request } from "../../src/domain/request.ts";
import type { Fate } from "../../src/domain/step.ts";
import { type Data, NOW, type Sample } from "./data.ts";

/** What the samples of all kinds are made of. */

export const ago = (ms: number) => later(NOW, -ms);

export const POWERS: readonly Power[] = ["running", "off", "starting", "stopping", "unknown"];

/** How far a request has come, in times. */
const shutDown = { shutdownAsked: ago(9 * MINUTE_MS), off: ago(8 * MINUTE_MS) };
const begun = { ...shutDown, snapshotStarted: ago(7 * MINUTE_MS) };
const made = { ...begun, snapshotEnded: ago(2 * MINUTE_MS) };
export const TIMES = {
  off: shutDown,
  started: begun,
  made,
  on: { ...made, powerOnAsked: ago(MINUTE_MS), on: ago(SECOND_MS) },
};

export const OPERATION = { id: "36804636", startedAt: ago(7 * MINUTE_MS) };

export const FACTS: Facts = {
  power: "running",
  diskGb: 40.5,
  snapshotCount: 7,
  expected: { ms: 80 * MINUTE_MS, basis: "disk" },
  seenAt: ago(SECOND_MS),
};

/** The statuses with what they always have. */
export const STATES = {
  queued: (why: object) => ({ status: "queued", since: ago(MINUTE_MS), why }),
  choosing: { status: "choosing", since: ago(MINUTE_MS), expiresAt: later(NOW, MINUTE_MS) },
  stuck: { status: "shutdown_stuck", since: ago(MINUTE_MS) },
  snapshotting: (more: object) => ({ status: "snapshotting", since: ago(7 * MINUTE_MS), ...more }),
  restoring: (more: object) => ({ status: "restoring", since: ago(7 * MINUTE_MS), ...more }),
  deleting: (more: object) => ({ status: "deleting", since: ago(MINUTE_MS), gone: [], kept: [], ...more }),
  poweringOn: (ending: object, more: object = {}) => ({
    status: "powering_on",
    since: ago(MINUTE_MS),
    ending,
    attempts: 1,
    loud: false,
    ...more,
  }),
  done: (more: object) => ({ status: "done", at: NOW, snapshots: [], ...more }),
  failed: (failure: Failure, more: object = {}) => ({ status: "failed", at: NOW, failure, ...more }),
  cancelled: (more: object) => ({ status: "cancelled", at: NOW, ...more }),
  denied: (more: object) => ({ status: "denied", at: NOW, ...more }),
  expired: { status: "expired", at: NOW },
};

/** Everybody and everything of the samples, called by `data`; `request` puts a sample together. */
export function sceneOf(data: Data, language: Language) {
  const anna = { id: "UANNA", name: data.who };
  const boris = { id: "UBORIS", name: data.who };
  const problem: Problem = { kind: "transient", outcome: "unknown", detail: data.detail, retryAfterMs: 1500 };
  // As long as a name may be, and each another one.
  const called = (index: number) => `${[...data.snapshot].slice(0, 254).join("")}${index}`;
  const listed = Array.from({ length: 10 }, (_, index) => ({
    id: `s${index}`,
    name: called(index),
    createdAt: ago(index * HOUR_MS),
    sizeGb: 12.3,
    live: index % 2 === 0,
    ...(index !== 4 && { by: anna, reason: data.reason }),
  }));
  const old = { id: "s3", name: called(3), createdAt: ago(3 * HOUR_MS), sizeGb: 12.3, live: false };
  const taken = { id: "s0", name: data.snapshot, createdAt: ago(7 * MINUTE_MS), sizeGb: 12.3, live: false };
  const debt = { since: ago(9 * MINUTE_MS), graceUntil: later(NOW, MINUTE_MS) };
  const shutting = (more: object) => ({
    status: "shutting_down",
    since: ago(MINUTE_MS),
    by: boris,
    mode: "graceful",
    asked: "no",
    until: later(NOW, MINUTE_MS),
    ...more,
  });

  const cleo = { id: "UCLEO", name: data.who };
  const terms = (count: number) => ({
    rule: 3,
    by: ["group:sre", `group:${data.who}`],
    count,
    not: "requester",
    lostRight: "void",
    expiresMs: 4 * HOUR_MS,
    remindMs: 30 * MINUTE_MS,
  });
  /** Whose approval is waited for, for what. */
  const awaiting = (what: string, more: object = {}) => ({
    status: "awaiting_approval",
    since: ago(MINUTE_MS),
    expiresAt: later(NOW, 4 * HOUR_MS),
    remindAt: later(NOW, MINUTE_MS),
    what,
    wantedBy: anna,
    terms: terms(2),
    fingerprint: "0123abcd",
    yeses: [],
    ...more,
  });
  /** What a request keeps of it. */
  const whose = { whose: ["group:sre"], not: "requester" };
  const approved = (what = "begin") => ({
    approved: { by: [boris, cleo], at: ago(9 * MINUTE_MS), rule: 3, ...whose, fingerprint: "0123abcd", what },
  });
  const emergency = { emergency: { by: boris, at: ago(9 * MINUTE_MS), reason: data.reason, what: "begin" } };

  const request = (name: string, state: unknown, more: Record<string, unknown> = {}, fate?: object): Sample => ({
    name,
    request: Request.parse({
      id: "r0123456789abcdef",
      vm: { id: "web-01.example", name: data.vm, diskGb: 40.5 },
      wish: { kind: "create", how: "ask", name: data.snapshot, nameGiven: true, reason: data.reason },
      requestedBy: anna,
      requestedAt: ago(10 * MINUTE_MS),
      channel: "COPS",
      language,
      times: {},
      ...more,
      state,
    } satisfies Record<
      keyof Omit<
        Request,
        | "atHome"
        | "retryOf"
        | "plan"
        | "decided"
        | "approved"
        | "emergency"
        | "facts"
        | "debt"
        | "trouble"
        | "watch"
        | "followUp"
      >,
      unknown
    >),
    ...(fate && { fate: { name: data.snapshot, ...fate } as Fate }),
  });

  return {
    data,
    anna,
    boris,
    problem,
    trouble: { since: ago(MINUTE_MS), problem },
    debt,
    /** Ten of them, newest first, one of which was made elsewhere. */
    listed,
    /** One of them, to be restored, renamed, or deleted. */
    old,
    /** What a request has made. */
    taken,
    /** In a request for which the VM is, or was, off. */
    offline: {
      plan: "offline",
      debt,
      decided: { by: boris, at: ago(9 * MINUTE_MS), as: RequestId.parse("r9") },
      facts: FACTS,
    },
    shutting,
    awaiting,
    terms,
    approved,
    emergency,
    request,
    /** A request of another kind, under the same roof. */
    of:
      (kind: string, wish: object) =>
      (name: string, state: unknown, more: Record<string, unknown> = {}, fate?: object): Sample =>
        request(`${kind}: ${name}`, state, { wish: { kind, reason: data.reason, ...wish }, ...more }, fate),
  };
}
export type Scene = ReturnType<typeof sceneOf>;
