import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { UserId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import { createHomes, type HomeDeps } from "../../src/engine/homes.ts";
import { type Person, SlackRefusal } from "../../src/ports/slack.ts";
import type { HomeState, Preferences, Stored } from "../../src/ports/store.ts";
import { aRequest, at, aVm, LIMITS, OPERATION } from "../domain/builders.ts";
import { manualClock } from "../manual-clock.ts";

const ANNA = UserId.parse("UANNA");
const BORIS = UserId.parse("UBORIS");

/** Homes over a store, a cloud and a Slack that are just what a test says. */
function aWorkspace(publish: HomeDeps["publish"] = async () => {}) {
  const clock = manualClock(at(0));
  const people = new Map<UserId, HomeState & Preferences>();
  const kinds = new Map<UserId, Person["kind"]>();
  const requests: Request[] = [];
  const published: { user: UserId; view: string; at: Date }[] = [];
  const logs: string[] = [];
  const asked = { people: 0, listings: 0, snapshots: 0 };
  const stored = (request: Request): Stored => ({
    request,
    version: 1,
    card: { face: 1, drawn: 1, message: { channel: request.channel, ts: "1.1" } },
  });
  const store = {
    homes: async (since: Date) =>
      [...people]
        .filter(([, { openedAt }]) => openedAt >= since)
        .sort(([, a], [, b]) => Number(b.openedAt) - Number(a.openedAt))
        .map(([user, home]) => ({ user, home })),
    open: async () => requests.map(stored),
    recent: async () => [],
    followedUp: async () => [],
    ofPerson: async () => [],
    preferences: async (user: UserId) => ({ ...people.get(user), home: people.get(user) }),
  };
  const cloud = {
    limits: LIMITS,
    listVms: async () => {
      asked.listings += 1;
      return [aVm("web-01")];
    },
    lastListing: () => undefined,
    snapshots: async () => {
      asked.snapshots += 1;
      return [];
    },
    power: async () => "running",
  };
  const homes = createHomes({
    clock,
    store,
    cloud,
    directory: {
      async person(id: UserId): Promise<Person> {
        asked.people += 1;
        return { id, name: id, kind: kinds.get(id) ?? "member", language: people.get(id)?.language };
      },
    },
    log: { info() {}, warn: (message: string) => logs.push(message), error: (message: string) => logs.push(message) },
    async publish(user: UserId, view: object) {
      published.push({ user, view: JSON.stringify(view), at: clock.now() });
      await publish(user, view);
    },
    rules: () => ({ policy: undefined }),
    linkTo: () => "https://demo.slack.com/archives/COPS/p11",
    retryAfterMs: (error: unknown) => (error instanceof SlackRefusal ? error.retryAfterMs : undefined),
  } as unknown as HomeDeps);

  /** Everything that can happen at this moment has happened. */
  async function settled() {
    for (let turn = 0; turn < 30; turn++) await setImmediate();
  }

  return {
    clock,
    people,
    kinds,
    requests,
    published,
    logs,
    asked,
    homes,
    settled,
    /** Lets time pass in steps of a second, and everything happen in each. */
    async passes(milliseconds: number) {
      for (let left = milliseconds; left > 0; left -= SECOND_MS) {
        clock.advance(Math.min(left, SECOND_MS));
        await settled();
      }
    },
    async opens(user: UserId) {
      people.set(user, { page: 0, ...people.get(user), openedAt: clock.now() });
      homes.draw(user, true);
      await settled();
    },
    /** Something has changed: another request is there. */
    async changes() {
      const id = `r${requests.length + 10}` as Request["id"];
      requests.push({ ...aRequest("shutdown_stuck"), id });
      homes.nudge();
      await settled();
    },
  };
}

describe("whoever opens their Home", () => {
  test("gets it at once, and once more when they open it again, though it shows just that", async () => {
    const { opens, published, passes } = aWorkspace();
    await opens(ANNA);
    expect(published.map(({ user }) => user)).toEqual([ANNA]);
    await passes(SECOND_MS);
    await opens(ANNA);
    expect(published).toHaveLength(2);
    expect(published[0]!.view).toBe(published[1]!.view);
  });

  test.each(["stranger", "bot", "deactivated"] as const)("gets none as a %s", async (kind) => {
    const { kinds, opens, published } = aWorkspace();
    kinds.set(ANNA, kind);
    await opens(ANNA);
    expect(published).toEqual([]);
  });

  test("and presses something there sees it at once", async () => {
    const { opens, published, homes, people, settled, clock } = aWorkspace();
    await opens(ANNA);
    people.set(ANNA, { ...people.get(ANNA)!, language: "de" });
    homes.draw(ANNA);
    await settled();
    expect(published).toHaveLength(1);
    clock.advance(250);
    await settled();
    expect(published[1]!.view).toContain("Wartet auf deine Entscheidung");
  });

  test("does not see it drawn again when nothing has changed", async () => {
    const { opens, published, homes, passes } = aWorkspace();
    await opens(ANNA);
    homes.nudge();
    await passes(10 * SECOND_MS);
    homes.draw(ANNA);
    await passes(10 * SECOND_MS);
    expect(published).toHaveLength(1);
  });
});

describe("a change", () => {
  test("is drawn for all who have opened theirs, three seconds after the last time at the earliest", async () => {
    const { opens, changes, published, passes } = aWorkspace();
    await opens(ANNA);
    await opens(BORIS);
    await changes();
    await changes();
    await passes(2 * SECOND_MS);
    expect(published).toHaveLength(2);
    await passes(SECOND_MS);
    expect(
      published
        .slice(2)
        .map(({ user }) => user)
        .toSorted(),
    ).toEqual([ANNA, BORIS]);
    await passes(MINUTE_MS);
    expect(published).toHaveLength(4);
  });

  test("does not reach those who have not looked for a week", async () => {
    const { opens, changes, published, passes, clock, people } = aWorkspace();
    await opens(ANNA);
    people.set(BORIS, { page: 0, openedAt: later(clock.now(), -8 * DAY_MS) });
    await changes();
    await passes(10 * SECOND_MS);
    expect(published.map(({ user }) => user)).toEqual([ANNA, ANNA]);
  });

  test("of a VM's requests makes the cloud be asked about it again, and only then", async () => {
    const { opens, changes, asked, homes, passes } = aWorkspace();
    await opens(ANNA);
    expect(asked).toMatchObject({ listings: 1, snapshots: 1 });
    homes.nudge();
    await passes(10 * SECOND_MS);
    expect(asked).toMatchObject({ listings: 1, snapshots: 1 });
    await changes();
    await passes(10 * SECOND_MS);
    expect(asked).toMatchObject({ listings: 1, snapshots: 2 });
  });

  test("does not ask Slack who everybody is each time", async () => {
    const { opens, changes, asked, passes } = aWorkspace();
    await opens(ANNA);
    for (let n = 0; n < 5; n++) {
      await changes();
      await passes(5 * SECOND_MS);
    }
    expect(asked.people).toBe(1);
  });
});

test("progress is drawn every 15 seconds at most", async () => {
  const { opens, published, requests, passes } = aWorkspace();
  const state = { since: at(0), operation: OPERATION };
  const facts = { ...aRequest("choosing").facts!, expected: { ms: MINUTE_MS, basis: "disk" as const } };
  requests.push(aRequest("snapshotting", state, { facts, times: { snapshotStarted: at(0) } }));
  await opens(ANNA);
  await passes(MINUTE_MS);
  const seconds = published.map((each) => (Number(each.at) - Number(at(0))) / SECOND_MS);
  expect(seconds).toEqual([0, 15, 30, 45, 60]);
});

describe("Slack's limit", () => {
  test("is kept for any number of people, those who open theirs first", async () => {
    const { clock, people, changes, published, passes, opens } = aWorkspace();
    for (let n = 0; n < 200; n++) {
      people.set(UserId.parse(`U${n}`), { page: 0, openedAt: later(clock.now(), -n * SECOND_MS) });
    }
    for (let minute = 0; minute < 5; minute++) {
      await changes();
      await passes(30 * SECOND_MS);
      await opens(ANNA);
      expect(published.at(-1)!.user).toBe(ANNA);
      await passes(30 * SECOND_MS);
    }
    for (const { at: begin } of published) {
      const within = published.filter((each) => each.at >= begin && each.at < later(begin, MINUTE_MS));
      expect(within.length).toBeLessThanOrEqual(100);
    }
    expect(published.length).toBeGreaterThan(300);
  });

  test("that is hit all the same makes all of them wait as long as Slack says", async () => {
    let isLimited = true;
    const { opens, published, passes, logs } = aWorkspace(async () => {
      if (isLimited) throw new SlackRefusal("ratelimited", 20 * SECOND_MS);
    });
    await opens(ANNA);
    isLimited = false;
    await opens(BORIS);
    await passes(19 * SECOND_MS);
    expect(published).toHaveLength(1);
    expect(logs).toEqual(["a Home could not be drawn"]);
    await passes(2 * SECOND_MS);
    expect(
      published
        .slice(1)
        .map(({ user }) => user)
        .toSorted(),
    ).toEqual([ANNA, BORIS]);
  });
});

describe("a Home that Slack does not take", () => {
  test("is tried again, later each time, and for its person at once when they open it", async () => {
    const { opens, published, passes, clock } = aWorkspace(() => Promise.reject(new Error("reset")));
    const start = clock.now();
    await opens(ANNA);
    await passes(MINUTE_MS);
    const seconds = published.map((each) => Math.round((Number(each.at) - Number(start)) / SECOND_MS));
    expect(seconds).toEqual([0, 1, 3, 7, 15, 31]);
    await opens(ANNA);
    expect(published).toHaveLength(7);
  });

  test("does not hold up the others", async () => {
    const { opens, changes, published, passes } = aWorkspace(async (user) => {
      if (user === ANNA) throw new Error("reset");
    });
    await opens(ANNA);
    await opens(BORIS);
    await changes();
    await passes(5 * SECOND_MS);
    expect(published.filter(({ user }) => user === BORIS)).toHaveLength(2);
  });
});

test("after a start the Homes that others may have open are drawn one by one", async () => {
  const { clock, people, homes, published, passes } = aWorkspace();
  const users = Array.from({ length: 10 }, (_, n) => UserId.parse(`U${n}`));
  for (const [n, user] of users.entries()) {
    people.set(user, { page: 0, openedAt: later(clock.now(), -n * HOUR_MS) });
  }
  homes.nudge();
  await passes(10 * SECOND_MS);
  expect(published.length).toBeGreaterThan(2);
  expect(published.length).toBeLessThan(7);
  await passes(20 * SECOND_MS);
  expect(published.map(({ user }) => user)).toEqual(users);
});

test("whoever stops waits for what is on its way, and begins nothing more", async () => {
  let finish = () => {};
  const { opens, changes, homes, published, passes } = aWorkspace(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  await opens(ANNA);
  const stopped = homes.stop();
  finish();
  await stopped;
  await changes();
  await passes(10 * SECOND_MS);
  expect(published).toHaveLength(1);
});
