import { expect } from "vitest";
import type { View } from "../../src/demo/slack.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig } from "../rig.ts";

const FLEET = ["db-01", "web-01", "web-02", "worker-web"].map((name) => ({ name, timing: QUICK }));

async function opened(rig: Rig, who = BORIS): Promise<View> {
  await rig.slack.command(who, OPS, "");
  return rig.slack.waitFor(() => rig.slack.view(who), "the dialog");
}

/** What stands in a field of the open dialog. */
function entered(rig: Rig, who: string, actionId: string): unknown {
  const inputs = Object.values(rig.slack.view(who)?.state ?? {}).map((actions) => actions[actionId]);
  return inputs.find((input) => input !== undefined)?.value;
}

async function chooseVm(rig: Rig, who: string, vm: string) {
  await rig.slack.choose(who, rig.slack.view(who)!, "create.vm", vm);
  await rig.slack.waitFor(() => String(entered(rig, who, "create.name") ?? "").startsWith(vm), "the usual name");
}

journey.concurrent(
  "the bare command opens a dialog; it offers the live VMs as one types, those that begin so first",
  async ({ begin }) => {
    const rig = await begin({ vms: FLEET });
    const view = await opened(rig);
    expect(view).toMatchObject({ callbackId: "create", title: "Snapshot a VM", submit: "Go on", close: "Cancel" });
    const offered = async (typed: string) =>
      (await rig.slack.suggest(BORIS, "create.vm", typed)).map(({ value }) => value);
    expect(await offered("WEB")).toEqual(["web-01", "web-02", "worker-web"]);
    expect(await offered("")).toEqual(["db-01", "web-01", "web-02", "worker-web"]);
    expect(await offered("nothing")).toEqual([]);
  },
);

journey.concurrent("in German for a German reader", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  expect(await opened(rig, ANNA)).toMatchObject({
    title: "VM-Snapshot erstellen",
    submit: "Weiter",
    close: "Abbrechen",
  });
});

journey.concurrent(
  "the name is filled in with the VM, changes with it, and stays once it was typed",
  async ({ begin }) => {
    const rig = await begin({ vms: FLEET });
    await opened(rig);
    await chooseVm(rig, BORIS, "web-01");
    expect(entered(rig, BORIS, "create.name")).toMatch(/^web-01-\d{10}$/);
    await chooseVm(rig, BORIS, "web-02");
    rig.slack.fill(BORIS, "create.name", "my own");
    const changed = rig.slack.view(BORIS)!.hash;
    await rig.slack.choose(BORIS, rig.slack.view(BORIS)!, "create.vm", "db-01");
    await rig.slack.waitFor(() => rig.slack.view(BORIS)!.hash !== changed, "the dialog drawn anew");
    expect(entered(rig, BORIS, "create.name")).toBe("my own");
  },
);

journey.concurrent("submitting makes the card in the channel where the command was typed", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  await opened(rig);
  await chooseVm(rig, BORIS, "web-01");
  rig.slack.fill(BORIS, "create.name", "before upgrade");
  rig.slack.fill(BORIS, "create.reason", "kernel 6.9");
  await rig.slack.submit(BORIS);
  const choosing = await rig.shows("choosing");
  expect(rig.slack.view(BORIS)).toBeUndefined();
  expect(choosing.channel).toBe(OPS);
  expect(choosing.text).toContain("Why: kernel 6.9");
  await rig.slack.click(BORIS, choosing, "request.shutdown");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").snapshots).toMatchObject([{ name: "before upgrade", live: false }]);
});

journey.concurrent("live in the dialog is a choice already", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  const view = await opened(rig);
  await chooseVm(rig, BORIS, "web-01");
  await rig.slack.choose(BORIS, view, "create.how", "live");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ offPeriods: [], snapshots: [{ live: true }] });
});

journey.concurrent(
  "the global shortcut opens the same dialog; its card is in the direct messages",
  async ({ begin }) => {
    const rig = await begin({ vms: FLEET });
    await rig.slack.shortcut(BORIS, "create");
    await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
    await chooseVm(rig, BORIS, "web-01");
    await rig.slack.submit(BORIS);
    const choosing = await rig.shows("choosing");
    expect(rig.slack.directMessages(BORIS)).toContain(choosing);
    expect(JSON.stringify(choosing.blocks)).not.toContain("cannot write");
  },
);

journey.concurrent("errors stand at their field, and the dialog stays open", async ({ begin }) => {
  const taken = { name: "taken", createdAt: new Date(Date.now() - 86_400_000), sizeGb: 1 };
  const rig = await begin({
    vms: [
      { name: "web-01", snapshots: [taken] },
      { name: "full", snapshots: 10 },
    ],
  });
  const view = await opened(rig, ANNA);
  await chooseVm(rig, ANNA, "web-01");
  rig.slack.fill(ANNA, "create.name", "taken");
  await rig.slack.submit(ANNA);
  expect(Object.entries(view.errors)).toEqual([
    [expect.stringMatching(/^name/), "Diese VM hat schon einen Snapshot mit diesem Namen."],
  ]);

  rig.slack.fill(ANNA, "create.name", "free");
  await rig.slack.choose(ANNA, view, "create.vm", "full");
  await rig.slack.submit(ANNA);
  expect(view.errors).toEqual({ vm: "Diese VM hat 10 von 10 Snapshots. Lösche zuerst einen." });
  expect(rig.slack.messages()).toEqual([]);
});

journey.concurrent("a name or a reason that is too long is refused by Slack's own form", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  await opened(rig);
  await chooseVm(rig, BORIS, "web-01");
  rig.slack.fill(BORIS, "create.name", "x".repeat(256));
  await expect(rig.slack.submit(BORIS)).rejects.toThrow("Must be at most 255 characters.");
  rig.slack.fill(BORIS, "create.name", "x");
  rig.slack.fill(BORIS, "create.reason", "x".repeat(501));
  await expect(rig.slack.submit(BORIS)).rejects.toThrow("Must be at most 500 characters.");
});

journey.concurrent("a VM that is gone by the time of submitting is said at its field", async ({ begin }) => {
  const rig = await begin({ vms: FLEET, speed: 100 });
  const view = await opened(rig);
  await chooseVm(rig, BORIS, "web-02");
  rig.cloud.destroy("web-02");
  const goneFrom = Number(rig.clock.now()) + 3_000; // the listing may be some seconds old
  await rig.until(
    () => Number(rig.clock.now()) > goneFrom || void rig.slack.suggest(BORIS, "create.vm", "w"),
    "a new listing",
  );
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ vm: "This VM is no longer there. Choose another one." });
});

journey.concurrent(
  "a cloud that does not answer: the dialog opens, and says so when it is submitted",
  async ({ begin }) => {
    const rig = await begin({ vms: FLEET });
    const view = await opened(rig);
    await chooseVm(rig, BORIS, "web-01");
    rig.cloud.server.intercept(() => ({ kind: "answer", reply: { status: 500 }, applied: false }));
    await rig.slack.submit(BORIS);
    if (Object.keys(view.errors).length > 0)
      expect(view.errors).toEqual({ vm: "The cloud does not answer at the moment. Try again in a minute." });
    else expect(await rig.told(BORIS)).toContain("The cloud did not answer as expected");
    expect(rig.slack.messages()).toEqual([]);
  },
);

journey.concurrent(
  "a dialog that cannot be opened in time is answered with the command to type instead",
  async ({ begin }) => {
    const rig = await begin({ vms: FLEET });
    rig.slack.server.intercept((call) =>
      call.path.endsWith("views.open")
        ? { kind: "answer", reply: { status: 200, body: { ok: false, error: "expired_trigger_id" } }, applied: false }
        : undefined,
    );
    await rig.slack.command(BORIS, OPS, "  ");
    expect(await rig.told(BORIS)).toContain("/snapshot create web-01");
  },
);

journey.concurrent("a guest who submits the dialog is refused in private", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  await opened(rig, CLARA);
  await chooseVm(rig, CLARA, "web-01");
  await rig.slack.submit(CLARA);
  expect(await rig.told(CLARA)).toBe("Only full members of this workspace may do that. Nothing has been changed.");
  expect(rig.slack.messages()).toEqual([]);
});

journey.concurrent("lengths are checked on our side too, whatever Slack's form lets through", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  const submitted = async (name: string, reason: string) => {
    const values = {
      vm: { "create.vm": { selected_option: { value: "web-01" } } },
      name: { "create.name": { value: name } },
      reason: { "create.reason": { value: reason } },
    };
    const view = { id: "V1", callback_id: "create", private_metadata: "not ours", state: { values } };
    const user = { id: BORIS, team_id: rig.slack.teamId };
    return (
      await rig.slack.send({ payload: { type: "view_submission", user, team: { id: rig.slack.teamId }, view } })
    ).json();
  };
  expect(await submitted("x".repeat(256), "")).toEqual({
    response_action: "errors",
    errors: { name: "At most 255 characters." },
  });
  expect(await submitted("x", "x".repeat(501))).toEqual({
    response_action: "errors",
    errors: { reason: "At most 500 characters." },
  });
  expect(rig.slack.messages()).toEqual([]);
});

journey.concurrent("a button on a list opens it with the VM chosen and its usual name filled in", async ({ begin }) => {
  const rig = await begin({ vms: FLEET });
  await rig.slack.command(BORIS, OPS, "create web-01 one --live");
  await rig.shows("done");
  await rig.slack.command(BORIS, OPS, "list web-01");
  await rig.told(BORIS);
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "home.create");
  await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(entered(rig, BORIS, "create.name")).toMatch(/^web-01-\d{10}$/);
});
