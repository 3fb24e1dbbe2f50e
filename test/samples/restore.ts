import { later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { FAILURES, type Failure } from "../../src/domain/request.ts";
import { NOW, type Sample } from "./data.ts";
import { ago, FACTS, OPERATION, POWERS, type Scene, STATES, TIMES } from "./scene.ts";

const facts = { ...FACTS, restore: { ms: 25 * MINUTE_MS, basis: "size" } };
const restoring = { ...TIMES.made, restoreStarted: ago(MINUTE_MS) };
const restored = { ...restoring, restoreEnded: ago(30 * SECOND_MS) };
const on = { ...restored, powerOnAsked: ago(20 * SECOND_MS), on: ago(SECOND_MS) };
/** Of a VM that was off all the time. */
const offTimes = {
  snapshotStarted: TIMES.made.snapshotStarted,
  snapshotEnded: TIMES.made.snapshotEnded,
  restoreStarted: restored.restoreStarted,
  restoreEnded: restored.restoreEnded,
};
const running = { operation: OPERATION };
/** With these a restore may have begun. */
const BEGUN: readonly Failure["code"][] = ["restore_failed", "restore_lost", "protocol"];

/** With a safety snapshot; `bare` are those without one. */
export function restoreSamples(scene: Scene): Sample[] {
  const { data, old, of } = scene;
  const wish = { snapshot: old, safety: true, name: data.snapshot, confirmedAt: NOW };
  const restore = of("restore", wish);
  const bare = of("restore, bare", { ...wish, kind: "restore", safety: false });
  return [...before(scene, restore, bare), ...during(scene, restore, bare), ...ended(scene, restore, bare)];
}

type Make = ReturnType<Scene["of"]>;

function before({ boris, trouble, listed, offline, shutting }: Scene, restore: Make, bare: Make): Sample[] {
  const { queued, choosing, stuck } = STATES;
  return [
    restore("queued, new", queued({ kind: "new" })),
    restore("queued, behind", queued({ kind: "behind", request: "r1", by: boris })),
    restore("queued, cooldown", queued({ kind: "cooldown", until: later(NOW, MINUTE_MS) })),
    restore("queued, busy", queued({ kind: "busy" })),
    restore("queued, full", queued({ kind: "full", snapshots: listed.toReversed() })),
    restore("queued, cloud silent", queued({ kind: "new" }), { trouble }),

    ...POWERS.flatMap((power) => [
      restore(`choosing, VM ${power}`, choosing, { facts: { ...facts, power } }),
      bare(`choosing, VM ${power}`, choosing, { facts: { ...facts, power } }),
    ]),
    restore("choosing, nothing known", choosing, { facts: { power: "running", snapshotCount: 1, seenAt: NOW } }),
    restore("choosing, length of the snapshot not known", choosing, { facts: { ...facts, expected: undefined } }),
    restore("choosing, VM on again", choosing, { facts, plan: "stays_off", times: { snapshotEnded: ago(MINUTE_MS) } }),
    restore("choosing, cloud silent", choosing, { facts, trouble }),

    restore("shutting down", shutting({ asked: "yes" }), { ...offline, facts }),
    restore("shutting down, hard", shutting({ mode: "hard", asked: "yes" }), { ...offline, facts }),
    restore("shutting down, once more", shutting({ asked: "yes" }), {
      ...offline,
      facts,
      times: { ...TIMES.made, off: undefined },
    }),
    bare("shutting down", shutting({ asked: "yes" }), { ...offline, facts }),
    restore("stuck", stuck, { ...offline, facts, times: { shutdownAsked: ago(4 * MINUTE_MS) } }),
    bare("stuck", stuck, { ...offline, facts, times: { shutdownAsked: ago(4 * MINUTE_MS) } }),
  ];
}

function during({ boris, data, problem, trouble, offline }: Scene, restore: Make, bare: Make): Sample[] {
  const { snapshotting, restoring: busy, poweringOn } = STATES;
  const at = (times: object) => ({ ...offline, facts, times });
  const off = (times: object) => ({ plan: "stays_off", facts, times });
  return [
    restore("safety snapshot, to begin", snapshotting({}), at(TIMES.off)),
    restore("safety snapshot, asking", snapshotting({ intent: { name: data.snapshot, at: NOW, looks: 1 } }), {
      ...at(TIMES.off),
    }),
    restore("safety snapshot, start held up", snapshotting({ notBefore: NOW, problem }), at(TIMES.off)),
    restore("safety snapshot, estimated", snapshotting(running), at(TIMES.started)),
    restore("safety snapshot, reported", snapshotting({ ...running, percent: 40 }), at(TIMES.started)),
    restore("safety snapshot, VM off", snapshotting({ ...running, percent: 40 }), off({ snapshotStarted: NOW })),

    restore("restoring, to begin", busy({}), at(TIMES.made)),
    restore("restoring, start held up", busy({ notBefore: NOW, problem }), at(TIMES.made)),
    restore("restoring, asking", busy({ intent: { at: NOW, looks: 1 } }), at(TIMES.made)),
    restore("restoring, estimated", busy(running), at(restoring)),
    restore("restoring, reported", busy({ ...running, percent: 40.7 }), at(restoring)),
    restore("restoring, overdue", busy(running), at({ ...restoring, restoreStarted: ago(60 * MINUTE_MS) })),
    restore("restoring, nothing known", busy(running), { ...at(restoring), facts: undefined }),
    restore("restoring, operation gone", busy({ intent: { at: NOW, looks: 1 }, vanished: NOW }), at(restoring)),
    restore("restoring, answers misfit", busy({ ...running, misfits: { count: 3, since: NOW } }), at(restoring)),
    restore("restoring, cloud silent", busy(running), { ...at(restoring), trouble }),
    restore("restoring, VM off", busy(running), off({ ...offTimes, restoreEnded: undefined })),
    restore("restoring, VM off, list to come", busy({ ...running, percent: 100 }), off(offTimes)),
    bare("restoring", busy(running), at({ ...TIMES.off, restoreStarted: ago(MINUTE_MS) })),

    restore("powering on, then done", poweringOn({ status: "done" }), at(restored)),
    bare("powering on, then done", poweringOn({ status: "done" }), at({ ...TIMES.off, restoreEnded: NOW })),
    restore("powering on, then failed", poweringOn({ status: "failed", failure: { code: "restore_lost" } }), {
      ...at(restoring),
    }),
    restore("powering on, then cancelled", poweringOn({ status: "cancelled", by: boris }), at(TIMES.off)),
    restore("powering on, then queued", poweringOn({ status: "queued", until: later(NOW, MINUTE_MS) }), at(TIMES.off)),
    restore("powering on fails", poweringOn({ status: "done" }, { problem, loud: true }), at(restored)),
  ];
}

function ended({ boris, data, listed, taken }: Scene, restore: Make, bare: Make): Sample[] {
  const { failed, cancelled, expired } = STATES;
  const done = (more: object) => STATES.done({ snapshots: listed, ...more });
  const offline = { plan: "offline", facts, times: on };
  const off = { plan: "stays_off", facts, times: offTimes };
  const failures = FAILURES.filter((code) => code !== "name_taken" && code !== "not_deleted");
  const failure = (code: Failure["code"]): Failure => ({ code, detail: data.detail });
  return [
    restore("done", done({ snapshot: taken }), offline),
    restore("done, safety kept", done({ snapshot: taken, keptBy: boris }), offline),
    restore("done, safety deleted", done({ snapshot: taken }), offline, { deleted: { by: boris, at: NOW } }),
    restore("done, safety renamed", done({ snapshot: taken }), offline, {
      name: [...data.snapshot].slice(0, 3).join(""),
    }),
    restore("done, rolled back", done({ snapshot: taken }), offline, { restoredAt: NOW }),
    restore("done, safety not listed", done({}), offline),
    restore("done, VM off", done({ snapshot: taken, power: "off" }), off),
    restore("done, VM on by now", done({ snapshot: taken, power: "running" }), off),
    bare("done", done({}), offline),
    bare("done, VM off", done({ power: "off" }), off),

    ...failures.flatMap((code) => [
      restore(`failed, ${code}`, failed(failure(code))),
      restore(`failed, ${code}, VM off and on`, failed({ code }, { power: "running" }), {
        plan: "offline",
        times: { ...(BEGUN.includes(code) ? restoring : TIMES.made), powerOnAsked: NOW, on: NOW },
      }),
    ]),
    restore("failed, VM was off", failed({ code: "busy" }), { plan: "stays_off", times: { snapshotEnded: NOW } }),
    restore("failed, tried again", failed({ code: "restore_failed" }, { retriedAs: "r2" })),

    restore("cancelled", cancelled({ by: boris, power: "running" })),
    restore("cancelled after the safety snapshot", cancelled({ by: boris }), {
      plan: "stays_off",
      times: { snapshotEnded: NOW },
    }),
    restore("expired", expired, { facts }),
    restore("expired, no room", expired),
    restore("expired after the safety snapshot", expired, { facts, times: { snapshotEnded: NOW } }),
  ];
}
