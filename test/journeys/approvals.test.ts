import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import type { Message } from "../../src/demo/slack.ts";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, statusOf } from "../rig.ts";
import { asksFor, CLEO, DORA, EMIL, idOf, memoryOf, pressed, prod, SRE, slack, submitted, yaml } from "./deputies.ts";
import { called, dialogOf } from "./managing.ts";

/** Approvals as people have them: asked for, given, refused, forgotten. */

const approve = (rig: Rig, who: string, card = rig.card()) => rig.slack.click(who, card, "request.approve");
const one = { slack, yaml, vms: [{ name: "web-01", tags: ["one"], timing: QUICK }] };
const says = (rig: Rig, text: string) =>
  rig.slack.waitFor(() => rig.card().text.includes(text) && rig.card(), `a card that says ${text}`);

journey.concurrent("two say yes, and it goes on by itself; the buttons go and the names stay", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksFor(rig);
  expect(buttonsOn(card)).toEqual(["request.approve", "request.deny", "request.break_glass", "request.cancel"]);
  expect(card.text).toContain("anna asks to take a live snapshot.");
  expect(card.text).toContain("The VM keeps running.");
  expect(card.text).toMatch(/Fingerprint of this request: `?[0-9a-f]{8}/);
  await approve(rig, BORIS);
  await says(rig, "Approved so far: boris.");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  await approve(rig, CLEO);
  const done = await rig.shows("done");
  expect(done.text).toContain("Approved by boris, cleo");
  expect(buttonsOn(done).filter((id) => /approve|deny|break_glass/.test(id))).toEqual([]);
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
});

journey.concurrent("of two who approve at the same moment none is lost", async ({ begin }) => {
  const rig = await begin(prod);
  await asksFor(rig);
  await Promise.all([approve(rig, BORIS), approve(rig, CLEO)]);
  const done = await rig.shows("done");
  expect(done.text).toMatch(/Approved by (boris, cleo|cleo, boris)/);
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
});

journey.concurrent("of approve and deny at the same moment one wins, and the other is told", async ({ begin }) => {
  const rig = await begin(one);
  const card = await asksFor(rig);
  await Promise.all([approve(rig, BORIS), submitted(rig, CLEO, "deny", memoryOf(card))]);
  const loser = await rig.slack.waitFor(
    () => [BORIS, CLEO].find((who) => rig.slack.privateAnswers(who).length > 0),
    "the one who came second",
  );
  expect(await rig.told(loser)).toMatch(/^(boris|cleo) decided this at .*Nothing here waits for approval any more/);
  const end = await rig.shows(loser === CLEO ? "done" : "denied");
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(statusOf(end) === "done" ? 1 : 0);
});

journey.concurrent("denied: the requester is told why, and asks again with one click", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksFor(rig);
  await rig.slack.click(BORIS, card, "request.deny");
  await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  rig.slack.fill(BORIS, "decision.why", "not *tonight* <!channel>");
  await rig.slack.submit(BORIS);
  const denied = await rig.shows("denied");
  expect(denied.text).toContain("boris denied it. Why: not *tonight* &lt;!channel&gt;");
  expect(buttonsOn(denied)).toEqual(["request.retry"]);
  await rig.slack.waitFor(() => rig.thread(denied).some((line) => line.includes(`<@${ANNA}>`)), "a word to Anna");
  await rig.slack.click(ANNA, denied, "request.retry");
  const again = await rig.shows("awaiting_approval");
  expect(idOf(again)).not.toBe(idOf(denied));
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("a no without a reason is none", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksFor(rig);
  const answer = await submitted(rig, BORIS, "deny", memoryOf(card), "  ");
  expect(answer.json()).toEqual({ response_action: "errors", errors: { why: "Say why." } });
  const broken = await submitted(rig, BORIS, "deny", "{nonsense");
  expect(broken.json()).toMatchObject({ response_action: "errors" });
  expect(statusOf(card)).toBe("awaiting_approval");
});

journey.concurrent("it reminds, expires, and can be asked for again", async ({ begin }) => {
  const reminding = yaml
    .replace("count: 2, expires: 2h }", "count: 2, expires: 30m, remind: 10m }")
    .replace("tag:kept", "x");
  const rig = await begin({
    ...prod,
    speed: 1500,
    yaml: reminding.replaceAll("expires: 2h }", "expires: 30m, remind: 10m }"),
  });
  const card = await asksFor(rig);
  const expired = await rig.shows("expired");
  expect(expired.text).toContain("Not enough people approved it in time. Nothing has been changed.");
  expect(buttonsOn(expired)).toEqual(["request.retry"]);
  await rig.slack.waitFor(() => rig.thread(card).length >= 3, "the story with its reminders");
  await rig.slack.click(ANNA, expired, "request.retry");
  await rig.slack.waitFor(() => rig.slack.cards().length === 2, "a new card");
});

journey.concurrent("a yes counts on where the policy says so, although its right is lost", async ({ begin }) => {
  const rig = await begin({ slack, yaml, vms: [{ name: "web-01", tags: ["kept"], timing: QUICK }] });
  await asksFor(rig);
  await approve(rig, BORIS);
  await says(rig, "Approved so far: boris.");
  await rig.slack.changeGroup(SRE, { users: [CLEO] });
  await approve(rig, CLEO);
  await rig.shows("done");
});

journey.concurrent("a yes is void where its right is lost, and a third one takes its place", async ({ begin }) => {
  const rig = await begin(prod);
  await asksFor(rig);
  await approve(rig, BORIS);
  await says(rig, "Approved so far: boris.");
  await rig.slack.changeGroup(SRE, { users: [CLEO, DORA] });
  await approve(rig, CLEO);
  await says(rig, "cleo");
  expect(statusOf(rig.card())).toBe("awaiting_approval");
  await approve(rig, DORA);
  expect((await rig.shows("done")).text).toContain("Approved by cleo, dora");
});

journey.concurrent("an emergency goes on at once, with its reason, which stays on the card", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksFor(rig);
  await rig.slack.click(EMIL, card, "request.break_glass");
  await rig.slack.waitFor(() => rig.slack.view(EMIL), "the dialog");
  rig.slack.fill(EMIL, "decision.why", "the shop is down");
  await rig.slack.submit(EMIL);
  const done = await rig.shows("done");
  expect(done.text).toContain("emil went on without approval. Why: the shop is down");
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
});

journey.concurrent("in German, too", async ({ begin }) => {
  const rig = await begin({ ...one });
  const card = await asksFor(rig, "web-01", DORA);
  expect(card.text).toContain("dora möchte einen Live-Snapshot erstellen.");
  await rig.slack.click(DORA, card, "request.approve");
  expect(await rig.told(DORA)).toBe(
    "Du hast das selbst angefragt; jemand anders muss es freigeben. Es wurde nichts geändert.",
  );
  await approve(rig, BORIS);
  expect((await rig.shows("done")).text).toContain("Freigegeben von boris");
});

journey.concurrent("a restart in the middle loses neither the question nor a yes", async ({ begin }) => {
  const rig = await begin(prod);
  await asksFor(rig);
  await approve(rig, BORIS);
  await says(rig, "Approved so far: boris.");
  await rig.restart();
  await approve(rig, CLEO);
  expect((await rig.shows("done")).text).toContain("Approved by boris, cleo");
});

journey.concurrent("deleting, restoring and pulling the plug wait for two of the group", async ({ begin }) => {
  const rig = await begin({
    slack,
    yaml,
    vms: ["web-01", "web-02"].map((name) => ({
      name,
      tags: ["prod"],
      timing: QUICK,
      snapshots: called("old", "older"),
    })),
  });
  await dialogOf(rig, ANNA, "delete web-01 old");
  await rig.slack.submit(ANNA);
  await rig.shows("awaiting_approval", "web-01");
  await dialogOf(rig, ANNA, "restore web-02 old");
  rig.slack.fill(ANNA, "restore.vm", "web-02");
  await rig.slack.submit(ANNA);
  const restore = await rig.shows("awaiting_approval", "web-02");
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(2);
  expect(restore.text).toContain("anna asks to restore");
  for (const vm of ["web-01", "web-02"]) {
    await approve(rig, BORIS, rig.card(vm));
    await approve(rig, CLEO, rig.card(vm));
  }
  await rig.shows("done", "web-01");
  await rig.shows("done", "web-02");
  expect(rig.cloud.vm("web-01").snapshots.map(({ name }) => name)).toEqual(["older"]);
});

const stubborn = {
  slack,
  yaml: yaml.replace('- when: { vm: "tag:prod" }', '- when: { action: power_off, vm: "tag:prod" }'),
  vms: [{ name: "web-01", tags: ["prod"], timing: QUICK, trouble: { ignoresShutdown: true as const } }],
};

/** A guest hangs, and a member has pressed what pulls the plug. */
async function plugToBePulled(rig: Rig, who: string) {
  await rig.slack.command(ANNA, OPS, "create web-01");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  await rig.slack.click(who, await rig.shows("shutdown_stuck"), "request.power_off");
  return rig.shows("awaiting_approval");
}

journey.concurrent("a stuck VM: whoever wants the plug pulled is not one of the two", async ({ begin }) => {
  const rig = await begin(stubborn, ["hard power-off"]);
  const card = await plugToBePulled(rig, BORIS);
  expect(card.text).toContain("boris asks to power the VM off hard.");
  await approve(rig, BORIS);
  expect(await rig.told(BORIS)).toMatch(/^You have asked for this yourself/);
  await approve(rig, CLEO);
  await says(rig, "Approved so far: cleo.");
  expect(rig.cloud.vm("web-01").hardPowerOffs).toBe(0);
  await approve(rig, DORA);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 1 });
});

journey.concurrent("a stuck VM: denied, the question comes back, and any member may wait on", async ({ begin }) => {
  const rig = await begin(stubborn);
  const card = await plugToBePulled(rig, ANNA);
  await submitted(rig, CLEO, "deny", memoryOf(card));
  const stuck = await rig.shows("shutdown_stuck");
  expect(buttonsOn(stuck)).toEqual(["request.wait", "request.power_off", "request.live", "request.cancel"]);
  await rig.slack.click(EMIL, stuck, "request.cancel");
  await rig.shows("cancelled");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
});

journey.concurrent(
  "a stuck VM: it goes off while the plug is to be approved, and nobody is needed",
  async ({ begin }) => {
    const rig = await begin({
      ...stubborn,
      vms: [{ name: "web-01", tags: ["prod"], timing: QUICK, trouble: { ignoresShutdown: { afterMs: 90_000 } } }],
    });
    await plugToBePulled(rig, ANNA);
    await rig.shows("done");
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0, snapshots: [{}] });
  },
);

journey.concurrent("a stuck VM: a yes or a no on an old screen counts for no later question", async ({ begin }) => {
  const rig = await begin(stubborn);
  const card = await plugToBePulled(rig, ANNA);
  const first = questionOn(card);
  await submitted(rig, CLEO, "deny", memoryOf(card));
  await rig.slack.click(ANNA, await rig.shows("shutdown_stuck"), "request.power_off");
  await rig.shows("awaiting_approval");
  const old = { action_id: "request.approve", value: idOf(card), block_id: first };
  await pressed(rig, { id: BORIS, team_id: rig.slack.teamId }, card, old);
  expect(await rig.told(BORIS)).toMatch(/Nothing here waits for approval any more/);
  await submitted(rig, DORA, "deny", { ...memoryOf(card), askedAt: new Date(Number(first?.split("/").at(-1))) });
  expect(await rig.told(DORA)).toMatch(/Hier wartet nichts mehr auf Freigabe/);
  expect(statusOf(card)).toBe("awaiting_approval");
  expect(card.text).not.toContain("Approved so far");
  await pressed(rig, { id: BORIS, team_id: rig.slack.teamId }, card, { ...old, block_id: questionOn(card) });
  await says(rig, "Approved so far: boris.");
});

/** The block with the buttons, which says which question it is. */
const questionOn = ({ blocks }: Message) => blocks.find(({ type }) => type === "actions")?.block_id;

journey.concurrent("an approved way is that way: a plug is another question", async ({ begin }) => {
  const rig = await begin({ ...stubborn, yaml });
  await rig.slack.command(ANNA, OPS, "create web-01 --off");
  await rig.shows("awaiting_approval");
  await approve(rig, BORIS);
  await approve(rig, CLEO);
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  const stuck = await rig.shows("shutdown_stuck");
  await rig.slack.click(EMIL, stuck, "request.live");
  const live = await rig.shows("awaiting_approval");
  expect(live.text).toContain("emil asks to take a live snapshot.");
  await submitted(rig, CLEO, "deny", memoryOf(live));
  await rig.slack.click(ANNA, await rig.shows("shutdown_stuck"), "request.cancel");
  await rig.shows("cancelled");
  expect(rig.cloud.vm("web-01")).toMatchObject({ hardPowerOffs: 0, snapshots: [], power: "Running" });
});

journey.concurrent("approved while another request has the VM: it waits its turn", async ({ begin }) => {
  const rig = await begin({
    slack,
    yaml: yaml.replace('- when: { vm: "tag:one" }', '- when: { vm: "tag:one", how: live, action: create }'),
    vms: [{ name: "web-01", tags: ["one"], timing: { ...QUICK, snapshotMs: 40_000 } }],
  });
  await rig.slack.command(EMIL, OPS, "create web-01");
  await rig.slack.click(EMIL, await rig.shows("choosing"), "request.shutdown");
  await rig.shows("snapshotting");
  const card = await asksFor(rig);
  await approve(rig, BORIS, card);
  await rig.slack.waitFor(() => statusOf(card) === "queued" && card.text.includes("Behind"), "its place in the queue");
  expect(card.text).toContain("Approved by boris");
});

journey.concurrent(
  "what the policy does not want any more needs one yes of those who were asked",
  async ({ begin }) => {
    const rig = await begin(prod);
    const card = await asksFor(rig);
    await rig.bot.obey(rulesIn(parseBehaviour("policy: [{ allow: everyone }]", "shutter.yml").behaviour!));
    await approve(rig, EMIL, card);
    await rig.told(EMIL);
    expect(statusOf(card)).toBe("awaiting_approval");
    await rig.bot.obey(rulesIn(parseBehaviour(yaml.replaceAll("count: 2", "count: 1"), "shutter.yml").behaviour!));
    await approve(rig, CLEO, card);
    await rig.shows("done");
  },
);

journey.concurrent("a stuck VM: while the plug is to be approved, any member may still give up", async ({ begin }) => {
  const rig = await begin(stubborn);
  const card = await plugToBePulled(rig, ANNA);
  await rig.slack.click(EMIL, card, "request.cancel");
  await rig.shows("cancelled");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0, snapshots: [] });
});

journey.concurrent("approved, and gone meanwhile: nothing else is deleted in its place", async ({ begin }) => {
  const rig = await begin({
    slack,
    yaml,
    vms: [{ name: "web-01", tags: ["one"], timing: QUICK, snapshots: called("old", "older") }],
  });
  await dialogOf(rig, ANNA, "delete web-01 old");
  await rig.slack.submit(ANNA);
  const card = await rig.shows("awaiting_approval");
  const { id } = rig.cloud.vm("web-01").snapshots.find(({ name }) => name === "old")!;
  rig.cloud.panel("web-01").deleteSnapshot(id);
  await approve(rig, BORIS, card);
  await rig.slack.waitFor(() => statusOf(card) !== "awaiting_approval" && statusOf(card) !== "queued", "the end");
  expect(rig.cloud.vm("web-01").snapshots.map(({ name }) => name)).toEqual(["older"]);
});
