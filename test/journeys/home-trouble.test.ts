import { expect } from "vitest";
import { homeSays, opensHome, readHome } from "../home-page.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig } from "../rig.ts";
import { aliveIn, pieces, unfit } from "../views/strings.ts";

const publishes = (rig: Rig) =>
  rig.slack.server.journal.filter(({ call }) => call.path === "/api/views.publish").length;

journey(
  "ten thousand VMs: any of them is there within a second",
  async ({ begin }) => {
    const vms = Array.from({ length: 10_000 }, (_, n) => ({ name: `vm-${n}`, snapshots: n % 3 }));
    const rig = await begin({ vms, speed: 1 });
    const timed = async (what: () => Promise<unknown>) => {
      const begin = performance.now();
      await what();
      return performance.now() - begin;
    };
    const asked = () => rig.cloud.server.journal.filter(({ call }) => /snapshots$/.test(call.path)).length;
    await opensHome(rig, BORIS, "Page 1 of 1,000, 10,000 VMs");
    expect(asked()).toBeLessThanOrEqual(10);
    expect(
      await timed(async () => {
        await rig.slack.click(BORIS, rig.slack.home(BORIS)!, "home.page.next");
        await homeSays(rig, BORIS, "Page 2 of 1,000");
      }),
    ).toBeLessThan(1000);
    expect(
      await timed(async () => {
        await rig.slack.choose(BORIS, rig.slack.home(BORIS)!, "create.vm", "vm-9999");
        await homeSays(rig, BORIS, "*`vm-9999`*", "[ All VMs ]");
      }),
    ).toBeLessThan(1000);
    expect(await timed(() => opensHome(rig, ANNA, "Seite 1 von 1.000, 10.000 VMs"))).toBeLessThan(1000);
    expect(asked()).toBeLessThanOrEqual(21); // two pages and one VM, whoever looks at them
  },
  30_000,
);

journey.concurrent(
  "a cloud that is silent: Home says so at once, and shows the VMs when it speaks",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", snapshots: 3 }] });
    rig.cloud.server.intercept(() => ({ kind: "hang", applied: false }));
    await opensHome(rig, BORIS, "The cloud does not tell its VMs at the moment.", "Your settings");
    await opensHome(rig, ANNA, "Die Cloud nennt ihre VMs gerade nicht.");
    rig.cloud.server.intercept(undefined);
    await homeSays(rig, BORIS, "*`web-01`* · running · 3 of 10 snapshots");
    expect(readHome(rig, BORIS)).not.toContain("does not tell");
    await homeSays(rig, ANNA, "*`web-01`* · eingeschaltet");
  },
);

journey.concurrent("a cloud that falls silent: the VMs as they were seen last, with the time", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", snapshots: 3 }] });
  await opensHome(rig, BORIS, "3 of 10 snapshots");
  rig.cloud.server.intercept(() => ({ kind: "answer", reply: { status: 500 }, applied: false }));
  const seenFor = Number(rig.clock.now()) + 31_000;
  await rig.until(() => Number(rig.clock.now()) > seenFor || void rig.slack.openHome(BORIS), "half a minute");
  await opensHome(rig, BORIS, "The cloud does not tell its VMs at the moment; as seen", "*`web-01`* · running");
  rig.cloud.server.intercept(undefined);
  await homeSays(rig, BORIS, "The VMs as seen");
});

journey.concurrent("snapshots that the cloud does not tell are left out for their VM only", async ({ begin }) => {
  const rig = await begin({
    vms: [
      { name: "web-01", snapshots: 3 },
      { name: "web-02", snapshots: 4 },
    ],
  });
  rig.cloud.server.intercept(({ path }) => (path.includes("web-01") ? { kind: "hang", applied: false } : undefined));
  await opensHome(rig, BORIS, "web-01", "The cloud has not told its snapshots in time.", "4 of 10 snapshots");
  rig.cloud.server.intercept(undefined);
  await homeSays(rig, BORIS, "3 of 10 snapshots");
});

journey.concurrent("Slack does not take Homes: cards go on, and Homes follow when it does", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  rig.slack.server.intercept(({ path }) =>
    path === "/api/views.publish" ? { kind: "answer", reply: { status: 500 }, applied: false } : undefined,
  );
  await rig.slack.openHome(BORIS);
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  await rig.shows("done");
  expect(rig.slack.home(BORIS)).toBeUndefined();
  expect(rig.logs.some(({ level, message }) => level === "warn" && message === "a Home could not be drawn")).toBe(true);
  rig.slack.server.intercept(undefined);
  await homeSays(rig, BORIS, "Snapshot of `web-01`: Done");
});

journey.concurrent("Slack wants a pause from Homes: it gets it, and nothing else waits for that", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  let refusedAt: Date | undefined;
  rig.slack.server.intercept(({ path }) => {
    if (path !== "/api/views.publish" || refusedAt) return undefined;
    refusedAt = rig.clock.now();
    const headers = { "retry-after": "60" };
    return {
      kind: "answer",
      reply: { status: 429, headers, body: { ok: false, error: "ratelimited" } },
      applied: false,
    };
  });
  await rig.slack.openHome(BORIS);
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  await rig.shows("done");
  await homeSays(rig, BORIS, "Snapshot of `web-01`: Done");
  expect(Number(rig.clock.now()) - Number(refusedAt)).toBeGreaterThanOrEqual(60_000);
});

journey.concurrent(
  "after a restart the Homes that are open are brought up to date without anybody's doing",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 30_000 } }] });
    await opensHome(rig, BORIS, "Nothing is running.");
    await opensHome(rig, ANNA, "Es läuft nichts.");
    await rig.slack.command(BORIS, OPS, "create web-01 --live");
    await rig.shows("snapshotting");
    await rig.restart();
    await homeSays(rig, ANNA, "Der Snapshot wird erstellt");
    await rig.shows("done");
    await homeSays(rig, BORIS, "Snapshot of `web-01`: Done");
  },
);

journey.concurrent("nobody's Home is drawn again and again when nothing happens", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", snapshots: 1 }] });
  await opensHome(rig, BORIS, "last snapshot");
  const before = publishes(rig);
  const later = Number(rig.clock.now()) + 120_000;
  await rig.until(() => Number(rig.clock.now()) > later || void rig.slack.command(ANNA, OPS, "status"), "two minutes");
  expect(publishes(rig)).toBe(before);
});

journey.concurrent("hostile names of VMs, snapshots and people stay what they are", async ({ begin }) => {
  const evil = "<!channel> <@UANNA> <https://evil.example|x> *b* _i_ ~s~ `c` & \u202e \n> q \u0000";
  const rig = await begin({
    vms: [
      {
        name: "web-01",
        customName: evil,
        timing: QUICK,
        tags: [evil],
        snapshots: [{ name: evil, createdAt: new Date(Date.now() - 86_400_000), sizeGb: 1 }],
      },
    ],
    slack: {
      users: [{ id: BORIS, name: evil, locale: "en-US" }],
      channels: [{ id: OPS, name: "ops", members: [BORIS] }],
    },
  });
  await opensHome(rig, BORIS, "1 of 10 snapshots");
  await rig.slack.command(BORIS, OPS, `create web-01 "${evil.replaceAll("\n", " ")}" --reason "${evil}"`);
  await homeSays(rig, BORIS, "How shall the snapshot be taken?");
  await rig.slack.choose(BORIS, rig.slack.home(BORIS)!, "create.vm", "web-01");
  await homeSays(rig, BORIS, "[ All VMs ]");
  await rig.slack.click(BORIS, rig.slack.home(BORIS)!, "request.live");
  await rig.shows("done");
  await homeSays(rig, BORIS, "2 of 10 snapshots");
  const seen = rig.slack.server.journal
    .filter(({ call }) => call.path === "/api/views.publish")
    .flatMap(({ call }) => pieces(JSON.parse(new URLSearchParams(call.body).get("view") ?? "{}")));
  expect(seen.length).toBeGreaterThan(50);
  const alive = seen.flatMap(({ type, text }) => (type === "mrkdwn" ? aliveIn(text) : unfit(text)));
  expect([...new Set(alive)]).toEqual([]);
});
