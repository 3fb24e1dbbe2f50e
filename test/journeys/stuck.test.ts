import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, type RigOptions, statusOf } from "../rig.ts";

const yaml = "snapshots: { shutdown_timeout: 20s }";

/** Anna's request whose guest does not obey. */
const stubborn: RigOptions = {
  yaml,
  vms: [{ name: "web-01", timing: QUICK, trouble: { ignoresShutdown: true } }],
};

async function getStuck(rig: Rig) {
  await rig.slack.command(ANNA, OPS, "create web-01");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  const card = await rig.shows("shutdown_stuck");
  expect(buttonsOn(card)).toEqual(["request.wait", "request.power_off", "request.live", "request.cancel"]);
  return card;
}

journey.concurrent(
  "stuck: the requester is called exactly once, and another member may wait until it goes off",
  async ({ begin }) => {
    const rig = await begin(stubborn);
    const card = await getStuck(rig);
    await rig.slack.click(BORIS, card, "request.wait");
    await rig.shows("shutting_down");
    rig.cloud.panel("web-01").goOff();
    const done = await rig.shows("done");
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0, snapshots: [{ live: false }] });
    await rig.slack.waitFor(() => rig.thread(done).includes("Fertig."), "the end of the story");
    expect(rig.thread(done)).toContain("boris hat gewählt: noch einmal warten.");
    expect(rig.thread(done).filter((line) => line.includes(`<@${ANNA}>`))).toEqual([
      `<@${ANNA}> Die VM ist nicht rechtzeitig heruntergefahren. Jemand muss entscheiden. Jedes Mitglied darf warten oder aufgeben, und alles andere, soweit die Regeln es erlauben.`,
    ]);
    expect(rig.thread(done).some((line) => line.includes(`<@${BORIS}>`))).toBe(false);
  },
);

journey.concurrent("stuck: powered off hard by another member", async ({ begin }) => {
  const rig = await begin(stubborn, ["hard power-off"]);
  const card = await getStuck(rig);
  await rig.slack.click(BORIS, card, "request.power_off");
  const done = await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 1, snapshots: [{ live: false }] });
  await rig.slack.waitFor(() => rig.thread(done).includes("Fertig."), "the end of the story");
  expect(rig.thread(done)).toContain("boris hat gewählt: hart ausschalten.");
});

journey.concurrent(
  "stuck: hard power-off needs a confirmation, and button and dialog look dangerous",
  async ({ begin }) => {
    const rig = await begin(stubborn);
    const card = await getStuck(rig);
    const buttons = card.blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
    expect(buttons.find(({ action_id }) => action_id === "request.power_off")).toMatchObject({
      style: "danger",
      confirm: { style: "danger", title: { text: "web-01 hart ausschalten?" } },
    });
    await rig.slack.click(ANNA, card, "request.cancel");
    await rig.shows("cancelled");
  },
);

journey.concurrent("stuck: taken live instead, by another member; the VM is left on", async ({ begin }) => {
  const rig = await begin(stubborn);
  await rig.slack.click(BORIS, await getStuck(rig), "request.live");
  const done = await rig.shows("done");
  expect(done.text).toContain("Die VM lief die ganze Zeit.");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", offPeriods: [], snapshots: [{ live: true }] });
});

journey.concurrent("stuck: given up by another member; a guest that obeys late comes back", async ({ begin }) => {
  const rig = await begin(stubborn);
  await rig.slack.click(BORIS, await getStuck(rig), "request.cancel");
  await rig.shows("powering_on");
  rig.cloud.panel("web-01").goOff();
  const cancelled = await rig.shows("cancelled");
  expect(cancelled.text).toContain("Abgebrochen von boris. Es wurde kein Snapshot erstellt.");
  expect(rig.cloud.vm("web-01")).toMatchObject({
    power: "Running",
    offPeriods: [{ to: expect.any(Date) }],
    snapshots: [],
  });
});

journey.concurrent(
  "stuck: given up; a guest that obeys after the end comes back too, and the card said so",
  async ({ begin }) => {
    const rig = await begin(stubborn);
    await rig.slack.click(ANNA, await getStuck(rig), "request.cancel");
    const cancelled = await rig.shows("cancelled");
    expect(cancelled.text).toContain("behält Shutter die VM im Blick");
    expect(rig.cloud.vm("web-01").offPeriods).toEqual([]);
    rig.cloud.panel("web-01").goOff();
    const isTold = () => rig.thread(cancelled).some((line) => /^<@UANNA> .*verspätet doch heruntergefahren/.test(line));
    await rig.slack.waitFor(
      () => isTold() && rig.cloud.vm("web-01").offPeriods[0]?.to && !cancelled.text.includes("im Blick"),
      "the VM to come back, and the card to say so",
    );
  },
);

journey.concurrent(
  "stuck: given up with somebody waiting behind; a guest that obeys late comes back all the same",
  async ({ begin }) => {
    const rig = await begin(stubborn);
    const card = await getStuck(rig);
    await rig.slack.command(BORIS, OPS, "create web-01 --off");
    await rig.slack.waitFor(() => rig.slack.cards().length === 2, "the card of the second request");
    await rig.slack.click(ANNA, card, "request.cancel");
    await rig.slack.waitFor(() => statusOf(card) === "cancelled", "the end of the first request");
    rig.cloud.panel("web-01").goOff();
    const isBack = () => rig.cloud.vm("web-01").offPeriods[0]?.to !== undefined;
    await rig.slack.waitFor(() => rig.thread(card).includes("Die VM läuft.") && isBack(), "the VM to come back");
  },
);

journey.concurrent(
  "stuck: a live snapshot is under way when the guest obeys after all; it comes back",
  async ({ begin }) => {
    const rig = await begin({
      ...stubborn,
      vms: [{ ...stubborn.vms![0]!, timing: { ...QUICK, snapshotMs: 120_000 } }],
    });
    await rig.slack.click(BORIS, await getStuck(rig), "request.live");
    await rig.shows("snapshotting");
    rig.cloud.panel("web-01").goOff();
    await rig.shows("done");
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", offPeriods: [{ to: expect.any(Date) }] });
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  },
);

journey.concurrent("stuck: a guest of the workspace is refused, in private, and nothing happens", async ({ begin }) => {
  const rig = await begin(stubborn);
  const card = await getStuck(rig);
  const before = rig.cloud.vm("web-01").operations.length;
  for (const [at, way] of ["request.wait", "request.power_off", "request.live", "request.cancel"].entries()) {
    await rig.slack.click(CLARA, card, way);
    expect(await rig.told(CLARA, at + 1)).toBe(
      "Only full members of this workspace may do that. Nothing has been changed.",
    );
  }
  expect(card.metadata?.event_payload.status).toBe("shutdown_stuck");
  expect(rig.cloud.vm("web-01").operations).toHaveLength(before);
});

journey.concurrent("stuck: a VM that goes off by itself is snapshotted at once, without anybody", async ({ begin }) => {
  const rig = await begin({
    yaml,
    vms: [{ name: "web-01", timing: QUICK, trouble: { ignoresShutdown: { afterMs: 30_000 } } }],
  });
  await getStuck(rig);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0, snapshots: [{ live: false }] });
});

journey.concurrent("stuck again after waiting: the card asks again", async ({ begin }) => {
  const rig = await begin(stubborn);
  const card = await getStuck(rig);
  await rig.slack.click(ANNA, card, "request.wait");
  await rig.slack.waitFor(
    () => rig.thread(card).filter((line) => line.includes(`<@${ANNA}>`)).length === 2,
    "a second call",
  );
  await rig.shows("shutdown_stuck");
  await rig.slack.click(ANNA, card, "request.cancel");
  await rig.shows("cancelled");
});

journey.concurrent(
  "fifty clicks by two people at once are one decision, and everybody else is told who decided",
  async ({ begin }) => {
    const rig = await begin(stubborn, ["hard power-off"]);
    const card = await getStuck(rig);
    const clicks = Array.from({ length: 25 }, () => [
      rig.slack.click(ANNA, card, "request.live"),
      rig.slack.click(BORIS, card, "request.power_off"),
    ]);
    for (const answer of await Promise.all(clicks.flat())) expect(answer.status).toBe(200);

    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.slack.privateAnswers().length === 49, "49 private answers");
    await rig.slack.waitFor(() => rig.thread(done).includes("Fertig."), "the end of the story");
    const chose = rig.thread(done).filter((line) => /gewählt: (Live-Snapshot|hart ausschalten)/.test(line));
    expect(chose).toHaveLength(1);
    const wasHard = chose[0]!.includes("hart");
    expect(rig.cloud.vm("web-01")).toMatchObject({ hardPowerOffs: wasHard ? 1 : 0, snapshots: [{ live: !wasHard }] });
    for (const { text } of rig.slack.privateAnswers()) expect(text).toMatch(wasHard ? /boris/ : /anna/);
  },
);
