import { MINUTE_MS } from "../../src/domain/durations.ts";
import type { Sample } from "./data.ts";
import { NOW } from "./data.ts";
import { ago, FACTS, type Scene, STATES, TIMES } from "./scene.ts";

/** Requests that wait for approval, were denied it, or carry what was approved. */
export function approvalSamples(scene: Scene): Sample[] {
  const { data, boris, old, listed, taken, offline, awaiting, terms, approved, emergency, request, of } = scene;
  const { queued, choosing, stuck, snapshotting, poweringOn, done, failed, cancelled, denied, expired } = STATES;
  const restore = of("restore", { snapshot: old, safety: true, name: data.snapshot });
  const deleting = of("delete", { snapshots: listed.slice(0, 4) });
  const deletingOne = of("delete, one", { kind: "delete", snapshots: listed.slice(0, 1) });
  const rename = of("rename", { snapshot: old, name: data.snapshot });
  const one = { yeses: [{ by: boris, at: ago(MINUTE_MS) }] };
  const facts = { facts: FACTS };
  const pull = { ...offline, decided: undefined };
  const no = denied({ by: boris, reason: data.reason });
  const how = (kind: "live" | "off") => ({
    wish: { kind: "create", how: kind, name: data.snapshot, nameGiven: true, reason: data.reason },
  });
  return [
    request("awaiting, begin", awaiting("begin")),
    request("awaiting, begin, one yes", awaiting("begin", one)),
    request("awaiting, begin, one is enough", awaiting("begin", { terms: terms(1) })),
    request("awaiting, begin, nobody excluded", awaiting("begin", { terms: { ...terms(1), not: "nobody" } })),
    request("awaiting, begin, live", awaiting("begin"), how("live")),
    request("awaiting, begin, offline", awaiting("begin"), how("off")),
    request("awaiting, shutdown", awaiting("shutdown"), facts),
    request("awaiting, live", awaiting("live", one), facts),
    request("awaiting stuck, power off", awaiting("power_off", { wantedBy: boris }), pull),
    request("awaiting stuck, power off, one yes", awaiting("power_off", one), pull),
    request("awaiting stuck, live", awaiting("live"), pull),
    restore("awaiting, begin", awaiting("begin", one)),
    restore("awaiting, shutdown", awaiting("shutdown"), facts),
    restore("awaiting stuck, power off", awaiting("power_off"), pull),
    deleting("awaiting, begin", awaiting("begin")),
    deletingOne("awaiting, begin", awaiting("begin", one)),
    rename("awaiting, begin", awaiting("begin")),
    ...(["on", "off", "hard_off"] as const).map((to) =>
      of(`power ${to}`, { kind: "power", to })("awaiting, begin", awaiting("begin", one)),
    ),

    request("denied", no),
    request("denied, asked again", { ...no, retriedAs: "r2" }),
    restore("denied", no),
    deleting("denied", no),
    rename("denied", no),
    of("power off", { kind: "power", to: "off" })("denied", no),
    request("expired, not approved", { ...expired, isUnapproved: true }),
    restore("expired, not approved", { ...expired, isUnapproved: true }),
    request("expired, asked again", { ...expired, retriedAs: "r2" }),
    request("cancelled, asked again", cancelled({ by: boris, retriedAs: "r2" }), facts),

    ...[
      { how: "approved", kept: approved() },
      { how: "emergency", kept: emergency },
    ].flatMap(({ how, kept }) => [
      request(`queued, ${how}`, queued({ kind: "new" }), kept),
      request(`choosing, VM running, ${how}`, choosing, { ...facts, ...kept }),
      request(`stuck, ${how}`, stuck, { ...offline, ...kept }),
      request(`awaiting stuck, power off, ${how} before`, awaiting("power_off"), { ...offline, ...kept }),
      request(`snapshotting, ${how}`, snapshotting({ intent: { name: data.snapshot, at: NOW, looks: 0 } }), {
        ...offline,
        times: TIMES.off,
        ...kept,
      }),
      request(`powering on, ${how}`, poweringOn({ status: "done" }), { ...offline, times: TIMES.made, ...kept }),
      request(`done, ${how}`, done({ snapshot: taken, snapshots: listed }), {
        ...offline,
        debt: undefined,
        times: TIMES.on,
        ...kept,
      }),
      request(`failed, ${how}`, failed({ code: "snapshot_failed" }), { ...facts, ...kept }),
      request(`cancelled, ${how}`, cancelled({ by: boris }), { ...facts, ...kept }),
      request(`expired, ${how}`, expired, { ...facts, ...kept }),
    ]),
  ];
}
