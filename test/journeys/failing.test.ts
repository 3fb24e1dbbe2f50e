import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, statusOf } from "../rig.ts";

async function shutDown(rig: Rig, who = ANNA) {
  await rig.slack.command(who, OPS, "create web-01");
  await rig.slack.click(who, await rig.shows("choosing"), "request.shutdown");
}

journey.concurrent("a snapshot that fails: the VM is on again, the card says why and what to do", async ({ begin }) => {
  const rig = await begin({
    vms: [{ name: "web-01", timing: QUICK, trouble: { snapshotFails: "The pool is full." } }],
  });
  await shutDown(rig, BORIS);

  const failed = await rig.shows("failed");
  expect(rig.cloud.vm("web-01")).toMatchObject({
    power: "Running",
    offPeriods: [{ to: expect.any(Date) }],
    snapshots: [],
  });
  expect(failed.text).toContain("The cloud could not make the snapshot. The cloud says: The pool is full.");
  expect(failed.text).toMatch(/The VM was off for \d+ s and is running again\. Try again makes a new request/);
  expect(buttonsOn(failed)).toEqual(["request.retry"]);
  await rig.slack.waitFor(() => rig.thread(failed).some((line) => line.includes("Failed.")), "the end of the story");
  expect(rig.thread(failed).filter((line) => line.includes("<@"))).toEqual([
    `<@${BORIS}> Failed. The cloud could not make the snapshot. The cloud says: \`The pool is full.\``,
  ]);
});

journey.concurrent("a snapshot that stops half way is a failed one", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { snapshotStopsAt: 40 } }] });
  await shutDown(rig);
  expect((await rig.shows("failed")).text).toContain("Die Cloud konnte den Snapshot nicht erstellen.");
});

journey.concurrent(
  "trying again is a new card; the old one links to it; it waits for the cloud's ten minutes with the VM on, and goes on by itself",
  async ({ begin }) => {
    const rig = await begin({ speed: 150, vms: [{ name: "web-01", timing: QUICK, trouble: { snapshotFails: true } }] });
    await rig.slack.command(ANNA, OPS, 'create web-01 wanted --reason "Kernel"');
    await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
    const old = await rig.shows("failed");
    rig.cloud.trouble("web-01", { snapshotFails: undefined });
    await rig.slack.click(ANNA, old, "request.retry");

    const queued = await rig.shows("queued");
    await rig.slack.waitFor(
      () => queued.text.includes("ein Snapshot je VM") || queued.text.includes("einen Snapshot je VM"),
      "the cooldown on the card",
    );
    expect(queued.ts).not.toBe(old.ts);
    expect(queued.text).toMatch(
      /Um <!date\^\d+\^\{time\}\|[^>]+> geht es von selbst weiter\. Vorher wird nichts ausgeschaltet\./,
    );
    expect(queued.blocks).toContainEqual(
      expect.objectContaining({ elements: [expect.objectContaining({ text: "Grund: Kernel" })] }),
    );
    await rig.slack.waitFor(() => !buttonsOn(old).includes("request.retry"), "the old card without its button");
    await rig.slack.waitFor(
      () => JSON.stringify(old.blocks).includes(`archives/${OPS}/p${queued.ts.replace(".", "")}`),
      "the link to the new card",
    );
    expect(statusOf(old)).toBe("failed");
    const offs = rig.cloud.vm("web-01").offPeriods.length;

    const choosing = await rig.shows("choosing");
    expect(rig.cloud.vm("web-01").offPeriods).toHaveLength(offs);
    await rig.slack.waitFor(
      () => rig.thread(choosing).some((line) => line.includes(`<@${ANNA}> Wartet auf eine Auswahl`)),
      "a call to choose",
    );
    await rig.slack.click(ANNA, choosing, "request.live");
    await rig.shows("done");
    expect(rig.cloud.vm("web-01").snapshots.map(({ name }) => name)).toEqual(["wanted"]);
    expect(rig.slack.cards()).toHaveLength(2);
  },
);

journey.concurrent("Try again pressed twice is one new request; the second press is told so", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { snapshotFails: true } }] });
  await shutDown(rig, BORIS);
  const old = await rig.shows("failed");
  await Promise.all([rig.slack.click(BORIS, old, "request.retry"), rig.slack.click(BORIS, old, "request.retry")]);
  await rig.told(BORIS);
  await rig.shows("queued");
  await rig.slack.waitFor(() => !buttonsOn(old).includes("request.retry"), "the old card without its button");
  await rig.slack.click(BORIS, old, "request.retry", { evenIfGone: true });
  expect(await rig.told(BORIS, 2)).toContain("Somebody has already tried again; the card links to the new request.");
  expect(rig.slack.cards()).toHaveLength(2);
});

journey.concurrent(
  "a VM that cannot be switched on: the card is loud, the requester is called once, the button works for every member",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { powerOnFails: true } }] });
    await shutDown(rig, BORIS);
    const loud = await rig.slack.waitFor(() => {
      const card = rig.slack.cards()[0];
      return card && rig.thread(card).some((line) => line.includes(`<@${BORIS}>`)) && card;
    }, "a call for the requester");
    expect(statusOf(loud)).toBe("powering_on");
    expect(loud.text).toContain(
      "The VM is not on yet. The cloud says: Unexpected server-side error. Shutter keeps trying, at least every 30 seconds, until it runs.",
    );
    expect(buttonsOn(loud)).toEqual(["vm.power_on"]);

    rig.cloud.trouble("web-01", { powerOnFails: undefined });
    await rig.slack.click(ANNA, loud, "vm.power_on");
    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
    expect(rig.thread(done)).toContain("anna pressed Switch on now.");
    expect(rig.thread(done).filter((line) => line.includes("<@"))).toEqual([
      `<@${BORIS}> The VM does not come on: \`Unexpected server-side error\`. Shutter keeps trying. Please have a look.`,
    ]);
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", snapshots: [{}] });
  },
);

journey.concurrent(
  "500s for a while when switching on: it is tried every few seconds until it works, without anybody",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { powerOnFails: 6 } }] });
    const tries: number[] = [];
    rig.cloud.server.onCall(({ call }) => call.body.includes("power_on") && tries.push(Number(rig.clock.now())));
    await shutDown(rig, BORIS);
    await rig.shows("done");
    expect(tries).toHaveLength(7);
    for (const [at, time] of tries.entries()) if (at > 0) expect(time - tries[at - 1]!).toBeLessThan(31_000);
  },
);

journey.concurrent(
  "a power-on that is accepted and does nothing is asked for again and said aloud",
  async ({ begin }) => {
    const rig = await begin({ speed: 60, vms: [{ name: "web-01", timing: QUICK, trouble: { bootNever: true } }] });
    await shutDown(rig, BORIS);
    await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.text.includes("The cloud accepted the call, but the VM does not run"),
      "a loud card",
    );
    rig.cloud.trouble("web-01", { bootNever: undefined });
    await rig.slack.click(ANNA, rig.card(), "vm.power_on");
    await rig.shows("done");
  },
);

journey.concurrent(
  "a VM that is destroyed meanwhile ends the request, and nothing is owed to it",
  async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 60_000 } }, { name: "web-02" }],
    });
    await shutDown(rig, BORIS);
    await rig.shows("snapshotting");
    rig.cloud.destroy("web-01");
    expect((await rig.shows("failed")).text).toContain("The cloud does not know this VM any more.");
  },
);
