import { later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { NOW, type Sample } from "./data.ts";
import { ago, FACTS, OPERATION, POWERS, type Scene, STATES, TIMES } from "./scene.ts";

export function createSamples({ data, boris, problem, trouble, listed, taken, offline, shutting, request }: Scene) {
  const bare = {
    wish: { kind: "create", how: "ask", name: data.snapshot, nameGiven: false },
    vm: { id: "web-01", name: data.vm },
  };
  const { queued, choosing, stuck, snapshotting, poweringOn, done, failed, cancelled } = STATES;
  const oldestFirst = listed.toReversed();
  const before: Sample[] = [
    request("queued, new", queued({ kind: "new" })),
    request("queued, another try, nothing given", queued({ kind: "new" }), { ...bare, retryOf: "r1" }),
    request("queued, behind", queued({ kind: "behind", request: "r1", by: boris })),
    request("queued, cooldown", queued({ kind: "cooldown", until: later(NOW, MINUTE_MS) })),
    request("queued, busy", queued({ kind: "busy" })),
    request("queued, full", queued({ kind: "full", snapshots: oldestFirst })),
    request("queued, full, cloud silent", queued({ kind: "full", snapshots: oldestFirst }), { trouble }),
    request("queued, cloud silent", queued({ kind: "new" }), { trouble }),

    ...POWERS.map((power) => request(`choosing, VM ${power}`, choosing, { facts: { ...FACTS, power } })),
    request("choosing, shutdown only", choosing, {
      facts: FACTS,
      wish: { kind: "create", how: "off", name: data.snapshot, nameGiven: false },
    }),
    request("choosing, duration from history", choosing, {
      facts: { ...FACTS, expected: { ms: 754_321.5, basis: "history" } },
    }),
    request("choosing, nothing known", choosing, {
      ...bare,
      facts: { power: "running", snapshotCount: 0, seenAt: NOW },
    }),
    request("choosing, cloud silent", choosing, { facts: FACTS, trouble }),

    request("shutting down, not asked", shutting({}), { ...offline, debt: undefined }),
    request("shutting down, not asked again yet", shutting({ notBefore: later(NOW, SECOND_MS), problem }), offline),
    request("shutting down, asking", shutting({ asked: "intended" }), offline),
    request("shutting down, asked", shutting({ asked: "yes" }), { ...offline, times: { shutdownAsked: NOW } }),
    request("shutting down, cloud silent", shutting({ asked: "yes" }), { ...offline, trouble }),
    request("shutting down, hard", shutting({ mode: "hard", asked: "yes" }), offline),

    request("stuck", stuck, { ...offline, times: { shutdownAsked: ago(4 * MINUTE_MS) } }),
    request("stuck, cloud silent", stuck, { ...offline, times: { shutdownAsked: ago(4 * MINUTE_MS) }, trouble }),
  ];

  const during: Sample[] = [
    request("snapshotting, to begin", snapshotting({}), { ...offline, times: TIMES.off }),
    request("snapshotting, to begin live", snapshotting({}), { plan: "live", facts: FACTS }),
    request("snapshotting, start held up", snapshotting({ notBefore: later(NOW, SECOND_MS), problem }), {
      ...offline,
      times: TIMES.off,
    }),
    request("snapshotting, asking", snapshotting({ intent: { name: data.snapshot, at: NOW, looks: 2 } }), {
      ...offline,
      times: TIMES.off,
    }),
    request("snapshotting, estimated", snapshotting({ operation: OPERATION }), { ...offline, times: TIMES.started }),
    request("snapshotting, estimated, long overdue", snapshotting({ operation: OPERATION }), {
      ...offline,
      times: TIMES.started,
      facts: { ...FACTS, expected: { ms: MINUTE_MS, basis: "history" } },
    }),
    request("snapshotting, nothing known", snapshotting({ operation: OPERATION }), {
      ...bare,
      plan: "live",
      times: TIMES.started,
    }),
    request("snapshotting, reported", snapshotting({ operation: OPERATION, percent: 40.7 }), {
      ...offline,
      times: TIMES.started,
    }),
    request("snapshotting, reported 100", snapshotting({ operation: OPERATION, percent: 100 }), {
      ...offline,
      times: TIMES.started,
    }),
    request("snapshotting, live", snapshotting({ operation: OPERATION, percent: 0 }), {
      plan: "live",
      facts: FACTS,
      times: { snapshotStarted: ago(30 * SECOND_MS) },
    }),
    request("snapshotting, operation gone", snapshotting({ operation: OPERATION, vanished: ago(SECOND_MS) }), {
      ...offline,
      times: TIMES.started,
    }),
    request(
      "snapshotting, answers misfit",
      snapshotting({ operation: OPERATION, misfits: { count: 3, since: ago(SECOND_MS) } }),
      { ...offline, times: TIMES.started, trouble },
    ),
    request("snapshotting, made and not listed yet", snapshotting({ operation: OPERATION, percent: 100 }), {
      plan: "live",
      facts: FACTS,
      times: { snapshotStarted: ago(MINUTE_MS), snapshotEnded: NOW },
    }),

    request("powering on, then done", poweringOn({ status: "done" }), { ...offline, times: TIMES.made }),
    request(
      "powering on, then failed",
      poweringOn({ status: "failed", failure: { code: "busy", detail: data.detail } }),
      { ...offline, times: TIMES.off },
    ),
    request("powering on, then cancelled", poweringOn({ status: "cancelled", by: boris }), {
      ...offline,
      times: { shutdownAsked: NOW },
    }),
    request("powering on, then cancelled, was off", poweringOn({ status: "cancelled", by: boris }), {
      ...offline,
      times: TIMES.off,
    }),
    request("powering on, then queued", poweringOn({ status: "queued", until: later(NOW, MINUTE_MS) }), {
      ...offline,
      times: TIMES.off,
    }),
    request(
      "powering on fails",
      poweringOn({ status: "done" }, { attempts: 7, notBefore: later(NOW, SECOND_MS), problem, loud: true }),
      { ...offline, times: TIMES.made },
    ),
    request(
      "powering on, accepted and yet off",
      poweringOn({ status: "done" }, { loud: true, missing: { count: 2, since: NOW } }),
      { ...offline, times: { ...TIMES.made, powerOnAsked: ago(MINUTE_MS) }, trouble },
    ),
    request("powering on, debt paid, list to come", poweringOn({ status: "done" }), {
      plan: "offline",
      facts: FACTS,
      times: TIMES.on,
    }),
  ];

  const ended: Sample[] = [
    request("done", done({ snapshot: taken, snapshots: listed }), { plan: "offline", times: TIMES.on }),
    request("done, live", done({ snapshot: { ...taken, live: true }, snapshots: listed.slice(0, 1) }), {
      plan: "live",
      times: { snapshotStarted: ago(MINUTE_MS), snapshotEnded: NOW },
    }),
    request("done, stays off", done({ snapshot: taken, snapshots: listed }), { plan: "stays_off" }),
    request("done, not listed", done({}), { plan: "offline", times: TIMES.on }),
    request("done, renamed since", done({ snapshot: taken, snapshots: listed }), { plan: "live" }, { name: "renamed" }),
    request(
      "done, deleted since",
      done({ snapshot: taken, snapshots: listed }),
      { plan: "live" },
      { deleted: { by: boris, at: NOW } },
    ),
    request(
      "done, restored since",
      done({ snapshot: taken, snapshots: listed }),
      { plan: "live" },
      { restoredAt: ago(MINUTE_MS) },
    ),

    ...(
      [
        "snapshot_failed",
        "quota",
        "refused",
        "vm_gone",
        "protocol",
        "auth",
        "forbidden",
        "unavailable",
        "busy",
        "lost",
      ] as const
    ).flatMap((code) => [
      request(`failed, ${code}`, failed({ code, detail: data.detail })),
      request(`failed, ${code}, VM off and on`, failed({ code }, { power: "running" }), {
        plan: "offline",
        times: { ...TIMES.off, powerOnAsked: ago(MINUTE_MS), on: NOW },
      }),
    ]),
    ...POWERS.map((power) => request(`failed, VM ${power}`, failed({ code: "busy" }, { power }))),
    request("failed, VM was off", failed({ code: "snapshot_failed" }), {
      plan: "stays_off",
      times: { snapshotStarted: ago(MINUTE_MS) },
    }),
    request("failed, tried again", failed({ code: "lost" }, { retriedAs: "r2" })),
    request("failed, watched", failed({ code: "busy" }, { power: "running" }), {
      plan: "offline",
      times: { shutdownAsked: ago(MINUTE_MS) },
      watch: { until: later(NOW, MINUTE_MS) },
    }),

    request("cancelled", cancelled({ by: boris })),
    request("cancelled, VM running", cancelled({ by: boris, power: "running" })),
    request("cancelled, went off late", cancelled({ by: boris, power: "running" }), {
      times: { shutdownAsked: ago(MINUTE_MS) },
      watch: { until: later(NOW, MINUTE_MS), askedAt: NOW },
    }),
    request("expired", STATES.expired, { facts: FACTS }),
    request("expired, no room", STATES.expired),
  ];
  return [...before, ...during, ...ended];
}

/** A safety snapshot, about which its requester is asked later. */
export function safetySamples({ data, boris, listed, taken, request }: Scene): Sample[] {
  const safety = {
    wish: { kind: "create", how: "ask", name: data.snapshot, nameGiven: false, reason: data.reason, safety: true },
    plan: "offline",
    times: TIMES.on,
  };
  const made = { snapshot: taken, snapshots: listed };
  const asked = (times: number) => ({ followUp: { due: later(NOW, MINUTE_MS), asked: times } });
  const done = (name: string, more: object, fate?: object, state: object = {}) =>
    request(`safety: ${name}`, STATES.done({ ...made, ...state }), { ...safety, ...more }, fate);
  return [
    request("safety: queued, full", STATES.queued({ kind: "full", snapshots: listed.toReversed() }), {
      wish: safety.wish,
    }),
    request("safety: choosing", STATES.choosing, { wish: safety.wish, facts: FACTS }),
    done("done, to be asked", asked(0)),
    done("done, asked once", asked(1)),
    done("done, asked once, VM stays off", { ...asked(1), plan: "stays_off", times: {} }),
    done("done, asked twice", asked(2)),
    done("done, asked, renamed since", asked(1), { name: [...data.snapshot].slice(0, 3).join("") }),
    done("done, asked, deleted since", asked(1), { deleted: { by: boris, at: NOW } }),
    done("done, kept", {}, undefined, { keptBy: boris }),
    done("done, kept, deleted since", {}, { deleted: { by: boris, at: NOW } }, { keptBy: boris }),
    done("done, rolled back", {}, { restoredAt: ago(MINUTE_MS) }),
  ];
}
