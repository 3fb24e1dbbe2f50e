import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS } from "../rig.ts";
import { called, dialogOf, entered, forge, idOf, namesOf, said } from "./managing.ts";

const WEB = { name: "web-01", timing: QUICK, snapshots: called("first", "second", "third") };

journey.concurrent("one snapshot: the dialog says what it is, and one press deletes it", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "delete web-01 second");
  expect(view).toMatchObject({ callbackId: "delete", title: "Delete snapshots", submit: "Delete", close: "Cancel" });
  expect(said(view)).toContain("gone for good");
  expect(said(view)).toMatch(/`second` · <!date.*> \(2 days ago\) · 14\.8 GB · offline · made outside Shutter/);
  expect(entered(rig, BORIS, "delete.snapshots")?.selected_options).toMatchObject([
    { value: idOf(rig, "web-01", "second") },
  ]);
  await rig.slack.submit(BORIS);
  expect(rig.slack.view(BORIS)).toBeUndefined();
  expect(await rig.shows("done")).toMatchObject({
    channel: OPS,
    metadata: { event_payload: { kind: "delete", vm: "web-01" } },
  });
  expect(namesOf(rig, "web-01")).toEqual(["first", "third"]);
});

journey.concurrent("several at once, in German; none is ticked before somebody does", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, ANNA, "löschen web-01");
  expect(view).toMatchObject({ title: "Snapshots löschen", submit: "Löschen", close: "Abbrechen" });
  expect(said(view)).toContain("endgültig weg");
  expect(entered(rig, ANNA, "delete.snapshots")?.selected_options).toEqual([]);
  await expect(rig.slack.submit(ANNA)).rejects.toThrow("Please complete this required field.");
  await rig.slack.choose(ANNA, view, "delete.snapshots", ["first", "third"]);
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["second"]);
});

journey.concurrent("without any left: the VM's name must be typed", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "delete web-01");
  await rig.slack.choose(BORIS, view, "delete.snapshots", ["first", "second", "third"]);
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({
    vm: "No snapshot of this VM would remain. Type web-01 if you want that.",
  });
  rig.slack.fill(BORIS, "delete.vm", "db-01");
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ vm: "This is something else. Type web-01 if you want this." });
  expect(rig.slack.messages()).toEqual([]);
  rig.slack.fill(BORIS, "delete.vm", "Web-01 ");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual([]);
});

journey.concurrent("the only snapshot: the name is asked for from the beginning", async ({ begin }) => {
  const rig = await begin({ vms: [{ ...WEB, snapshots: called("only") }] });
  const view = await dialogOf(rig, BORIS, "delete web-01 only");
  expect(said(view)).toContain("This is the VM's only snapshot.");
  await expect(rig.slack.submit(BORIS)).rejects.toThrow("Please complete this required field.");
  rig.slack.fill(BORIS, "delete.vm", "web-01");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual([]);
});

journey.concurrent("from the finished card", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(BORIS, OPS, "create web-01 fresh --live");
  await rig.slack.click(BORIS, await rig.shows("done"), "snapshot.delete");
  await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(entered(rig, BORIS, "delete.snapshots")?.selected_options).toMatchObject([
    { value: idOf(rig, "web-01", "fresh") },
  ]);
});

journey.concurrent("what somebody else has deleted meanwhile does not keep the others", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "delete web-01");
  await dialogOf(rig, ANNA, "delete web-01 first");
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  await rig.slack.choose(BORIS, view, "delete.snapshots", ["first"]);
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({
    snapshot: "These snapshots are already gone. There is nothing left to delete.",
  });
  await rig.slack.choose(BORIS, view, "delete.snapshots", ["first", "second"]);
  await rig.slack.submit(BORIS);
  await rig.slack.waitFor(() => rig.slack.cards()[1]?.metadata?.event_payload.status === "done", "the end");
  expect(namesOf(rig, "web-01")).toEqual(["third"]);
});

journey.concurrent(
  "the one that was ticked is the last by the time of sending: the dialog has to be opened anew",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ ...WEB, snapshots: 12 }] });
    const view = await dialogOf(rig, BORIS, "delete web-01");
    expect(said(view)).toContain("Shown: 10 of 12 snapshots, the oldest of them.");
    const all = rig.cloud.vm("web-01").snapshots.map(({ id }) => String(id));
    await dialogOf(rig, ANNA, `delete web-01 ${all.at(-1)}`);
    await rig.slack.submit(ANNA);
    await rig.shows("done");
    await dialogOf(rig, ANNA, `delete web-01 ${all.at(-2)}`);
    await rig.slack.submit(ANNA);
    await rig.slack.waitFor(() => rig.slack.cards()[1]?.metadata?.event_payload.status === "done", "the second end");
    await rig.slack.choose(BORIS, view, "delete.snapshots", all.slice(0, 10));
    await rig.slack.submit(BORIS);
    expect(view.errors).toEqual({
      snapshot: "No snapshot of this VM would remain, and this dialog was made when there were more. Open it again.",
    });
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(10);
  },
);

journey.concurrent("one that is gone, with who deleted it, if Shutter knows", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const id = idOf(rig, "web-01", "first");
  await dialogOf(rig, ANNA, "delete web-01 first");
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  await forge(rig, BORIS, { action_id: "snapshot.delete", block_id: "snapshot/0/web-01", value: id });
  expect(await rig.told(BORIS)).toMatch(
    /^The snapshot `first` is no longer there: anna had it deleted \(<!date.*>\)\. Nothing has been changed\.$/,
  );
});

journey.concurrent("below the list: all of a VM, and the list's own buttons know the VM", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(BORIS, OPS, "list web-01");
  await rig.told(BORIS);
  const list = rig.slack.privateAnswers(BORIS)[0]!;
  await rig.slack.clickPrivate(BORIS, list, "list.delete");
  const view = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(view.callbackId).toBe("delete");
  expect(entered(rig, BORIS, "delete.snapshots")?.selected_options).toEqual([]);
  await rig.slack.choose(BORIS, view, "delete.snapshots", ["first"]);
  await rig.slack.submit(BORIS);
  expect((await rig.shows("done")).channel).toBe(OPS);
  expect(namesOf(rig, "web-01")).toEqual(["second", "third"]);
});

journey.concurrent("a guest is refused in private; nothing opens", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(CLARA, OPS, "delete web-01 first");
  expect(await rig.told(CLARA)).toBe("Only full members of this workspace may do that. Nothing has been changed.");
  await forge(rig, CLARA, { action_id: "list.delete", value: "web-01" });
  expect(await rig.told(CLARA, 2)).toBe("Only full members of this workspace may do that. Nothing has been changed.");
  expect(rig.slack.view(CLARA)).toBeUndefined();
});

journey.concurrent("what is not ours is refused at the field", async ({ begin }) => {
  const rig = await begin({ vms: [WEB, { name: "db-01", snapshots: called("other") }] });
  const submitted = async (memory: object, ...ids: string[]) => {
    const ticked = { selected_options: ids.map((value) => ({ value })) };
    const values = { snapshot: { "delete.snapshots": ticked }, vm: { "delete.vm": { value: "web-01" } } };
    const view = {
      id: "V1",
      callback_id: "delete",
      private_metadata: JSON.stringify(memory),
      state: { values },
    };
    const user = { id: BORIS, team_id: rig.slack.teamId };
    return (
      await rig.slack.send({ payload: { type: "view_submission", user, team: { id: rig.slack.teamId }, view } })
    ).json();
  };
  const at = (text: string) => ({ response_action: "errors", errors: { snapshot: text } });
  expect(await submitted({ vm: "web-01" })).toEqual(at("Choose a snapshot."));
  expect(await submitted({}, "1")).toEqual(
    at("Shutter cannot tell any more which VM this dialog is about. Close it and open it again."),
  );
  expect(await submitted({ vm: "web-01" }, idOf(rig, "db-01", "other"))).toEqual(
    at("These snapshots are already gone. There is nothing left to delete."),
  );
  expect(await submitted({ vm: "nowhere" }, "1")).toEqual(
    at("The cloud does not know this VM any more. Nothing has been changed."),
  );
  expect(rig.slack.messages()).toEqual([]);
});
