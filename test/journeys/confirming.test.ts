import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import { opensHome } from "../home-page.ts";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, type RigOptions, statusOf } from "../rig.ts";
import { doneBy, refusedIn } from "./audit-rows.ts";
import { EMIL, idOf, LAB, pressed, slack, toldTo } from "./deputies.ts";
import { asked, called, dialogOf, entered, namesOf, said } from "./managing.ts";

/** `confirm: typed`, and in which channel a dialog or a button is judged: neither can be got round. */

const rule = (...lines: string[]) => `policy:\n${lines.map((line) => `  - { ${line} }\n`).join("")}`;
const WEB = { name: "web-01", timing: { ...QUICK, restoreMs: 5_000 }, snapshots: called("first", "second", "third") };
const withRules = (...lines: string[]): RigOptions => ({ slack, vms: [WEB], yaml: rule(...lines) });
const TYPED = "allow: everyone, confirm: typed";
const WRONG = "This is something else. Type web-01 if you want this.";
const IN_OPS = ['when: { channel: "#ops" }, allow: members', "otherwise: deny"];
const obeys = (rig: Rig, ...lines: string[]) =>
  rig.bot.obey(rulesIn(parseBehaviour(rule(...lines), "shutter.yml").behaviour!));

/** Types the name that the dialog asks for, and sends it; another one before is of no use. */
async function types(rig: Rig, who: string): Promise<void> {
  const view = await asked(rig, who);
  expect(view.blocks.filter(({ type }) => type === "input")).toHaveLength(1);
  rig.slack.fill(who, "confirm.vm", "web-02");
  await rig.slack.submit(who);
  expect(view.errors).toEqual({ vm: WRONG });
  rig.slack.fill(who, "confirm.vm", "web-01");
  await rig.slack.submit(who);
}

/** Waits until so many requests have been made and done. */
const allDone = (rig: Rig, count: number) =>
  rig.slack.waitFor(
    () => rig.slack.cards().length === count && rig.slack.cards().every((card) => statusOf(card) === "done"),
    `${count} cards that show done`,
    20_000,
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

/** What stands on the button that opens the dialog for what is missing. */
const valueIn = ({ blocks }: ReturnType<Rig["slack"]["privateAnswers"]>[number]): Record<string, unknown> => {
  const elements = blocks.flatMap((block) => ("elements" in block && block.type === "actions" ? block.elements : []));
  const [button] = elements.filter(({ action_id }) => action_id === "confirm.type");
  return JSON.parse(String((button as { value?: unknown } | undefined)?.value));
};

journey.concurrent(
  "a delete in a channel whose rule wants the name typed cannot be sent without",
  async ({ begin }) => {
    const rig = await begin(
      withRules(
        `when: { action: delete, channel: "#ops" }, ${TYPED}`,
        "when: { action: delete }, allow: everyone",
        "otherwise: deny",
      ),
    );
    const view = await dialogOf(rig, ANNA, "delete web-01 second");
    rig.slack.fill(ANNA, "delete.vm", "x");
    await rig.slack.submit(ANNA);
    expect(view.errors).toEqual({ vm: WRONG });
    expect(rig.slack.cards()).toEqual([]);
    expect(namesOf(rig, "web-01")).toHaveLength(3);
    rig.slack.fill(ANNA, "delete.vm", "web-01");
    await rig.slack.submit(ANNA);
    await rig.shows("done");
    expect(namesOf(rig, "web-01")).toEqual(["first", "third"]);
  },
);

journey.concurrent("what is allowed in one channel only is allowed there in every dialog", async ({ begin }) => {
  const rig = await begin(withRules(...IN_OPS));
  const renaming = await dialogOf(rig, ANNA, "rename web-01 first");
  await rig.slack.choose(ANNA, renaming, "rename.snapshot", "second");
  await rig.slack.waitFor(() => entered(rig, ANNA, "rename.name")?.value === "second", "the other name");
  rig.slack.fill(ANNA, "rename.name", "fourth");
  await rig.slack.submit(ANNA);
  await rig.slack.waitFor(() => namesOf(rig, "web-01").includes("fourth"), "the new name");
  await rig.shows("done");
  await dialogOf(rig, ANNA, "delete web-01 third");
  await rig.slack.submit(ANNA);
  await rig.until(() => !namesOf(rig, "web-01").includes("third"), "the deletion");
  const restoring = await dialogOf(rig, ANNA, "restore web-01 fourth");
  await rig.slack.choose(ANNA, restoring, "restore.snapshot", "first");
  await rig.slack.waitFor(() => said(rig.slack.view(ANNA)).includes("`first`"), "the other snapshot");
  await rig.slack.choose(ANNA, restoring, "restore.safety", []);
  rig.slack.fill(ANNA, "restore.vm", "web-01");
  await rig.slack.submit(ANNA);
  await rig.until(() => rig.cloud.vm("web-01").operations.some(({ type }) => type === "restore"), "the restore");
  expect(refusedIn(rig)).toEqual([]);
  await allDone(rig, 3);
});

journey.concurrent("rules that become stricter while a dialog is sent", async ({ begin }) => {
  const rig = await begin(withRules("allow: everyone"));
  const stricter = () =>
    rig.cloud.server.intercept(async ({ path }) => {
      if (!path.endsWith("/snapshots")) return undefined;
      rig.cloud.server.intercept(undefined);
      await obeys(rig, TYPED); // the dialog has been judged by now, the wish has not
      return undefined;
    });
  await dialogOf(rig, ANNA, "delete web-01 second");
  stricter();
  await rig.slack.submit(ANNA);
  expect(await rig.told(ANNA)).toBe(
    "The policy wants the VM's name typed for this. Open the dialog again and type it there. Nothing has been changed.",
  );
  expect(refusedIn(rig)).toEqual([`${ANNA} delete: needs_name`]);

  await obeys(rig, "allow: everyone");
  const view = await dialogOf(rig, BORIS, "rename web-01 first");
  rig.slack.fill(BORIS, "rename.name", "fourth");
  stricter();
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({});
  expect(await rig.told(BORIS)).toContain("The policy wants the name `web-01` typed for this.");
  expect(namesOf(rig, "web-01")).toEqual(["first", "second", "third"]);
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "confirm.type");
  await types(rig, BORIS);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["fourth", "second", "third"]);
});

journey.concurrent("rename: the dialog has a field for it, a command opens one", async ({ begin }) => {
  const rig = await begin(withRules(TYPED));
  const view = await dialogOf(rig, ANNA, "rename web-01 first");
  rig.slack.fill(ANNA, "rename.name", "fourth");
  await expect(rig.slack.submit(ANNA)).rejects.toThrow("does not send this form");
  rig.slack.fill(ANNA, "rename.vm", "web-02");
  await rig.slack.submit(ANNA);
  expect(view.errors).toEqual({ vm: WRONG });
  await rig.slack.closeView(ANNA);
  await rig.slack.command(ANNA, OPS, 'rename web-01 first fourth --reason "kernel 6.12"');
  expect(said(await asked(rig, ANNA))).toContain("`web-01`: rename `first` to `fourth`");
  expect(rig.slack.cards()).toEqual([]);
  await types(rig, ANNA);
  expect((await rig.shows("done")).text).toContain("kernel 6.12");
  expect(namesOf(rig, "web-01")).toEqual(["fourth", "second", "third"]);
});

journey.concurrent("a rename dialog that was drawn without the field has to be opened again", async ({ begin }) => {
  const rig = await begin(withRules("allow: everyone"));
  const view = await dialogOf(rig, ANNA, "rename web-01 first");
  rig.slack.fill(ANNA, "rename.name", "fourth");
  await obeys(rig, TYPED);
  await rig.slack.submit(ANNA);
  expect(view.errors).toEqual({ snapshot: expect.stringMatching(/^The policy wants the VM's name typed for this/) });
  expect(namesOf(rig, "web-01")).toEqual(["first", "second", "third"]);
});

journey.concurrent("switching on: by command, at Home, and on an ended card", async ({ begin }) => {
  const rig = await begin({ ...withRules(TYPED), vms: [{ ...WEB, power: "Stopped" }] }, ["switched on", "left off"]);
  await rig.slack.command(ANNA, OPS, "on web-01");
  await asked(rig, ANNA);
  expect(rig.cloud.vm("web-01").power).toBe("Stopped");
  await types(rig, ANNA);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").power).toBe("Running");

  // What goes off by a command is typed for on its card; that is where it has been asked.
  await rig.slack.command(ANNA, OPS, "shutdown web-01");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "vm.shutdown");
  await types(rig, ANNA);
  const off = await rig.shows("done");
  await rig.slack.click(ANNA, off, "vm.power_on");
  await types(rig, ANNA);
  await allDone(rig, 3);
  expect(rig.cloud.vm("web-01").power).toBe("Running");

  const home = await opensHome(rig, EMIL, "web-01");
  await rig.slack.click(EMIL, home, "vm.shutdown");
  await types(rig, EMIL);
  await allDone(rig, 4);
  expect(rig.cloud.vm("web-01").power).toBe("Stopped");
});

journey.concurrent("a snapshot for which nothing goes off loses nothing: no name is typed", async ({ begin }) => {
  const rig = await begin({
    ...withRules(TYPED),
    vms: [WEB, { name: "db-01", timing: QUICK, power: "Stopped" }],
  });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.shows("done", "web-01");
  await rig.slack.command(ANNA, OPS, "create db-01 --off");
  await rig.shows("done", "db-01");
  expect(rig.slack.view(ANNA)).toBeUndefined();
  await rig.slack.command(BORIS, OPS, "may create web-01 --live");
  expect(await rig.told(BORIS)).not.toContain("you type");
  await rig.slack.command(BORIS, OPS, "may create web-01 --off");
  expect(await rig.told(BORIS, 2)).toContain("To confirm it, you type the VM's name.");
});

journey.concurrent("asked again: a deletion needs its name again, a restore on its card", async ({ begin }) => {
  const rig = await begin(withRules(`${TYPED}, approval: { by: [group:sre] }`));
  await dialogOf(rig, ANNA, "delete web-01 second");
  rig.slack.fill(ANNA, "delete.vm", "web-01");
  await rig.slack.submit(ANNA);
  await rig.slack.click(ANNA, await rig.shows("awaiting_approval"), "request.cancel");
  const cancelled = await rig.shows("cancelled");
  await rig.slack.click(ANNA, cancelled, "request.retry");
  expect(said(await asked(rig, ANNA))).toContain("`web-01`: delete `second`");
  expect(rig.slack.cards()).toHaveLength(1);
  await types(rig, ANNA);
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["first", "third"]);
  await rig.slack.waitFor(() => !buttonsOn(cancelled).includes("request.retry"), "the old card without its button");

  await dialogOf(rig, ANNA, "restore web-01 first");
  await rig.slack.choose(ANNA, rig.slack.view(ANNA)!, "restore.safety", []);
  rig.slack.fill(ANNA, "restore.vm", "web-01");
  await rig.slack.submit(ANNA);
  await rig.slack.click(ANNA, await rig.shows("awaiting_approval"), "request.cancel");
  await rig.slack.click(ANNA, await rig.shows("cancelled"), "request.retry");
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  expect(rig.cloud.vm("web-01").operations.filter(({ type }) => type === "restore")).toEqual([]);
  await types(rig, ANNA);
  await rig.shows("done");
});

journey.concurrent(
  "a button that asks for more is judged where it is pressed, whatever its value says",
  async ({ begin }) => {
    const rig = await begin(
      withRules(
        'when: { channel: "#ops" }, allow: everyone',
        'when: { channel: "#lab", action: shutdown }, allow: everyone, approval: { by: everyone, reason: required }',
        "otherwise: deny",
      ),
    );
    const found = loseTriggers(rig);
    await rig.slack.command(ANNA, LAB, "shutdown web-01");
    await rig.told(ANNA);
    found();
    const offer = rig.slack.privateAnswers(ANNA)[0]!;
    const { vm } = valueIn(offer) as { vm: { id: string } };
    expect(valueIn(offer)).not.toHaveProperty("channel");
    const value = JSON.stringify({ ...valueIn(offer), deed: { to: "hard_off", vm: vm.id }, channel: OPS });
    await rig.slack.clickPrivate(ANNA, offer, "confirm.type", { value });
    await asked(rig, ANNA);
    rig.slack.fill(ANNA, "confirm.reason", "because");
    await rig.slack.submit(ANNA);
    await rig.slack.waitFor(() => toldTo(rig, ANNA).some((text) => text.includes("policy forbids")), "the refusal");
    expect(refusedIn(rig)).toEqual([`${ANNA} power: denied by rule 3`]);
    expect(rig.slack.cards()).toEqual([]);
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
  },
);

journey.concurrent("at Home the id of a request brings nobody into its channel", async ({ begin }) => {
  const rig = await begin(withRules(...IN_OPS));
  await rig.slack.command(ANNA, OPS, "create web-01 mine");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.cancel");
  const cancelled = await rig.shows("cancelled");
  const anna = { id: ANNA, team_id: rig.slack.teamId };
  for (const action_id of ["vm.power_off", "request.retry"])
    await pressed(rig, anna, undefined, { action_id, value: idOf(cancelled) }, { view: await atHome(rig) });
  await rig.slack.waitFor(() => toldTo(rig, ANNA).length === 2, "two refusals");
  expect(toldTo(rig, ANNA)).toEqual([
    expect.stringMatching(/^The policy forbids this here\. \(rule 2/),
    expect.stringMatching(/^The policy forbids this here\. \(rule 2/),
  ]);
  expect(refusedIn(rig).sort()).toEqual([`${ANNA} create: denied by rule 2`, `${ANNA} power: denied by rule 2`]);
  expect(rig.slack.cards()).toHaveLength(1);
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
  // On the card they are what they were.
  await rig.slack.click(ANNA, cancelled, "request.retry");
  await rig.shows("choosing");
});

/** Somebody's Home, as a press there brings it. */
async function atHome(rig: Rig): Promise<object> {
  const { id, hash } = await opensHome(rig, ANNA, "web-01");
  return { id, hash, type: "home", callback_id: "", state: { values: {} } };
}

journey.concurrent("a dialog with a memory that is not ours leaves a row", async ({ begin }) => {
  const rig = await begin({ slack, vms: [WEB] });
  for (const kind of ["rename", "restore", "delete"])
    for (const private_metadata of ["", "{}", '{"vm":7}']) {
      const view = { id: "V1", type: "modal", callback_id: kind, private_metadata, state: { values: {} } };
      const user = { id: ANNA, team_id: rig.slack.teamId };
      const team = { id: rig.slack.teamId };
      const answer = await rig.slack.send({ payload: { type: "view_submission", user, team, view } });
      expect(answer.json()).toMatchObject({ response_action: "errors" });
    }
  expect(refusedIn(rig)).toEqual(
    ["rename", "restore", "delete"].flatMap((kind) => Array(3).fill(`${ANNA} ${kind}: forged`)),
  );
  expect(doneBy(rig, ANNA)).toHaveLength(9);
});
