import { describe, test } from "vitest";
import { survives } from "./harness.ts";
import { CANCELLED, OFFLINE } from "./scenes.ts";

const POINTS = [
  { point: "read", when: "read and not yet stored" },
  { point: "stored", when: "stored and not yet answered" },
  { point: "answered", when: "just answered" },
];

const DELIVERIES = [
  { what: "the command", nth: 1, scene: OFFLINE },
  { what: "somebody else's click", nth: 2, scene: OFFLINE },
  { what: "the choice", nth: 3, scene: OFFLINE },
  { what: "the cancel", nth: 3, scene: CANCELLED },
];

describe.concurrent("killed when a delivery is", { timeout: 120_000 }, () => {
  const cases = POINTS.flatMap((point) => DELIVERIES.map((delivery) => ({ ...point, ...delivery })));
  test.each(cases)("$when: $what", ({ point, nth, scene }) =>
    // What is stored is seen through without another word; what was not stored is repeated by whoever got no answer.
    survives(scene, [], { dieAt: `${point}:${nth}`, retypes: point === "read" }),
  );
});
