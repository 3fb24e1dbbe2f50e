import { describe, test } from "vitest";
import { survives } from "./harness.ts";
import { BEFORE, DELETE, POWER, RESTORE } from "./managing-scenes.ts";
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
    survives(scene, [], { dieAt: `${point}:${nth}`, repeats: point !== "stored" }),
  );
});

/** The command that opened the dialog was answered before it. */
const DIALOGS = [
  { what: "the dialog to restore", scene: RESTORE },
  { what: "the dialog to delete", scene: DELETE },
];

describe.concurrent("killed when a dialog that was sent is", { timeout: 120_000 }, () => {
  test.each(DIALOGS)("read and not yet stored, and sent again: $what", ({ scene }) =>
    survives(scene, [], { dieAt: "read:1" }),
  );

  test.each(DIALOGS)("stored and not yet answered: $what", ({ scene }) =>
    survives(scene, [], { dieAt: "stored:1", repeats: false }),
  );

  test.each(DIALOGS)("stored and not yet answered, and sent again: $what", ({ scene }) =>
    survives(scene, [], { dieAt: "stored:1" }),
  );

  test.each(DIALOGS)("just answered: $what", ({ scene }) => survives(scene, [], { dieAt: "answered:2" }));
});

describe.concurrent("killed when a wish is carried out and not yet noted as such", { timeout: 120_000 }, () => {
  test.each([
    ...DIALOGS.map((each) => ({ ...each, nth: 1 })),
    { what: "the yes to a shutdown", scene: POWER, nth: 2 },
    { what: "the answer about a safety snapshot", scene: BEFORE, nth: 2 },
  ])("$what", ({ scene, nth }) => survives(scene, [], { dieAt: `carried_out:${nth}` }));
});
