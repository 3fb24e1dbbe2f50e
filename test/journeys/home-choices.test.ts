import { expect } from "vitest";
import { homeSays, opensHome } from "../home-page.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig } from "../rig.ts";

const VMS = [{ name: "web-01", timing: QUICK }];

const chosen = (rig: Rig, user: string, actionId: string): unknown =>
  Object.values(rig.slack.home(user)?.state ?? {}).flatMap((actions) => actions[actionId] ?? [])[0]?.selected_option;

async function chooses(rig: Rig, user: string, actionId: string, value: string) {
  await rig.slack.choose(user, rig.slack.home(user)!, actionId, value);
  await rig.slack.waitFor(
    () => rig.slack.home(user)?.blocks.some(({ block_id }) => block_id?.endsWith(`/${value}`)),
    `${value} at Home`,
  );
}

journey.concurrent("the language: Home, the next private answer and one's own cards follow it", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  await opensHome(rig, BORIS, "Your settings");
  expect(chosen(rig, BORIS, "home.language")).toMatchObject({ value: "auto" });
  await chooses(rig, BORIS, "home.language", "de");
  await homeSays(rig, BORIS, "Deine Einstellungen", "Wartet auf deine Entscheidung");
  expect(chosen(rig, BORIS, "home.language")).toMatchObject({ value: "de" });

  await rig.slack.command(BORIS, OPS, "status");
  expect(await rig.told(BORIS)).toContain("Es läuft nichts.");
  await rig.slack.command(BORIS, OPS, "");
  expect((await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog")).title).toBe("VM-Snapshot erstellen");
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  expect((await rig.shows("done")).text).toContain("Fertig");
});

journey.concurrent("a choice outlives a restart, and `as in your Slack` takes it away again", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  await opensHome(rig, ANNA, "Deine Einstellungen");
  await chooses(rig, ANNA, "home.language", "en");
  await chooses(rig, ANNA, "home.notify", "failures");
  await rig.restart();
  await rig.slack.command(ANNA, OPS, "status");
  expect(await rig.told(ANNA)).toContain("Nothing is running.");
  await opensHome(rig, ANNA, "Your settings", "Failures only");
  await chooses(rig, ANNA, "home.language", "auto");
  await homeSays(rig, ANNA, "Deine Einstellungen", "Nur Fehlschläge");
});

journey.concurrent("where one language is set for all cards, a choice does not change them", async ({ begin }) => {
  const rig = await begin({ vms: VMS, yaml: "language: en" });
  await opensHome(rig, BORIS, "web-01");
  await chooses(rig, BORIS, "home.language", "de");
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  expect((await rig.shows("done")).text).toContain("Snapshot of web-01: Done.");
});

journey.concurrent("a guest chooses for themselves, too", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  await opensHome(rig, CLARA, "Your settings");
  await chooses(rig, CLARA, "home.language", "de");
  await homeSays(rig, CLARA, "Deine Einstellungen", "Als Gast");
});

journey.concurrent("a choice that does not exist changes nothing", async ({ begin }) => {
  const rig = await begin({ vms: VMS });
  const home = await opensHome(rig, BORIS, "Your settings");
  const user = { id: BORIS, team_id: rig.slack.teamId };
  const view = { id: home.id, type: "home", state: { values: {} } };
  const team = { id: rig.slack.teamId };
  for (const [action_id, value] of [
    ["home.language", "fr"],
    ["home.notify", "nothing"],
    ["home.notify", "__proto__"],
  ]) {
    const actions = [{ type: "static_select", action_id, selected_option: { value } }];
    const payload = { type: "block_actions", user, team, view, actions };
    expect(await rig.slack.send({ payload })).toMatchObject({ status: 200 });
  }
  await chooses(rig, BORIS, "home.notify", "all");
  expect(chosen(rig, BORIS, "home.language")).toMatchObject({ value: "auto" });
});

const levels = [
  { level: "all", done: true, stuck: true, failed: true },
  { level: "decisions", done: false, stuck: true, failed: true },
  { level: "failures", done: false, stuck: false, failed: true },
];

for (const { level, done, stuck, failed } of levels) {
  journey.concurrent(`mentions, ${level}: an end, a decision, a failure`, async ({ begin }) => {
    const rig = await begin({
      vms: [
        { name: "good", timing: QUICK },
        { name: "stuck", timing: QUICK, trouble: { ignoresShutdown: true } },
        { name: "bad", timing: QUICK, trouble: { snapshotFails: true } },
      ],
      yaml: "snapshots: { shutdown_timeout: 20s }",
    });
    await opensHome(rig, BORIS, "good");
    if (level !== "decisions") await chooses(rig, BORIS, "home.notify", level);
    for (const vm of ["good --live", "stuck", "bad --live"]) await rig.slack.command(BORIS, OPS, `create ${vm}`);
    await rig.slack.click(BORIS, await rig.shows("choosing", "stuck"), "request.shutdown");
    const mention = `<@${BORIS}> `;
    const line = async (vm: string, status: string, words: string) => {
      const card = await rig.shows(status, vm);
      return rig.slack.waitFor(() => rig.thread(card).find((each) => each.includes(words)), words);
    };
    expect((await line("good", "done", "Done.")).startsWith(mention)).toBe(done);
    expect((await line("bad", "failed", "Failed.")).startsWith(mention)).toBe(failed);
    expect((await line("stuck", "shutdown_stuck", "has not shut down in time")).startsWith(mention)).toBe(stuck);
  });
}
