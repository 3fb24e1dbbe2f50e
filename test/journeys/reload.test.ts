import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, OPS, type Rig } from "../rig.ts";
import { auditOf } from "./audit-rows.ts";

/** Who may do what is read anew while the bot runs. */

const vms = [{ name: "web-01", timing: QUICK }];
const OPEN = "policy: [{ allow: everyone }]";
const CLOSED = "policy: [{ deny: true }]";
const obeys = (rig: Rig, yaml: string) => rig.bot.obey(rulesIn(parseBehaviour(yaml, "shutter.yml").behaviour!));
const loaded = (rig: Rig) => auditOf(rig).filter(({ said }) => said.code === "policy_loaded").length;

/** Something happens while a call is under way, once. */
function during(rig: Rig, side: "cloud" | "slack", path: RegExp, happens: () => Promise<unknown>): void {
  let hasHappened = false;
  rig[side].server.intercept(async (call) => {
    if (!path.test(call.path) || hasHappened) return undefined;
    hasHappened = true;
    await happens();
    return undefined;
  });
}

journey.concurrent("counts for a wish that the cloud is asked about just then", async ({ begin }) => {
  const rig = await begin({ vms, yaml: OPEN });
  during(rig, "cloud", /snapshot/i, () => obeys(rig, CLOSED));
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  expect(await rig.told(ANNA)).toMatch(/\(.*1.*\)/);
  expect(rig.slack.cards()).toEqual([]);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  expect(auditOf(rig).at(-1)).toMatchObject({ who: ANNA, said: { code: "refused", why: "denied", rule: 1 } });
});

journey.concurrent("opens what it opens, also for a wish that is under way", async ({ begin }) => {
  const rig = await begin({ vms, yaml: `${OPEN.replace(" }", ", approval: { by: [UBORIS] } }")}` });
  during(rig, "cloud", /snapshot/i, () => obeys(rig, OPEN));
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.shows("done");
});

journey.concurrent(
  "is in the audit before it counts; one that cannot be written there changes nothing",
  async ({ begin }) => {
    const rig = await begin({ vms, yaml: OPEN }, ["error logged"]);
    expect(loaded(rig)).toBe(1);
    using database = new DatabaseSync(rig.database, { timeout: 5000 });
    const isPolicy = "new.line LIKE '%policy_loaded%'";
    database.exec(
      `CREATE TRIGGER full BEFORE INSERT ON events WHEN ${isPolicy} BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    expect(await obeys(rig, CLOSED)).toBe(false);
    expect(rig.logs.filter(({ level }) => level === "error")).toMatchObject([
      { message: expect.stringContaining("the old one stays") },
    ]);
    await rig.slack.command(ANNA, OPS, "create web-01 --live");
    await rig.shows("done");
    database.exec("DROP TRIGGER full");
    expect(await obeys(rig, CLOSED)).toBe(true);
    expect(loaded(rig)).toBe(2);
    await rig.slack.command(ANNA, OPS, "create web-01 --live");
    expect(await rig.told(ANNA)).toMatch(/\(.*1.*\)/);
  },
);

journey.concurrent("of two that come at once the later one stays", async ({ begin }) => {
  const rig = await begin({ vms, yaml: OPEN });
  expect(await Promise.all([obeys(rig, OPEN), obeys(rig, CLOSED)])).toEqual([true, true]);
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.told(ANNA);
  expect(rig.slack.cards()).toEqual([]);
});

journey.concurrent("is loud where no policy is left", async ({ begin }) => {
  const rig = await begin({ vms, yaml: CLOSED }, ["error logged"]);
  const errors = () => rig.logs.filter(({ level }) => level === "error").map(({ message }) => message);
  await obeys(rig, OPEN);
  expect(errors()).toEqual([]);
  await obeys(rig, "language: en");
  await obeys(rig, "language: de");
  expect(errors()).toEqual(["there is no policy any more: from now on every full member may act"]);
});
