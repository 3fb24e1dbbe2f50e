import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS } from "../rig.ts";

journey.concurrent("a live snapshot leaves the VM running", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const choosing = await rig.shows("choosing");
  expect(buttonsOn(choosing)).toEqual(["request.shutdown", "request.live", "request.cancel"]);
  expect(choosing.text).toContain("Many databases do not guarantee");
  await rig.slack.click(BORIS, choosing, "request.live");

  const done = await rig.shows("done");
  expect(done.text).toContain("The VM was running all the time.");
  expect(rig.cloud.vm("web-01")).toMatchObject({ offPeriods: [], snapshots: [{ live: true }] });
});

journey.concurrent("--live is a choice already: nobody is asked", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01 before-upgrade —live");

  const done = await rig.shows("done");
  expect(done.versions.map(({ metadata }) => metadata?.event_payload.status)).not.toContain("choosing");
  expect(rig.cloud.vm("web-01")).toMatchObject({ offPeriods: [], snapshots: [{ name: "before-upgrade", live: true }] });
});

journey.concurrent("--off leaves one way, and nothing goes off without that yes", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01 --off");
  const choosing = await rig.shows("choosing");
  expect(buttonsOn(choosing)).toEqual(["request.shutdown", "request.cancel"]);
  expect(choosing.text).not.toContain("Live");

  await rig.slack.click(BORIS, choosing, "request.live", { value: idOf(choosing), evenIfGone: true });
  expect(await rig.told(BORIS)).toContain("Nothing has been changed");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);

  await rig.slack.click(BORIS, choosing, "request.shutdown");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", offPeriods: [{}], snapshots: [{ live: false }] });
});

journey.concurrent("a VM that is off is snapshotted without a question and stays off", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", power: "Stopped", timing: QUICK }] });
  await rig.slack.command(ANNA, OPS, "erstellen web-01");

  const done = await rig.shows("done");
  expect(done.text).toContain("Die VM war vorher ausgeschaltet und bleibt es.");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Stopped", snapshots: [{ live: false }] });
  expect(rig.cloud.vm("web-01").operations.map(({ type }) => type)).toEqual(["snapshot"]);
});

journey.concurrent("the card counts with the cloud, and its thread tells the story in order", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 40_000 } }], speed: 8 });
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");

  const done = await rig.shows("done");
  const percents = done.versions.flatMap(({ metadata }) => metadata?.event_payload.percent ?? []);
  expect(new Set(percents).size).toBeGreaterThan(3);
  await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
  expect(rig.thread(done)).toEqual([
    "boris chose: shut down and snapshot.",
    "The VM has been asked to shut down.",
    "The VM is off.",
    "The snapshot has begun.",
    expect.stringMatching(/^The snapshot is made, in \d+ s\.$/),
    "Switching the VM on.",
    expect.stringMatching(/^The VM is running again\. It was off for \d+ s\.$/),
    "Done.",
  ]);
  expect(
    rig.slack
      .messages()
      .filter(({ threadTs }) => threadTs)
      .every(({ metadata }) => metadata === undefined),
  ).toBe(true);
});

journey.concurrent(
  "without a percent from the cloud the card estimates, says so, and calls slow slow",
  async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", diskGb: 0.25, timing: { ...QUICK, snapshotMs: 50_000 }, trouble: { noPercent: true } }],
    });
    await rig.slack.command(BORIS, OPS, "create web-01 --live");
    const overdue = await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.text.includes("longer than usual") && rig.card(),
      "an overdue card",
    );
    expect(overdue.metadata?.event_payload).toMatchObject({ status: "snapshotting", percent: 95 });
    expect(overdue.text).toContain("about 95 % (estimated)");
    const done = await rig.shows("done");
    const percents = done.versions.flatMap(({ metadata }) => metadata?.event_payload.percent ?? []);
    expect(Math.max(...percents.map(Number).filter((percent) => percent < 100))).toBeLessThanOrEqual(95);
  },
);

journey.concurrent("a snapshot that the cloud lists late is waited for", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { listsLateMs: 10_000 } }] });
  await rig.slack.command(BORIS, OPS, "create web-01 --live --reason 'x'");
  const done = await rig.shows("done");
  expect(done.text).toContain(rig.cloud.vm("web-01").snapshots[0]!.name);
  expect(done.text).toContain("1 of 10");
});

journey.concurrent("a request that nobody decides expires and changes nothing", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }], yaml: "snapshots: { choice_timeout: 20s }" });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const card = await rig.shows("choosing");
  const expired = await rig.shows("expired");
  expect(buttonsOn(expired)).toEqual(["request.retry"]);
  await rig.slack.click(BORIS, card, "request.shutdown", { value: idOf(card), evenIfGone: true });
  expect(await rig.told(BORIS)).toContain("This request has already ended.");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("the card asks anew when somebody switches the VM off meanwhile", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { words: { Running: "Running" } } }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.shows("choosing");
  rig.cloud.trouble("web-01", { words: { Running: "Stopped" } });
  const changed = await rig.slack.waitFor(
    () => rig.card().text.includes("The VM is off") && rig.card(),
    "a card that says off",
  );
  expect(buttonsOn(changed)).toEqual(["request.live", "request.cancel"]);
});

const idOf = (card: { metadata?: { event_payload: Record<string, unknown> } }): string =>
  String(card.metadata?.event_payload.id);
