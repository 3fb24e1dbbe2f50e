import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, statusOf } from "../rig.ts";
import { called, dialogOf, entered, firstDialogOf, forge, idOf, said } from "./managing.ts";

const TIMING = { ...QUICK, restoreMs: 5_000 };
const WEB = { name: "web-01", timing: TIMING, snapshots: called("first", "second") };

journey.concurrent(
  "a restore: the dialog says what is lost, the VM's name is typed, a safety snapshot comes first",
  async ({ begin }) => {
    const rig = await begin({ vms: [WEB] });
    const view = await dialogOf(rig, BORIS, "restore web-01 first");
    expect(view).toMatchObject({ callbackId: "restore", title: "Restore a snapshot", submit: "Restore" });
    expect(entered(rig, BORIS, "restore.snapshot")?.selected_option?.value).toBe(idOf(rig, "web-01", "first"));
    expect(said(view)).toMatch(/Everything written to `web-01` since <!date\^\d+\^.*> is lost/);
    expect(said(view)).toContain("The restore takes about 30 min (estimated from 14.8 GB).");
    expect(said(view)).toContain("The VM is shut down for it and switched on again afterwards.");

    rig.slack.fill(BORIS, "restore.vm", "web-02");
    await rig.slack.submit(BORIS);
    expect(view.errors).toEqual({ vm: "This is something else. Type web-01 if you want this." });
    expect(rig.slack.messages()).toEqual([]);

    rig.slack.fill(BORIS, "restore.vm", " WEB-01 ");
    rig.slack.fill(BORIS, "restore.reason", "broken upgrade");
    await rig.slack.submit(BORIS);
    expect(rig.slack.view(BORIS)).toBeUndefined();
    const done = await rig.shows("done");
    expect(done).toMatchObject({ channel: OPS, metadata: { event_payload: { kind: "restore", vm: "web-01" } } });
    expect(done.text).toContain("broken upgrade");
    const { operations, snapshots, offPeriods, power } = rig.cloud.vm("web-01");
    expect(operations.map(({ type }) => type).filter((type) => type === "snapshot" || type === "restore")).toEqual([
      "restore",
      "snapshot",
    ]);
    expect(snapshots.at(-1)?.name).toMatch(/^web-01-before-restore-\d+$/);
    expect({ power, offPeriods: offPeriods.length }).toEqual({ power: "Running", offPeriods: 1 });
  },
);

journey.concurrent("in German, without the safety snapshot", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, ANNA, "wiederherstellen web-01 second");
  expect(view).toMatchObject({ title: "Wiederherstellen", submit: "Wiederherstellen", close: "Abbrechen" });
  expect(said(view)).toMatch(/Alles, was seit <!date.*> auf `web-01` geschrieben wurde, geht verloren\./);
  expect(entered(rig, ANNA, "restore.safety")?.selected_options).toHaveLength(1);
  await rig.slack.choose(ANNA, view, "restore.safety", []);
  rig.slack.fill(ANNA, "restore.vm", "web-01");
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(2);
  expect(rig.cloud.vm("web-01").operations.map(({ type }) => type)).toContain("restore");
});

journey.concurrent("from the finished card", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(BORIS, OPS, "create web-01 fresh --live");
  const done = await rig.shows("done");
  await rig.slack.click(BORIS, done, "snapshot.restore");
  const view = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(entered(rig, BORIS, "restore.snapshot")?.selected_option?.value).toBe(idOf(rig, "web-01", "fresh"));
  expect(said(view)).toContain("This snapshot was taken while the VM was running.");
  expect(said(view)).toContain("With a safety snapshot the restore waits until then; without one it begins at once.");
  expect(entered(rig, BORIS, "restore.safety")?.selected_options).toHaveLength(1);
});

journey.concurrent("without a snapshot, or with an unclear one, it is chosen in the dialog", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const open = await dialogOf(rig, BORIS, "restore web-01");
  expect(said(open)).toContain("What it means is shown here as soon as a snapshot is chosen.");
  await expect(rig.slack.submit(BORIS)).rejects.toThrow("Please complete this required field.");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.choose(BORIS, open, "restore.snapshot", "second");
  await rig.slack.waitFor(() => said(rig.slack.view(BORIS)).includes("is lost"), "what it means");
  expect(entered(rig, BORIS, "restore.vm")?.value).toBe("web-01");

  await rig.slack.closeView(BORIS);
  expect(said(await dialogOf(rig, BORIS, "restore web-01 nothing"))).toContain(
    "This VM has no snapshot “nothing”. Choose one.",
  );
  await rig.slack.closeView(BORIS);
  expect(said(await dialogOf(rig, BORIS, "restore web-01 st"))).toContain("Choose which snapshot you mean by “st”.");
});

journey.concurrent(
  "whoever sends before the dialog was drawn for another snapshot gets to read it first",
  async ({ begin }) => {
    const rig = await begin({ vms: [WEB] });
    const view = await dialogOf(rig, BORIS, "restore web-01 first");
    rig.slack.fill(BORIS, "restore.vm", "web-01");
    rig.slack.server.intercept(({ path }) =>
      path.endsWith("views.update")
        ? { kind: "answer", reply: { status: 200, body: { ok: false, error: "hash_conflict" } }, applied: false }
        : undefined,
    );
    await rig.slack.choose(BORIS, view, "restore.snapshot", "second");
    await rig.slack.submit(BORIS);
    expect(said(rig.slack.view(BORIS))).toContain("This is about another snapshot than before.");
    expect(rig.slack.messages()).toEqual([]);
    await rig.slack.submit(BORIS);
    await rig.shows("done");
    expect(rig.card().text).toContain("second");
  },
);

journey.concurrent("ten of ten: no safety snapshot is offered, and the way out is said", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: TIMING, snapshots: 10 }] });
  const name = rig.cloud.vm("web-01").snapshots[0]!.name;
  const view = await dialogOf(rig, BORIS, `restore web-01 ${name}`);
  expect(said(view)).toContain(
    "No safety snapshot is possible: the VM has 10 of 10 snapshots. Delete one first, or go on without it.",
  );
  expect(entered(rig, BORIS, "restore.safety")).toBeUndefined();
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(10);
});

journey.concurrent("the room for a safety snapshot is gone by the time of sending", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: TIMING, snapshots: 9 }] });
  const name = rig.cloud.vm("web-01").snapshots[0]!.name;
  const view = await dialogOf(rig, BORIS, `restore web-01 ${name}`);
  await rig.slack.command(ANNA, OPS, "create web-01 tenth --live");
  await rig.shows("done");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({
    safety: "The VM now has 10 of 10 snapshots. Delete one first, or take the tick away to go on without it.",
  });
  expect(rig.slack.cards()).toHaveLength(1);
});

journey.concurrent("a snapshot that is gone by the time of sending is said at its field", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "restore web-01 first");
  await dialogOf(rig, ANNA, "delete web-01 first");
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ snapshot: "This snapshot is no longer there. Nothing has been changed." });
  await forge(rig, BORIS, { action_id: "snapshot.restore", block_id: "snapshot/0/web-01", value: "1" });
});

journey.concurrent("a snapshot that is just being made cannot be restored yet", async ({ begin }) => {
  const rig = await begin({ vms: [{ ...WEB, timing: { ...TIMING, snapshotMs: 3_600_000 } }] });
  await rig.slack.command(BORIS, OPS, "create web-01 fresh --live");
  await rig.shows("snapshotting");
  await rig.slack.command(BORIS, OPS, "restore web-01 fresh");
  expect(await rig.told(BORIS)).toBe(
    "The snapshot `fresh` of `web-01` is just being made, or the cloud does not list it yet. Its card says when it is there. Nothing has been changed.",
  );
  expect(rig.slack.view(BORIS)).toBeUndefined();
});

journey.concurrent("another VM's snapshot, or an invented one, opens nothing", async ({ begin }) => {
  const rig = await begin({ vms: [WEB, { name: "db-01", snapshots: called("other") }] });
  await forge(rig, BORIS, {
    action_id: "snapshot.restore",
    block_id: "snapshot/0/web-01",
    value: idOf(rig, "db-01", "other"),
  });
  expect(await rig.told(BORIS)).toContain("This snapshot is not among those of `web-01`. Nothing has been changed.");
  await forge(rig, BORIS, { action_id: "snapshot.restore", block_id: "snapshot/0/nowhere", value: "1" });
  expect(await rig.told(BORIS, 2)).toContain("The cloud does not know `nowhere` any more.");
  await forge(rig, BORIS, { action_id: "snapshot.restore", value: "999999" });
  expect(await rig.told(BORIS, 3)).toContain("Shutter cannot tell which VM this snapshot belongs to.");
  expect(rig.slack.messages()).toEqual([]);
});

journey.concurrent("guests and people of other workspaces are refused in private", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(CLARA, OPS, "restore web-01 first");
  expect(await rig.told(CLARA)).toBe("Only full members of this workspace may do that. Nothing has been changed.");
  expect(rig.slack.view(CLARA)).toBeUndefined();

  await dialogOf(rig, BORIS, "restore web-01 first");
  const { id, privateMetadata, state } = rig.slack.view(BORIS)!;
  const view = { id, callback_id: "restore", private_metadata: privateMetadata, state: { values: state } };
  const answer = await rig.slack.send({
    payload: { type: "view_submission", user: { id: BORIS, team_id: "TELSEWHERE" }, team: { id: "TELSEWHERE" }, view },
  });
  expect(answer.json()).toEqual({
    response_action: "errors",
    errors: { snapshot: "Only full members of this workspace may do that. Nothing has been changed." },
  });
});

journey.concurrent("an unclear VM gives a menu, whose buttons open the dialog", async ({ begin }) => {
  const rig = await begin({ vms: [WEB, { name: "web-02", snapshots: called("first") }] });
  await rig.slack.command(BORIS, OPS, "restore web first");
  expect(await rig.told(BORIS)).toContain("`web` fits several VMs. Which one?");
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "command.pick.1");
  const view = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(said(view)).toContain("Type web-02 to confirm");
  expect(said(view)).toContain("`first`");
});

journey.concurrent("a VM without snapshots is told in private", async ({ begin }) => {
  // At this pace everything is known before a dialog has to open.
  const rig = await begin({ vms: [{ name: "web-01" }], speed: 2 });
  await rig.slack.command(BORIS, OPS, "restore web-01");
  expect(await rig.told(BORIS)).toContain("`web-01` has no snapshots.");
});

journey.concurrent("a slow cloud: a dialog says that it looks, and is filled in when it knows", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  rig.cloud.slow(30_000);
  const view = await firstDialogOf(rig, BORIS, "restore web-01 first");
  expect(said(view)).toBe("Looking at `web-01`…");
  expect(view.submit).toBeUndefined();
  await rig.slack.waitFor(() => rig.slack.view(BORIS)?.submit === "Restore", "the whole dialog", 15_000);
  rig.cloud.slow(0);
  expect(said(rig.slack.view(BORIS))).toContain("is lost");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
});

journey.concurrent("a cloud that does not answer: the dialog, or an answer, says so", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "restore web-01 first");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  rig.cloud.server.intercept(() => ({ kind: "answer", reply: { status: 500 }, applied: false }));
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ snapshot: "The cloud does not answer at the moment. Try again in a minute." });
  await rig.slack.closeView(BORIS);

  await rig.slack.command(BORIS, OPS, "restore web-01 first");
  const told = await rig.slack.waitFor(
    () => said(rig.slack.view(BORIS)).match(/The cloud did not answer/) ?? rig.slack.privateAnswers(BORIS)[0]?.text,
    "an answer",
    15_000,
  );
  expect(String(told)).toContain("The cloud did not answer");
  expect(rig.slack.messages()).toEqual([]);
});

journey.concurrent("a VM that is not clear only later: the dialog says where the choice is", async ({ begin }) => {
  const rig = await begin({ vms: [WEB, { name: "web-02" }] });
  rig.cloud.slow(60_000);
  const view = await firstDialogOf(rig, BORIS, "restore web");
  expect(said(view)).toBe("Looking at `web`…");
  await rig.slack.waitFor(() => said(rig.slack.view(BORIS)).includes("only you see"), "where the choice is", 15_000);
  expect(await rig.told(BORIS)).toContain("`web` fits several VMs. Which one?");
  expect(rig.slack.view(BORIS)?.submit).toBeUndefined();
});

journey.concurrent("a dialog that cannot be opened in time: a button opens it", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  rig.slack.server.intercept(({ path }) =>
    path.endsWith("views.open")
      ? { kind: "answer", reply: { status: 200, body: { ok: false, error: "expired_trigger_id" } }, applied: false }
      : undefined,
  );
  await rig.slack.command(BORIS, OPS, "restore web-01 first");
  expect(await rig.told(BORIS)).toContain("The dialog could not be opened in time. Nothing has been changed.");
  rig.slack.server.intercept(undefined);
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "command.pick.0");
  const view = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(said(view)).toContain("is lost");
});

journey.concurrent("a VM that is destroyed meanwhile is said at the field", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "restore web-01 first");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  rig.cloud.destroy("web-01");
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ snapshot: "The cloud does not know this VM any more. Nothing has been changed." });
  expect(rig.slack.cards()).toEqual([]);
});

journey.concurrent("a VM that is off is set back and stays off", async ({ begin }) => {
  const rig = await begin({ vms: [{ ...WEB, power: "Stopped" }] });
  const view = await dialogOf(rig, BORIS, "restore web-01 first");
  expect(said(view)).toContain("The VM is off and stays off.");
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.submit(BORIS);
  expect(statusOf(await rig.shows("done"))).toBe("done");
  expect(rig.cloud.vm("web-01").power).toBe("Stopped");
});

journey.concurrent("what is not ours is refused at the field: no VM, a reason that is too long", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const id = idOf(rig, "web-01", "first");
  const submitted = async (private_metadata: string, reason = "") => {
    const values = {
      snapshot: { "restore.snapshot": { selected_option: { value: id } } },
      reason: { "restore.reason": { value: reason } },
      vm: { "restore.vm": { value: "web-01" } },
    };
    const view = { id: "V1", callback_id: "restore", private_metadata, state: { values } };
    const user = { id: BORIS, team_id: rig.slack.teamId };
    return (
      await rig.slack.send({ payload: { type: "view_submission", user, team: { id: rig.slack.teamId }, view } })
    ).json();
  };
  expect(await submitted("not ours")).toEqual({
    response_action: "errors",
    errors: {
      snapshot: "Shutter cannot tell any more which VM this dialog is about. Close it and open it again.",
    },
  });
  expect(await submitted(JSON.stringify({ vm: "web-01", about: id }), "x".repeat(501))).toEqual({
    response_action: "errors",
    errors: { reason: "At most 500 characters." },
  });
  expect(rig.slack.messages()).toEqual([]);
});
