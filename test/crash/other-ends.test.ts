import { describe, test } from "vitest";
import { survives } from "./harness.ts";
import { howsOf } from "./pairs.ts";
import type { Blow, Scene } from "./scene.ts";
import { CANCELLED, CANCELLED_TOO_LATE, FAILING, HARD_TO_START } from "./scenes.ts";

interface Flow {
  flow: string;
  scene: Scene;
  at: readonly (string | Pick<Blow, "at" | "nth">)[];
}

const FLOWS: Flow[] = [
  {
    flow: "a snapshot that fails",
    scene: FAILING,
    at: [
      "POST snapshot",
      "GET operation, snapshotting",
      "GET operation, snapshot over",
      "POST power_on",
      "GET state, booting",
      "GET state, on again",
      "chat.update powering_on",
      "chat.update failed",
    ],
  },
  {
    flow: "a cancel while the guest does not react",
    scene: CANCELLED,
    at: ["POST shutdown", "chat.update shutting_down", "chat.update powering_on", "chat.update cancelled"],
  },
  {
    flow: "a cancel, and then the guest goes off",
    scene: CANCELLED_TOO_LATE,
    at: ["POST shutdown", "chat.update powering_on", "POST power_on", "GET state, booting", "chat.update cancelled"],
  },
  {
    flow: "a VM that is hard to start",
    scene: HARD_TO_START,
    at: [
      "GET state, snapshot over",
      ...[1, 2, 3, 4].map((nth) => ({ at: "POST power_on", nth })),
      "GET state, booting",
      "chat.update done",
    ],
  },
];

describe.concurrent.each(FLOWS)("killed in $flow", { timeout: 120_000 }, ({ scene, at }) => {
  const blows = at.flatMap((point) => {
    const where: Pick<Blow, "at" | "nth"> = typeof point === "string" ? { at: point } : point;
    return howsOf(where.at).map((how) => ({ nth: 1, ...where, how }));
  });
  test.each(blows)("at $at (no. $nth), $how it is done", (blow) => survives(scene, [blow]));
});
