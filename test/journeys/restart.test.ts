import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, statusOf } from "../rig.ts";

const SLOW = { shutdownMs: 15_000, snapshotMs: 40_000, bootMs: 15_000 };

async function shutDown(rig: Rig) {
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
}

/** One card, one snapshot, one shutdown, the VM on, and a story without doubles. */
async function isSound(rig: Rig) {
  const done = await rig.shows("done");
  await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
  expect(rig.slack.cards()).toEqual([done]);
  expect(new Set(rig.thread(done)).size).toBe(rig.thread(done).length);
  const vm = rig.cloud.vm("web-01");
  expect(vm).toMatchObject({ power: "Running", snapshots: [{}] });
  expect(vm.operations.filter(({ type }) => type === "snapshot")).toHaveLength(1);
  expect(vm.operations.filter(({ type }) => type === "shutdown").length).toBeLessThanOrEqual(1);
}

for (const status of ["shutting_down", "snapshotting", "powering_on"]) {
  journey.concurrent(`a restart while ${status}: it goes on, on the same card`, async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    await shutDown(rig);
    await rig.shows(status);
    await rig.restart();
    await isSound(rig);
  });
}

journey.concurrent("a restart while choosing: the card still asks, and its buttons work", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const choosing = await rig.shows("choosing");
  await rig.restart();
  expect(statusOf(choosing)).toBe("choosing");
  await rig.slack.click(BORIS, choosing, "request.shutdown");
  await isSound(rig);
});

journey.concurrent(
  "a restart while stuck: the card still asks, the requester is not called again",
  async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", timing: QUICK, trouble: { ignoresShutdown: true } }],
      yaml: "snapshots: { shutdown_timeout: 10s }",
    });
    await shutDown(rig);
    const stuck = await rig.shows("shutdown_stuck");
    await rig.slack.waitFor(() => rig.thread(stuck).some((line) => line.includes(`<@${BORIS}>`)), "a call");
    await rig.restart();
    await rig.slack.click(ANNA, stuck, "request.live");
    await isSound(rig);
    expect(rig.thread(stuck).filter((line) => line.includes("<@"))).toHaveLength(1);
  },
);

journey.concurrent(
  "a restart while queued for the cooldown: it goes on by itself at the same time",
  async ({ begin }) => {
    const recent = { name: "old", createdAt: new Date(Date.now() - 570_000), sizeGb: 1 };
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, snapshots: [recent] }] });
    await rig.slack.command(BORIS, OPS, "create web-01 --live");
    const queued = await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.text.includes("10 minutes") && rig.card(),
      "the cooldown",
    );
    const { text } = queued;
    await rig.restart();
    expect(queued.text).toBe(text);
    await rig.shows("done");
    expect(rig.slack.cards()).toHaveLength(1);
    expect(rig.cloud.server.journal.filter(({ reply }) => reply?.status === 429)).toEqual([]);
  },
);

journey.concurrent("a restart with two in line: the order stays", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(ANNA, OPS, "create web-01 one");
  await rig.shows("choosing");
  await rig.slack.command(BORIS, OPS, "create web-01 two");
  const second = await rig.slack.waitFor(() => rig.slack.cards()[1], "the second card");
  await rig.slack.waitFor(() => second.text.includes("Behind the request of anna"), "behind Anna");
  await rig.restart();
  expect(statusOf(second)).toBe("queued");
  await rig.slack.click(ANNA, rig.slack.cards()[0]!, "request.cancel");
  await rig.slack.waitFor(() => statusOf(second) === "choosing", "the second card's turn");
});

journey.concurrent("restart after restart after restart", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
  await shutDown(rig);
  for (const status of ["shutting_down", "snapshotting", "snapshotting", "powering_on"]) {
    await rig.shows(status);
    await rig.restart();
  }
  await isSound(rig);
});

journey.concurrent(
  "the cloud is silent during a restart with the VM off: it comes back all the same",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: { ...SLOW, snapshotMs: 10_000 } }] });
    await shutDown(rig);
    await rig.shows("snapshotting");
    rig.cloud.server.intercept(() => ({ kind: "reset", applied: false }));
    await rig.restart();
    expect((await fetch(`http://127.0.0.1:${rig.bot.port}/healthz`)).status).toBe(200);
    rig.cloud.server.intercept(undefined);
    await isSound(rig);
  },
);
