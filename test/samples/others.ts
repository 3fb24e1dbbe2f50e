import { later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import type { Failure } from "../../src/domain/request.ts";
import { NOW, type Sample } from "./data.ts";
import { ago, FACTS, POWERS, type Scene, STATES } from "./scene.ts";

const GENERAL: readonly Failure["code"][] = [
  "refused",
  "vm_gone",
  "protocol",
  "auth",
  "forbidden",
  "unavailable",
  "busy",
];

export function deleteSamples({ data, boris, problem, trouble, listed, of }: Scene): Sample[] {
  const { queued, deleting, done, failed, cancelled } = STATES;
  const several = of("delete", { snapshots: listed.slice(0, 4) });
  const one = of("delete, one", { kind: "delete", snapshots: listed.slice(0, 1) });
  const all = of("delete, all", { kind: "delete", snapshots: listed });
  const protectedOne = { id: "s2", problem: { ...problem, kind: "protected", outcome: "refused" } };
  return [
    several("queued, new", queued({ kind: "new" })),
    several("queued, behind", queued({ kind: "behind", request: "r1", by: boris })),
    several("queued, busy", queued({ kind: "busy" })),
    several("queued, cloud silent", queued({ kind: "new" }), { trouble }),

    several("deleting, to begin", deleting({})),
    several("deleting, some gone, one asked, one refused", {
      ...deleting({ gone: ["s0"], asked: { id: "s1", at: NOW }, kept: [protectedOne] }),
    }),
    several("deleting, held up", deleting({ asked: { id: "s0", at: NOW }, notBefore: NOW, problem })),
    several("deleting, cloud silent", deleting({ asked: { id: "s0", at: NOW } }), { trouble }),
    several("deleting, the list is to show it", deleting({ gone: ["s0", "s1", "s2", "s3"], through: NOW })),
    one("deleting", deleting({ asked: { id: "s0", at: NOW } })),
    all("deleting, all refused", deleting({ kept: listed.map(({ id }) => ({ ...protectedOne, id })) })),

    several("done", done({ snapshots: listed.slice(4) })),
    one("done", done({ snapshots: listed.slice(1) })),
    one("done, the last one", done({})),
    all("done", done({})),

    several("failed, not_deleted", failed({ code: "not_deleted", detail: data.detail }, { gone: ["s0", "s1"] })),
    several("failed, tried again", failed({ code: "not_deleted" }, { gone: ["s0", "s1"], retriedAs: "r2" })),
    one("failed, not_deleted", failed({ code: "not_deleted", detail: data.detail }, { gone: [] })),
    ...GENERAL.flatMap((code) => [
      several(`failed, ${code}`, failed({ code, detail: data.detail })),
      several(`failed, ${code}, some gone`, failed({ code }, { gone: ["s0"] })),
    ]),
    several("cancelled", cancelled({ by: boris })),
    one("cancelled", cancelled({ by: boris })),
  ];
}

export function renameSamples({ data, boris, problem, trouble, listed, old, of }: Scene): Sample[] {
  const { queued, done, failed, cancelled } = STATES;
  const rename = of("rename", { snapshot: old, name: data.snapshot });
  const codes: readonly Failure["code"][] = ["snapshot_gone", "name_taken", ...GENERAL];
  return [
    rename("queued, new", queued({ kind: "new" })),
    rename("queued, behind", queued({ kind: "behind", request: "r1", by: boris })),
    rename("queued, cloud silent", queued({ kind: "new" }), { trouble }),
    rename("renaming", queued({ kind: "renaming", at: NOW })),
    rename("renaming, held up", queued({ kind: "renaming", at: NOW, notBefore: NOW, problem })),
    rename("renaming, cloud silent", queued({ kind: "renaming", at: NOW }), { trouble }),
    rename("done", done({ snapshots: listed })),
    ...codes.map((code) => rename(`failed, ${code}`, failed({ code, detail: data.detail }))),
    rename("failed, tried again", failed({ code: "busy" }, { retriedAs: "r2" })),
    rename("cancelled", cancelled({ by: boris })),
  ];
}

export function powerSamples({ data, boris, problem, trouble, debt, shutting, of }: Scene): Sample[] {
  const { queued, choosing, stuck, poweringOn, done, failed, cancelled, expired } = STATES;
  const on = of("power on", { kind: "power", to: "on" });
  const off = of("power off", { kind: "power", to: "off" });
  const hard = of("power off hard", { kind: "power", to: "hard_off" });
  const asked = { facts: FACTS, times: { shutdownAsked: ago(4 * MINUTE_MS) } };
  const switchingOn = { debt, times: { powerOnAsked: ago(MINUTE_MS) } };
  const both = [off, hard];
  return [
    ...[on, off, hard].flatMap((make) => [
      make("queued, new", queued({ kind: "new" })),
      make("queued, behind", queued({ kind: "behind", request: "r1", by: boris })),
      make("queued, busy", queued({ kind: "busy" })),
      make("queued, cloud silent", queued({ kind: "new" }), { trouble }),
      make("done, was so", done({ power: make === on ? "running" : "off" })),
      ...GENERAL.map((code) => make(`failed, ${code}`, failed({ code, detail: data.detail }))),
      make("failed, tried again", failed({ code: "busy" }, { retriedAs: "r2" })),
      make("cancelled", cancelled({ by: boris, power: make === on ? "off" : "running" })),
    ]),
    on("powering on", poweringOn({ status: "done" }), switchingOn),
    on("powering on fails", poweringOn({ status: "done" }, { problem, loud: true }), switchingOn),
    on("powering on, accepted and yet off", poweringOn({ status: "done" }, { loud: true }), switchingOn),
    on("done", done({}), { times: { powerOnAsked: ago(MINUTE_MS) } }),
    ...both.flatMap((make) => [
      ...POWERS.map((power) => make(`choosing, VM ${power}`, choosing, { facts: { ...FACTS, power } })),
      make("shutting down, held up", shutting({ notBefore: later(NOW, SECOND_MS), problem }), { facts: FACTS }),
      make("stuck", stuck, asked),
      make("done", done({ power: "off" }), { times: { ...asked.times, off: NOW } }),
      make("expired", expired, { facts: FACTS }),
    ]),
    off("shutting down", shutting({ asked: "yes" }), asked),
    off("shutting down, power off pressed", shutting({ mode: "hard", asked: "yes" }), asked),
    hard("shutting down", shutting({ mode: "hard", asked: "yes" }), asked),
    off("failed, after asking", failed({ code: "unavailable" }), asked),
    off("cancelled, watched", cancelled({ by: boris }), { ...asked, watch: { until: later(NOW, MINUTE_MS) } }),
  ];
}
