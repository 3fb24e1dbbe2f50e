import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig } from "../rig.ts";

const yaml = "snapshots: { safety_question: 30s }";

/** A safety snapshot of Boris, made live. */
async function safe(rig: Rig) {
  await rig.slack.command(BORIS, OPS, 'before "kernel upgrade" web-01 --live');
  const done = await rig.shows("done");
  expect(done.text).toContain("Why: kernel upgrade");
  return done;
}

const asked = (rig: Rig, times = 1) =>
  rig.slack.waitFor(
    () => rig.thread(rig.card()).filter((line) => line.includes("still needed?")).length >= times,
    "the question",
  );

journey.concurrent(
  "before: the requester is asked later, in the thread with its buttons and on the card",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }], yaml });
    const done = await safe(rig);
    expect(buttonsOn(done)).toEqual(["snapshot.rename", "snapshot.restore", "snapshot.delete"]);
    await asked(rig);
    const question = rig.slack.messages().find(({ threadTs, text }) => threadTs && text.includes("still needed?"));
    expect(question?.text).toContain(`<@${BORIS}>`);
    expect(question && buttonsOn(question)).toEqual(["request.keep", "snapshot.restore", "snapshot.delete"]);
    await rig.until(() => buttonsOn(rig.card())[0] === "request.keep", "the buttons on the card");

    await rig.slack.click(ANNA, rig.card(), "request.keep");
    expect(await rig.told(ANNA)).toContain("nur, wer sie gestellt hat");
    await rig.slack.click(BORIS, rig.card(), "request.keep");
    await rig.until(() => rig.card().text.includes("boris keeps this safety snapshot."), "the answer on the card");
    expect(buttonsOn(rig.card())).toEqual(["snapshot.rename", "snapshot.restore", "snapshot.delete"]);
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  },
);

journey.concurrent(
  "unanswered it stays, and is asked about once more; a restart in between loses nothing",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }], yaml });
    await safe(rig);
    await rig.restart();
    await asked(rig);
    await rig.restart();
    await asked(rig, 2);
    await rig.restart();
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
    expect(rig.thread(rig.card()).filter((line) => line.includes("still needed?"))).toHaveLength(2);
  },
);

journey.concurrent("nobody is asked about a snapshot that was deleted elsewhere meanwhile", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }], yaml });
  const done = await safe(rig);
  rig.cloud.panel("web-01").deleteSnapshot(rig.cloud.vm("web-01").snapshots[0]!.id);
  const looks = () => rig.cloud.server.journal.filter(({ call: { path } }) => path.endsWith("/snapshots")).length;
  const before = looks();
  await rig.until(() => looks() > before, "the look at what there is");
  await rig.restart();
  expect(rig.thread(done).filter((line) => line.includes("still needed?"))).toEqual([]);
});
