import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, type RigOptions, statusOf } from "../rig.ts";

const WAYS = [
  { way: "by its button", cancel: (rig: Rig) => rig.slack.click(BORIS, rig.card(), "request.cancel") },
  { way: "by command", cancel: (rig: Rig) => rig.slack.command(BORIS, OPS, "cancel WEB-01") },
] as const;

async function shutDown(rig: Rig) {
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
}

for (const { way, cancel } of WAYS) {
  journey.concurrent(`queued, cancelled ${way}: nothing has happened`, async ({ begin }) => {
    const recent = { name: "old", createdAt: new Date(Date.now() - 60_000), sizeGb: 1 };
    const rig = await begin({ vms: [{ name: "web-01", snapshots: [recent] }] });
    await rig.slack.command(BORIS, OPS, "create web-01");
    const queued = await rig.shows("queued");
    expect(buttonsOn(queued)).toEqual(["request.cancel"]);
    await cancel(rig);
    expect((await rig.shows("cancelled")).text).toContain("Cancelled by boris. No snapshot was taken.");
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
  });

  journey.concurrent(`choosing, cancelled ${way}: nothing has happened`, async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01" }] });
    await rig.slack.command(BORIS, OPS, "create web-01");
    await rig.shows("choosing");
    await cancel(rig);
    const cancelled = await rig.shows("cancelled");
    expect(cancelled.text).toContain("The VM is running.");
    expect(buttonsOn(cancelled)).toEqual(["request.retry"]);
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
  });

  journey.concurrent(
    `shutting down, cancelled ${way} before the guest obeys: it goes off late and comes back`,
    async ({ begin }) => {
      const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, shutdownMs: 40_000 } }] });
      await shutDown(rig);
      await rig.shows("shutting_down");
      await rig.until(() => rig.cloud.vm("web-01").operations.length === 1, "the shutdown");
      await cancel(rig);
      const watching = await rig.shows("powering_on");
      expect(watching.text).toContain("The guest has already been asked to shut down and may still do so.");
      await rig.shows("cancelled");
      expect(rig.cloud.vm("web-01")).toMatchObject({
        power: "Running",
        offPeriods: [{ to: expect.any(Date) }],
        snapshots: [],
      });
    },
  );

  journey.concurrent(
    `shutting down, cancelled ${way} when the VM is off but nobody has seen it yet: it comes back`,
    async ({ begin }) => {
      const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
      await shutDown(rig);
      const off = () => rig.cloud.vm("web-01").power === "Stopped";
      let isBlind = true;
      const wasAsked = () => rig.cloud.vm("web-01").operations.length > 0;
      rig.cloud.server.intercept((call) =>
        isBlind && call.method === "GET" && wasAsked()
          ? { kind: "answer", reply: { status: 503 }, applied: false }
          : undefined,
      );
      await rig.until(off, "the VM to go off");
      expect(statusOf(await rig.shows("shutting_down"))).toBe("shutting_down");
      await cancel(rig);
      await rig.shows("powering_on");
      isBlind = false;
      await rig.shows("cancelled");
      expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", snapshots: [] });
    },
  );

  journey.concurrent(`stuck, given up ${way}: no snapshot, the VM is left on`, async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", timing: QUICK, trouble: { ignoresShutdown: true } }],
      yaml: "snapshots: { shutdown_timeout: 10s }",
    });
    await shutDown(rig);
    await rig.shows("shutdown_stuck");
    await cancel(rig);
    expect((await rig.shows("cancelled")).text).toContain("The VM is running.");
    expect(rig.cloud.vm("web-01")).toMatchObject({ offPeriods: [], snapshots: [] });
  });
}

const LONG: RigOptions = { vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 30_000, bootMs: 20_000 } }] };

journey.concurrent(
  "a snapshot that has begun cannot be cancelled: the button is gone, and both ways are told why",
  async ({ begin }) => {
    const rig = await begin(LONG);
    await shutDown(rig);
    const begun = await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.text.includes("cannot be stopped") && rig.card(),
      "a card that says so",
    );
    expect(buttonsOn(begun)).toEqual([]);
    await rig.slack.command(BORIS, OPS, "cancel web-01");
    expect(await rig.told(BORIS)).toContain("The snapshot has already begun and cannot be stopped.");
    await rig.slack.click(BORIS, begun, "request.cancel", { evenIfGone: true });
    expect(await rig.told(BORIS, 2)).toContain("it switches it on again afterwards");

    await rig.shows("powering_on");
    await rig.slack.command(BORIS, OPS, "cancel web-01");
    expect(await rig.told(BORIS, 3)).toContain(
      "The VM is already being switched on again; there is nothing left to cancel.",
    );

    const done = await rig.shows("done");
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
    await rig.slack.command(BORIS, OPS, "cancel web-01");
    expect(await rig.told(BORIS, 4)).toContain("There is no open request for `web-01`.");
    await rig.slack.click(BORIS, done, "request.cancel", { evenIfGone: true });
    expect(await rig.told(BORIS, 5)).toContain("This request has already ended. Nothing has been changed.");
  },
);

journey.concurrent(
  "a snapshot that the cloud will not start yet can be cancelled; the VM comes back",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    rig.cloud.server.intercept((call) =>
      call.method === "POST" && call.body.includes('"snapshot"')
        ? {
            kind: "answer",
            reply: { status: 409, body: { id: "conflict", message: "Another action is in progress." } },
            applied: false,
          }
        : undefined,
    );
    await shutDown(rig);
    await rig.slack.waitFor(
      () => statusOf(rig.slack.cards()[0]) === "snapshotting" && buttonsOn(rig.card()).includes("request.cancel"),
      "a cancel button",
    );
    await rig.slack.click(BORIS, rig.card(), "request.cancel");
    await rig.shows("cancelled");
    expect(rig.cloud.vm("web-01")).toMatchObject({
      power: "Running",
      offPeriods: [{ to: expect.any(Date) }],
      snapshots: [],
    });
  },
);

journey.concurrent("somebody else's request cannot be cancelled, by button or command", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  await rig.slack.command(ANNA, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.cancel");
  expect(await rig.told(BORIS)).toBe("Only anna, who asked for this, may do that. Nothing has been changed.");
  await rig.slack.command(BORIS, OPS, "abbrechen web-01");
  expect(await rig.told(BORIS, 2)).toBe(
    "The open request for `web-01` is anna's; only they may cancel it. Nothing has been changed.",
  );
  expect(statusOf(rig.card())).toBe("choosing");
});
