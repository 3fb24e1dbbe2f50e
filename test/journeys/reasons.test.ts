import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import { opensHome } from "../home-page.ts";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, type RigOptions } from "../rig.ts";
import { answerTo } from "./answer-to.ts";
import { CLEO, slack } from "./deputies.ts";
import { asked, called, dialogOf, entered, namesOf, said } from "./managing.ts";

/** What the rules want to be told besides: why, the VM's name, or both. It is asked for, not only refused. */

const REASON = "allow: everyone, approval: { by: [group:sre], reason: required }";
const rule = (...lines: string[]) => `policy:\n${lines.map((line) => `  - { ${line} }\n`).join("")}`;
const web = { name: "web-01", timing: QUICK };
const withRules = (...lines: string[]): RigOptions => ({ slack, vms: [web], yaml: rule(...lines) });
const obeys = (rig: Rig, ...lines: string[]) =>
  rig.bot.obey(rulesIn(parseBehaviour(rule(...lines), "shutter.yml").behaviour!));

/** Says why in the open dialog, and sends it. */
async function says(rig: Rig, who: string, why: string, name?: string): Promise<void> {
  rig.slack.fill(who, "confirm.reason", why);
  if (name !== undefined) rig.slack.fill(who, "confirm.vm", name);
  await rig.slack.submit(who);
}

/** What was written to somebody who is in no channel, as at Home. */
const written = (rig: Rig, who: string, words: string) =>
  rig.slack.waitFor(
    () => rig.slack.directMessages(who).find(({ text }) => text.includes(words)),
    `a message to ${who}: ${words}`,
  );

/** Slack does not take the trigger of the next click any more. */
function loseTriggers(rig: Rig): () => void {
  rig.slack.server.intercept(({ path }) =>
    path === "/api/views.open"
      ? { kind: "answer", applied: false, reply: { status: 200, body: { ok: false, error: "expired_trigger_id" } } }
      : undefined,
  );
  return () => rig.slack.server.intercept(undefined);
}

journey.concurrent(
  "rename: why is said with the command, and stands on the card and in the history",
  async ({ begin }) => {
    const rig = await begin({ ...withRules(REASON), vms: [{ ...web, snapshots: called("first") }] });
    await rig.slack.command(ANNA, OPS, 'rename web-01 first before the upgrade --reason "kernel 6.12"');
    const card = await rig.shows("awaiting_approval");
    expect(card.text).toContain("Why: kernel 6.12");
    await rig.slack.click(BORIS, card, "request.approve");
    await rig.shows("done");
    expect(namesOf(rig, "web-01")).toEqual(["before the upgrade"]);
    const history = await answerTo(rig, ANNA, "history web-01");
    await rig.slack.clickPrivate(ANNA, history, "history.csv");
    const isThere = () => rig.slack.directMessages(ANNA).findLast(({ files }) => files);
    const { files } = await rig.slack.waitFor(isThere, "the history as a file");
    expect(files![0]!.text).toContain("reason: kernel 6.12");
  },
);

journey.concurrent("rename without a reason: a dialog asks for it, and sending it renames", async ({ begin }) => {
  const rig = await begin({ ...withRules(REASON), vms: [{ ...web, snapshots: called("first") }] });
  await rig.slack.command(ANNA, OPS, "rename web-01 first second");
  const view = await asked(rig, ANNA);
  expect(view).toMatchObject({ title: "Why", submit: "Go on" });
  expect(said(view)).toContain("`web-01`: rename `first` to `second`");
  await expect(rig.slack.submit(ANNA)).rejects.toThrow("does not send this form");
  await says(rig, ANNA, "   ");
  expect(view.errors).toEqual({ reason: "Say why." });
  expect(rig.slack.cards()).toEqual([]);
  await says(rig, ANNA, "kernel 6.12");
  const card = await rig.shows("awaiting_approval");
  expect(card.channel).toBe(OPS);
  expect(card.text).toContain("Why: kernel 6.12");
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["second"]);
});

journey.concurrent("the rename dialog has a field for it, which the rules can make required", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ ...web, snapshots: called("first", "second") }] });
  const view = await dialogOf(rig, BORIS, 'rename web-01 first --reason "kernel 6.12"');
  expect(entered(rig, BORIS, "rename.reason")?.value).toBe("kernel 6.12");
  await rig.slack.choose(BORIS, view, "rename.snapshot", "second");
  await rig.slack.waitFor(() => entered(rig, BORIS, "rename.name")?.value === "second", "the other name");
  expect(entered(rig, BORIS, "rename.reason")?.value).toBe("kernel 6.12");
  rig.slack.fill(BORIS, "rename.name", "third");
  rig.slack.fill(BORIS, "rename.reason", "");
  await obeys(rig, REASON);
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ reason: "Say why." });
  expect(rig.slack.cards()).toEqual([]);
  rig.slack.fill(BORIS, "rename.reason", "another kernel");
  await rig.slack.submit(BORIS);
  expect((await rig.shows("awaiting_approval")).text).toContain("Why: another kernel");
});

journey.concurrent("every dialog that is sent without a reason says so at its field", async ({ begin }) => {
  const rig = await begin({ ...withRules(REASON), vms: [{ ...web, snapshots: called("first", "second") }] });
  const required = (view: { blocks: readonly object[] }) =>
    view.blocks.find((block) => "block_id" in block && block.block_id === "reason");
  for (const kind of ["rename", "restore", "delete"]) {
    const view = await dialogOf(rig, ANNA, `${kind} web-01 first`);
    expect(required(view)).toMatchObject({ optional: false });
    if (kind === "rename") rig.slack.fill(ANNA, "rename.name", "third");
    if (kind === "restore") rig.slack.fill(ANNA, "restore.vm", "web-01");
    rig.slack.fill(ANNA, `${kind}.reason`, " ");
    await rig.slack.submit(ANNA);
    expect(view.errors).toEqual({ reason: "Say why." });
    await rig.slack.closeView(ANNA);
  }
  const view = await dialogOf(rig, ANNA, "");
  await rig.slack.choose(ANNA, view, "create.vm", "web-01");
  await rig.slack.submit(ANNA);
  expect(view.errors).toEqual({ reason: "Say why." });
  rig.slack.fill(ANNA, "create.reason", "kernel 6.12");
  await rig.slack.submit(ANNA);
  expect((await rig.shows("awaiting_approval")).text).toContain("Why: kernel 6.12");
});

journey.concurrent(
  "a way on the card: the dialog asks why, and what approvers see is what is done",
  async ({ begin }) => {
    const rig = await begin(withRules(`when: { action: create, how: offline }, ${REASON}`, "allow: everyone"));
    await rig.slack.command(ANNA, OPS, "create web-01");
    const choosing = await rig.shows("choosing");
    await rig.slack.click(ANNA, choosing, "request.shutdown");
    const view = await asked(rig, ANNA);
    expect(said(view)).toContain("`web-01`: shut the VM down, take a snapshot and switch it on again");
    expect(view.blocks.filter(({ type }) => type === "input")).toHaveLength(1);
    await says(rig, ANNA, "kernel 6.12");
    const card = await rig.shows("awaiting_approval");
    expect(card.text).toContain("Why: kernel 6.12");
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
    await rig.slack.click(BORIS, card, "request.approve");
    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
    expect(rig.thread(done)).toContain("anna said why: `kernel 6.12`");
    expect((await answerTo(rig, CLEO, "list web-01")).text).toContain("kernel 6.12");
  },
);

journey.concurrent("approved without a reason: with it, it is asked for anew", async ({ begin }) => {
  const rig = await begin(
    withRules(`when: { how: offline, action: create }, ${REASON}`, "allow: everyone, approval: { by: [group:sre] }"),
  );
  await rig.slack.command(ANNA, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  await asked(rig, ANNA);
  await says(rig, ANNA, "kernel 6.12");
  const card = await rig.shows("awaiting_approval");
  expect(card.text).toContain("Why: kernel 6.12");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.shows("done");
});

journey.concurrent("at Home: one dialog asks for the name and why, and nothing is asked again", async ({ begin }) => {
  const own = "approval: { by: everyone, not: nobody, reason: required }";
  const rig = await begin(withRules(`allow: everyone, confirm: typed, ${own}`), ["left off"]);
  const home = await opensHome(rig, ANNA, "web-01");
  await rig.slack.click(ANNA, home, "vm.shutdown");
  const view = await asked(rig, ANNA);
  expect(view.title).toBe("Confirm");
  expect(said(view)).toContain("`web-01`: shut the VM down; it stays off");
  await says(rig, ANNA, " ", "web-02");
  expect(view.errors).toEqual({
    vm: "This is something else. Type web-01 if you want this.",
    reason: "Say why.",
  });
  expect(rig.slack.cards()).toEqual([]);
  await says(rig, ANNA, "kernel 6.12", "WEB-01 ");
  const card = await rig.shows("awaiting_approval");
  expect(card.text).toContain("Why: kernel 6.12");
  await rig.slack.click(ANNA, card, "request.approve");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Stopped", hardPowerOffs: 0 });
});

journey.concurrent("on an ended card: switching on is asked why, too, in the card's channel", async ({ begin }) => {
  const rig = await begin(
    withRules(
      "when: { action: power_on }, allow: everyone, approval: { by: [group:sre], reason: required }",
      "allow: everyone",
    ),
  );
  await rig.slack.command(ANNA, OPS, "shutdown web-01");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "vm.shutdown");
  const off = await rig.shows("done");
  expect(buttonsOn(off)).toEqual(["vm.power_on"]);
  await rig.slack.click(ANNA, off, "vm.power_on");
  await asked(rig, ANNA);
  await says(rig, ANNA, "it is needed");
  const card = await rig.shows("awaiting_approval");
  expect(card).toMatchObject({ channel: OPS });
  expect(card.text).toContain("Why: it is needed");
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent("a command that switches off: asked why at once, and once more on the card", async ({ begin }) => {
  const rig = await begin(withRules(`${REASON}, confirm: typed`), ["hard power-off", "left off"]);
  await rig.slack.command(ANNA, OPS, "off web-01");
  const view = await asked(rig, ANNA);
  expect(view.title).toBe("Why");
  await says(rig, ANNA, "it hangs");
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "vm.power_off");
  const typing = await asked(rig, ANNA);
  expect(typing.blocks.filter(({ type }) => type === "input")).toHaveLength(1);
  rig.slack.fill(ANNA, "confirm.vm", "web-01");
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").hardPowerOffs).toBe(1);
});

journey.concurrent("again, with a reason that the first time had none", async ({ begin }) => {
  const rig = await begin({ slack, vms: [web] });
  await rig.slack.command(ANNA, OPS, "create web-01 mine");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.cancel");
  const cancelled = await rig.shows("cancelled");
  await obeys(rig, REASON);
  await rig.slack.click(ANNA, cancelled, "request.retry");
  await asked(rig, ANNA);
  expect(rig.slack.cards()).toHaveLength(1);
  await says(rig, ANNA, "second try");
  const card = await rig.shows("awaiting_approval");
  expect(card.text).toContain("Why: second try");
  expect(rig.slack.cards()).toHaveLength(2);
  await rig.slack.waitFor(() => !buttonsOn(cancelled).includes("request.retry"), "the old card without its button");
});

journey.concurrent(
  "when the trigger is gone a button opens the dialog, in the reader's language",
  async ({ begin }) => {
    const rig = await begin({ vms: [web], slack: { groups: slack.groups! }, yaml: rule(`${REASON}, confirm: typed`) });
    const found = loseTriggers(rig);
    await rig.slack.command(ANNA, OPS, "erstellen web-01 --live");
    expect(await rig.told(ANNA)).toContain("Für `web-01` verlangen die Regeln einen Grund.");
    const home = await opensHome(rig, BORIS, "web-01");
    await rig.slack.click(BORIS, home, "vm.shutdown");
    const offer = await written(rig, BORIS, "The policy wants to know why, and the name `web-01` typed.");
    found();
    expect(rig.slack.cards()).toEqual([]);
    await rig.slack.clickPrivate(ANNA, rig.slack.privateAnswers(ANNA)[0]!, "confirm.type");
    expect(await asked(rig, ANNA)).toMatchObject({ title: "Grund", submit: "Weiter" });
    await says(rig, ANNA, "Kernel");
    const card = await rig.shows("awaiting_approval");
    expect(card.text).toContain("Grund: Kernel");
    expect(card.channel).toBe(OPS);
    await rig.slack.click(BORIS, offer, "confirm.type");
    expect(await asked(rig, BORIS)).toMatchObject({ title: "Confirm", submit: "Go on" });
  },
);

journey.concurrent("what is too long to be carried through a dialog has to be typed anew", async ({ begin }) => {
  const rig = await begin(withRules(REASON));
  await rig.slack.command(ANNA, OPS, `create web-01 "${"x".repeat(2000)}" --live`);
  expect(await rig.told(ANNA)).toMatch(/^The policy wants to know why. Say it with `--reason`/);
  expect(rig.slack.cards()).toEqual([]);
});

journey.concurrent("rights are those of the moment at which the dialog is sent", async ({ begin }) => {
  const rig = await begin(withRules(`when: { action: create, how: offline }, ${REASON}`, "allow: everyone"));
  await rig.slack.command(ANNA, OPS, "create web-01");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  await asked(rig, ANNA);
  await obeys(rig, "deny: true");
  await says(rig, ANNA, "kernel 6.12");
  expect(await rig.told(ANNA)).toMatch(/^The policy forbids this here\. \(rule 1/);
  expect(rig.card().text).not.toContain("kernel 6.12");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  await rig.slack.command(ANNA, OPS, "cancel web-01");
  await rig.shows("cancelled");
});

/** The dialog as Slack would send it, signed, with whatever somebody has put into it. */
const sent = (rig: Rig, user: string, memory: unknown, values: object) =>
  rig.slack.send({
    payload: {
      type: "view_submission",
      user: { id: user, team_id: rig.slack.teamId },
      team: { id: rig.slack.teamId },
      view: {
        id: `V${user}`,
        type: "modal",
        callback_id: "confirm",
        private_metadata: typeof memory === "string" ? memory : JSON.stringify(memory),
        state: { values },
      },
    },
  });

const REASON_GIVEN = { reason: { "confirm.reason": { type: "plain_text_input", value: "because" } } };

journey.concurrent("what the dialog remembers is not believed", async ({ begin }) => {
  const rig = await begin({
    ...withRules(`${REASON}, confirm: typed`),
    vms: [web, { name: "web-02", timing: QUICK }],
  });
  await rig.slack.command(ANNA, OPS, 'create web-01 --off --reason "kernel 6.12"');
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  const choosing = await rig.shows("choosing");
  const request = choosing.metadata?.event_payload.id;
  const vm = { id: "web-02", name: "web-02" };
  const press = { deed: { press: "shutdown", request }, lacks: ["reason"], vm, what: "nothing" };

  // Somebody else, a guest, and the requester who leaves the name out.
  await sent(rig, CLEO, press, REASON_GIVEN);
  await written(rig, CLEO, "Only anna, who asked for this, may do that.");
  await sent(rig, CLARA, press, REASON_GIVEN);
  await written(rig, CLARA, "Only full members");
  await sent(rig, ANNA, press, REASON_GIVEN);
  await written(rig, ANNA, "The policy wants the name `web-01` typed for this.");
  // The name of the VM that the dialog remembers is not the one that is meant.
  const typed = { ...REASON_GIVEN, vm: { "confirm.vm": { type: "plain_text_input", value: "web-02" } } };
  const answer = await sent(rig, ANNA, { ...press, lacks: ["name"] }, typed);
  expect(answer.json()).toMatchObject({
    errors: { vm: "This is something else. Type web-01 if you want this." },
  });
  // Nothing that can be read, and commands that take no reason.
  for (const memory of ["", "{}", { ...press, deed: { command: "status" } }, { ...press, lacks: [] }])
    expect((await sent(rig, ANNA, memory, REASON_GIVEN)).json()).toMatchObject({
      errors: { reason: "This button does not belong to this card. Nothing has been changed." },
    });
  // A reason that others have said yes to stays as it was.
  expect(rig.card("web-01").text).toContain("Why: kernel 6.12");
  expect(rig.card("web-01").text).not.toContain("because");
  for (const { operations } of rig.cloud.vms()) expect(operations).toEqual([]);
});
