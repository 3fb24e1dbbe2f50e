import { expect } from "vitest";
import { controlsOn, homeSays, opensHome, readHome } from "../home-page.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS } from "../rig.ts";

const TWO = [
  { name: "web-01", timing: QUICK, snapshots: 3, tags: ["prod"] },
  { name: "db-01", timing: QUICK, power: "Stopped" as const },
];

journey.concurrent("an empty account explains what to type, in the language of whoever looks", async ({ begin }) => {
  const rig = await begin({ vms: [] });
  await opensHome(
    rig,
    BORIS,
    "Nothing waits for you.",
    "Nothing is running.",
    "no VMs that Shutter can see",
    "/snapshot",
  );
  await opensHome(rig, ANNA, "Nichts wartet auf dich.", "Es läuft nichts.", "hat keine VMs", "/snapshot hilfe");
  expect(controlsOn(rig.slack.home(BORIS))).toEqual(["home.create", "home.language", "home.notify"]);
});

journey.concurrent("VMs: state, count, age, tags, and the buttons that make sense", async ({ begin }) => {
  const rig = await begin({ vms: TWO });
  const home = await opensHome(rig, BORIS, "db-01", "3 of 10 snapshots", "last snapshot");
  expect(readHome(rig, BORIS)).toContain(
    "*`web-01`* · running · 3 of 10 snapshots · last snapshot yesterday\nTags: `prod`",
  );
  expect(readHome(rig, BORIS)).toContain("*`db-01`* · off · 0 of 10 snapshots");
  expect(controlsOn(home).filter((control) => control.includes("-01"))).toEqual([
    "home.create db-01",
    "home.list db-01",
    "vm.power_on db-01",
    "home.create web-01",
    "home.list web-01",
    "vm.shutdown web-01",
    "vm.power_off web-01",
  ]);
  await opensHome(rig, ANNA, "*`web-01`* · eingeschaltet · 3 von 10 Snapshots");
});

journey.concurrent("a decision is taken at Home, and what it leads to shows there until the end", async ({ begin }) => {
  const rig = await begin({
    vms: [{ name: "web-01", timing: { shutdownMs: 5_000, snapshotMs: 60_000, bootMs: 5_000 } }],
  });
  await opensHome(rig, BORIS, "web-01");
  await rig.slack.command(BORIS, OPS, "create web-01");
  const asking = await homeSays(rig, BORIS, "How shall the snapshot be taken?", "|card".slice(1));
  expect(controlsOn(asking)).toContain(`request.shutdown ${rig.card().metadata?.event_payload.id}`);
  await rig.slack.click(BORIS, asking, "request.shutdown");
  await homeSays(rig, BORIS, "Nothing waits for you.", "Taking the snapshot", "▓", "expected end");
  await rig.shows("done");
  await homeSays(rig, BORIS, "Nothing is running.", "Snapshot of `web-01`: Done", "1 of 10 snapshots");
  expect(rig.slack.cards()).toHaveLength(1);
});

journey.concurrent("in German, too: bar, link and end", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 60_000 } }] });
  await opensHome(rig, ANNA, "web-01");
  await rig.slack.command(ANNA, OPS, "erstellen web-01");
  const asking = await homeSays(rig, ANNA, "Wie soll der Snapshot erstellt werden?", "Ohne Auswahl verfällt");
  await rig.slack.click(ANNA, asking, "request.live");
  await homeSays(
    rig,
    ANNA,
    "Der Snapshot wird erstellt",
    "▓",
    "voraussichtlich fertig",
    "Karte (https://demo.slack.com",
  );
  await rig.shows("done");
  await homeSays(rig, ANNA, "Es läuft nichts.", "Snapshot von `web-01`: Fertig");
});

journey.concurrent(
  "a VM that does not shut down waits for every member, and any of them decides",
  async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", timing: QUICK, trouble: { ignoresShutdown: true } }],
      yaml: "snapshots: { shutdown_timeout: 20s }",
    });
    await opensHome(rig, BORIS, "web-01");
    await rig.slack.command(ANNA, OPS, "create web-01");
    await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
    const stuck = await homeSays(rig, BORIS, "The VM has not shut down", "Any member may wait or give up");
    await rig.slack.click(BORIS, stuck, "request.live");
    const done = await rig.shows("done");
    expect(JSON.stringify(done.blocks)).toContain("boris hat das um");
    await homeSays(rig, BORIS, "Nothing waits for you.");
  },
);

journey.concurrent("what somebody else asks for appears at every Home that is open", async ({ begin }) => {
  const rig = await begin({ vms: TWO });
  await opensHome(rig, BORIS, "web-01");
  await opensHome(rig, CLARA, "web-01");
  await rig.slack.command(ANNA, OPS, "create web-01");
  for (const user of [BORIS, CLARA]) await homeSays(rig, user, "Snapshot of `web-01`: How shall the snapshot", "anna");
  expect(readHome(rig, BORIS)).toContain("Nothing waits for you."); // it waits for Anna
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.live");
  await rig.shows("done");
  for (const user of [BORIS, CLARA]) await homeSays(rig, user, "Nothing is running.", "4 of 10 snapshots");
});

journey.concurrent("a VM is switched from Home; it shows as it is afterwards", async ({ begin }) => {
  const rig = await begin({ vms: TWO }, ["switched on", "left off"]);
  const home = await opensHome(rig, BORIS, "db-01");
  await rig.slack.click(BORIS, home, "vm.power_on", { value: "db-01" });
  await homeSays(rig, BORIS, "*`db-01`* · running", "Power of `db-01`: Done");
  expect(rig.cloud.vm("db-01").power).toBe("Running");
  await rig.slack.click(BORIS, rig.slack.home(BORIS)!, "vm.shutdown", { value: "db-01" });
  await homeSays(rig, BORIS, "*`db-01`* · off");
  expect(rig.cloud.vm("db-01")).toMatchObject({ power: "Stopped", hardPowerOffs: 0 });
  expect(rig.slack.cards().map(({ channel }) => channel)).toEqual(Array(2).fill(rig.slack.directChannel(BORIS)));
});

journey.concurrent(
  "the dialog opens with the VM chosen, or with none; its card is in the direct messages",
  async ({ begin }) => {
    const rig = await begin({ vms: TWO });
    const home = await opensHome(rig, BORIS, "web-01");
    await rig.slack.click(BORIS, home, "home.create", { value: "web-01" });
    const dialog = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
    expect(JSON.stringify(dialog.state)).toContain('"value":"web-01"');
    await rig.slack.submit(BORIS);
    const choosing = await rig.shows("choosing");
    expect(rig.slack.directMessages(BORIS)).toContain(choosing);

    const [first] = controlsOn(home);
    expect(first).toBe("home.create");
    await rig.slack.click(BORIS, rig.slack.home(BORIS)!, "home.create");
    const empty = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
    expect(JSON.stringify(empty.state)).not.toContain('"value":"web-01"');
  },
);

journey.concurrent("the list of a VM is answered in the direct messages", async ({ begin }) => {
  const rig = await begin({ vms: TWO });
  await rig.slack.click(BORIS, await opensHome(rig, BORIS, "web-01"), "home.list", { value: "web-01" });
  const answer = await rig.slack.waitFor(() => rig.slack.directMessages(BORIS)[0], "the list");
  expect(answer.text).toContain("`web-01`* · 3 of 10 snapshots");
  expect(rig.slack.messages(OPS)).toEqual([]);
});

journey.concurrent(
  "a search shows one VM with its snapshots, from which their dialogs open; and all again",
  async ({ begin }) => {
    const rig = await begin({ vms: TWO });
    const home = await opensHome(rig, BORIS, "web-01");
    const offered = await rig.slack.suggest(BORIS, "create.vm", "we");
    expect(offered.map(({ value }) => value)).toEqual(["web-01"]);
    await rig.slack.choose(BORIS, home, "create.vm", "web-01");
    const one = await homeSays(rig, BORIS, "web-01-1", "[ All VMs ]");
    expect(readHome(rig, BORIS)).not.toContain("db-01");
    const snapshots = rig.cloud.vm("web-01").snapshots;
    expect(controlsOn(one).filter((control) => control.startsWith("snapshot.restore"))).toEqual(
      snapshots.map(({ id }) => `snapshot.restore ${id}`).reverse(),
    );

    await rig.slack.click(BORIS, one, "snapshot.rename", { value: String(snapshots[0]!.id) });
    const dialog = await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
    expect(dialog.callbackId).toBe("rename");
    await rig.slack.closeView(BORIS);

    await rig.slack.click(BORIS, rig.slack.home(BORIS)!, "home.all");
    await homeSays(rig, BORIS, "web-01", "db-01");
    expect(readHome(rig, BORIS)).not.toContain("[ All VMs ]");
  },
);

journey.concurrent(
  "pages of ten VMs, forth and back; an edited page number leads nowhere strange",
  async ({ begin }) => {
    const vms = Array.from({ length: 25 }, (_, n) => ({ name: `web-${n + 1}` }));
    const rig = await begin({ vms });
    const shown = () => [...readHome(rig, BORIS).matchAll(/\*`(web-\d+)`\*/g)].map(([, name]) => name);
    const page = (n: number) => homeSays(rig, BORIS, `Page ${n} of 3, 25 VMs`);
    await opensHome(rig, BORIS, "Page 1 of 3, 25 VMs");
    expect(shown()).toEqual(vms.slice(0, 10).map(({ name }) => name));
    await rig.slack.click(BORIS, await page(1), "home.page.next");
    await rig.slack.click(BORIS, await page(2), "home.page.next");
    await page(3);
    expect(shown()).toEqual(vms.slice(20).map(({ name }) => name));
    await rig.slack.click(BORIS, await page(3), "home.page.previous");
    await page(2);
    for (const value of ["-7", "1e99", "NaN", "next", "", "99999"]) {
      expect(await rig.slack.click(BORIS, rig.slack.home(BORIS)!, "home.page.next", { value })).toMatchObject({
        status: 200,
      });
    }
    await page(3);
    await opensHome(rig, ANNA, "Seite 1 von 3, 25 VMs");
  },
);

journey.concurrent("a safety snapshot about which somebody was asked is kept from Home", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }], yaml: "snapshots: { safety_question: 30s }" });
  await opensHome(rig, BORIS, "web-01");
  await opensHome(rig, ANNA, "web-01");
  await rig.slack.command(BORIS, OPS, 'before "kernel upgrade" web-01 --live');
  await rig.shows("done");
  const asked = await homeSays(rig, BORIS, "still needed?");
  expect(readHome(rig, ANNA)).not.toContain("noch gebraucht");
  expect(controlsOn(asked).filter((control) => /keep|snapshot\./.test(control))).toHaveLength(3);
  await rig.slack.click(BORIS, asked, "request.keep");
  await homeSays(rig, BORIS, "Nothing waits for you.");
  await rig.until(() => rig.card().text.includes("keeps this safety snapshot"), "the answer on the card");
});

journey.concurrent("a guest sees it all and can press nothing that acts, nor by forging it", async ({ begin }) => {
  const rig = await begin({ vms: TWO });
  const home = await opensHome(rig, CLARA, "As a guest", "web-01", "Nothing is running.");
  expect(new Set(controlsOn(home).map((control) => control.split(" ")[0]))).toEqual(
    new Set(["create.vm", "home.list", "home.language", "home.notify"]),
  );
  const forged = { evenIfGone: true, value: "db-01" };
  for (const action of ["vm.power_on", "vm.shutdown", "vm.power_off"])
    await rig.slack.click(CLARA, home, action, forged);
  const answers = await rig.slack.waitFor(
    () => rig.slack.directMessages(CLARA).length === 3 && rig.slack.directMessages(CLARA),
    "three refusals",
  );
  expect(new Set(answers.map(({ text }) => text))).toEqual(
    new Set(["Only full members of this workspace may do that. Nothing has been changed."]),
  );
  expect(rig.cloud.vm("db-01").operations).toEqual([]);
  await rig.slack.choose(CLARA, rig.slack.home(CLARA)!, "create.vm", "db-01");
  await homeSays(rig, CLARA, "[ All VMs ]");
});
