import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { homeSays, opensHome } from "../home-page.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig } from "../rig.ts";
import { auditOf, doneBy, refusedIn } from "./audit-rows.ts";
import { asksFor, CLEO, idOf, pressed, prod } from "./deputies.ts";
import { called, dialogOf } from "./managing.ts";

/** Whoever does something is in the audit, whatever becomes of it; who only looks around is not. */

const VMS = [{ name: "web-01", timing: QUICK, snapshots: called("old") }];
const openOf = (rig: Rig, who: string) => rig.slack.waitFor(() => rig.slack.view(who), "a dialog");

journey.concurrent("commands that open a dialog, and what is sent in it", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  await rig.slack.command(BORIS, OPS, "");
  await openOf(rig, BORIS);
  await rig.slack.closeView(BORIS);
  await dialogOf(rig, BORIS, "rename web-01 old");
  await rig.slack.waitFor(() => rig.slack.view(BORIS)?.submit, "all of it, however long the cloud takes");
  expect(doneBy(rig, BORIS)).toEqual(["command dialog", "command rename web-01"]);
  rig.slack.fill(BORIS, "rename.name", "older than that");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
  expect(doneBy(rig, BORIS).slice(2)).toEqual(["command rename web-01"]);
});

journey.concurrent("a shortcut, and buttons that open a dialog", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  await rig.slack.shortcut(BORIS, "create");
  await openOf(rig, BORIS);
  await rig.slack.closeView(BORIS);
  await rig.slack.command(BORIS, OPS, "list web-01");
  await rig.told(BORIS);
  const [list] = rig.slack.privateAnswers(BORIS);
  await rig.slack.clickPrivate(BORIS, list!, "snapshot.delete");
  await openOf(rig, BORIS);
  expect(doneBy(rig, BORIS)).toEqual(["opened create", "command list web-01", "opened delete web-01"]);
});

journey.concurrent("the dialog for a reason is about the request on whose card it was opened", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksFor(rig);
  await rig.slack.click(CLEO, card, "request.deny");
  await openOf(rig, CLEO);
  expect(auditOf(rig).filter(({ who }) => who === CLEO)).toMatchObject([
    { request: idOf(card), said: { code: "opened", dialog: "deny", vm: "web-01" } },
  ]);
});

journey.concurrent("choices at Home, one's own and no other; turning pages leaves no row", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  const home = await opensHome(rig, BORIS, "Your settings");
  expect(doneBy(rig, BORIS)).toEqual([]);
  await rig.slack.choose(BORIS, home, "home.language", "de");
  await homeSays(rig, BORIS, "Deine Einstellungen");
  await rig.slack.choose(BORIS, rig.slack.home(BORIS)!, "home.notify", "failures");
  await rig.slack.choose(BORIS, rig.slack.home(BORIS)!, "home.language", "auto");
  await homeSays(rig, BORIS, "Your settings");
  expect(doneBy(rig, BORIS)).toEqual(["preferred de", "preferred failures", "preferred auto"]);
});

journey.concurrent(
  "a choice that there is not, and one by somebody of another workspace, are refused",
  async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    const team = { id: rig.slack.teamId };
    const view = { id: "VHOME", type: "home", state: { values: {} } };
    const choosing = (user: object, value: string) => {
      const actions = [{ type: "static_select", action_id: "home.language", selected_option: { value } }];
      return rig.slack.send({ payload: { type: "block_actions", user, team, view, actions } });
    };
    await choosing({ id: BORIS, team_id: rig.slack.teamId }, "fr");
    await choosing({ id: ANNA, team_id: "T0OTHER" }, "en");
    await rig.slack.waitFor(() => rig.slack.directMessages(ANNA)[0], "a no");
    await rig.slack.command(BORIS, OPS, "status");
    await rig.told(BORIS);
    expect(refusedIn(rig).toSorted()).toEqual([
      `${ANNA} preference: not_member`,
      `${BORIS} preference: unknown_choice`,
    ]);
  },
);

journey.concurrent("the history as a file, and a VM chosen from a menu", async ({ begin }) => {
  const rig = await begin({ vms: [...VMS, { name: "web-02", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web --live");
  await rig.told(BORIS);
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "command.pick.1");
  await rig.shows("done", "web-02");
  await rig.slack.command(BORIS, OPS, "history");
  await rig.told(BORIS, 2);
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[1]!, "history.csv");
  await rig.slack.waitFor(() => rig.slack.directMessages(BORIS).find(({ files }) => files), "the file");
  expect(doneBy(rig, BORIS)).toEqual([
    "command create web",
    "command create web-02",
    "command history",
    "command history_file",
  ]);
});

journey.concurrent("a button that tries again, also when the VM is gone by then", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { snapshotFails: true } }] });
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  const failed = await rig.shows("failed");
  rig.cloud.destroy("web-01");
  await rig.slack.click(BORIS, failed, "request.retry");
  await rig.told(BORIS);
  expect(doneBy(rig, BORIS)).toEqual(["command create web-01", "command retry web-01"]);
  expect(auditOf(rig).at(-1)).toMatchObject({ who: BORIS, request: idOf(failed) });
});

journey.concurrent("a press without a value is answered, and refused in the audit", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  const at = { channel: OPS, ts: "1700000000.000100" };
  await pressed(rig, { id: CLARA, team_id: rig.slack.teamId }, at, { action_id: "request.approve" });
  await rig.told(CLARA);
  expect(refusedIn(rig)).toEqual([`${CLARA} approve: unknown_request`]);
});

journey.concurrent(
  "a wish that came too late for anything to be done is given up, which is in the audit",
  async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    const from = { user: BORIS, teams: [rig.slack.teamId], channel: OPS };
    using database = new DatabaseSync(rig.database, { timeout: 5000 });
    const add = database.prepare("INSERT INTO deliveries (key, at, body, handled) VALUES (?, ?, ?, 0)");
    const at = rig.clock.now().getTime() - 11 * MINUTE_MS;
    add.run("a wish", at, JSON.stringify({ kind: "command", from, text: "create web-01 plans-of-ours" }));
    await rig.restart();
    await rig.told(BORIS);
    expect(refusedIn(rig)).toEqual([`${BORIS} command: given_up`]);
    expect(JSON.stringify(auditOf(rig))).not.toContain("plans-of-ours");
  },
);
