import { describe, expect, onTestFinished, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/domain/durations.ts";
import { ChannelId } from "../../src/domain/ids.ts";
import { type AnchorDeps, createAnchors } from "../../src/engine/anchors.ts";
import type { Store } from "../../src/ports/store.ts";
import { en } from "../../src/texts/en.ts";
import { NOW } from "../domain/builders.ts";
import { openStore } from "../engine/rig.ts";
import { manualClock } from "../manual-clock.ts";

const SECURITY = ChannelId.parse("CSECURITY");
const MORNING = new Date(`${NOW.toISOString().slice(0, 10)}T00:00:00Z`);

/** A bot's anchors from a moment on, hour by hour. */
function anchoring(changes: Partial<AnchorDeps> = {}, store: Store = openStore(), start = MORNING) {
  const clock = manualClock(start);
  const said: { to: string; text: string }[] = [];
  const errors: string[] = [];
  let onArmed = () => {};
  const anchors = createAnchors({
    clock: {
      now: clock.now,
      after(milliseconds, run) {
        onArmed();
        return clock.after(milliseconds, run);
      },
    },
    store,
    log: { info() {}, warn() {}, error: (message) => void errors.push(message) },
    place: { text: "#security", kind: "name", name: "security" },
    channelNamed: async () => ({ id: SECURITY, name: "security", isDirect: false }),
    say: async (to, text) => void said.push({ to, text }),
    texts: en,
    ...changes,
  });
  onTestFinished(() => anchors.stop());
  anchors.start();
  return {
    store,
    clock,
    said,
    errors,
    anchors,
    /** A round is due every hour at least; it has ended when the next one is. */
    async hour() {
      const armed = new Promise<void>((resolve) => {
        onArmed = resolve;
      });
      clock.advance(HOUR_MS);
      await armed;
    },
  };
}

const somethingNew = (store: Store) => store.note(NOW, { code: "policy_loaded", rules: 1, hash: "abc" }, {});

describe("the audit's newest hash", () => {
  test("is posted once a day, and that is in the audit", async () => {
    const { store, said, hour } = anchoring();
    await somethingNew(store);
    const head = (await store.auditHead())!;
    await hour();
    expect(said).toEqual([{ to: SECURITY, text: expect.stringContaining(`verify --anchor ${head.hash}`) }]);
    expect(await store.anchored()).toMatchObject({ id: head.id + 1 });
    for (let hours = 1; hours < 48; hours++) {
      await somethingNew(store);
      await hour();
    }
    expect(said).toHaveLength(3); // at the beginning, and at each midnight
  });

  test("is not posted while there is nothing new, or nothing at all", async () => {
    const { store, said, hour } = anchoring();
    await hour();
    expect(said).toEqual([]);
    await somethingNew(store);
    for (let hours = 0; hours < 72; hours++) await hour();
    expect(said).toHaveLength(1);
  });

  test("is not posted twice on one day by a bot that was started again", async () => {
    const first = anchoring();
    await somethingNew(first.store);
    await first.hour();
    await first.anchors.stop();
    await somethingNew(first.store);
    const second = anchoring({}, first.store, first.clock.now());
    await second.hour();
    expect(second.said).toEqual([]);
    const third = anchoring({}, first.store, new Date(MORNING.getTime() + DAY_MS));
    await third.hour();
    expect(third.said).toHaveLength(1);
  });

  test("is posted later when Slack does not take it, which is said", async () => {
    let isDown = true;
    const said: string[] = [];
    const { store, errors, hour } = anchoring({
      async say(_, text) {
        if (isDown) throw new Error("no answer");
        said.push(text);
      },
    });
    await somethingNew(store);
    await hour();
    expect(errors).toEqual(["the audit could not be anchored"]);
    expect(await store.anchored()).toBeUndefined();
    isDown = false;
    await hour();
    expect(said).toHaveLength(1);
  });

  test("stays where it is when there is no such channel", async () => {
    const { store, said, errors, hour } = anchoring({ channelNamed: async () => undefined });
    await somethingNew(store);
    await hour();
    expect({ said, errors }).toEqual({ said: [], errors: ["the audit could not be anchored"] });
  });
});
