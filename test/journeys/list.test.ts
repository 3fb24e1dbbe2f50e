import { describe, expect } from "vitest";
import type { Call } from "../../src/demo/server.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, type Rig } from "../rig.ts";
import { answerTo, buttonsOf, drawn, turn } from "./answer-to.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const days = (count: number) => count * 24 * 60;
const old = (name: string, daysAgo: number) => ({ name, createdAt: ago(days(daysAgo)), sizeGb: 12.34 });

/** Boris has taken one of web-01 for a reason; the others come from the panel. */
async function someSnapshots(rig: Rig): Promise<void> {
  await rig.slack.command(BORIS, "COPS", 'create web-01 fresh --live --reason "kernel 6.9"');
  await rig.shows("done");
}
const SOME = [
  { name: "web-01", timing: QUICK, snapshots: [old("ancient", 40)] },
  { name: "db-01", snapshots: [old("nightly", 3), old("yearly", 400)] },
  { name: "bare" },
];

/** Snapshots of which VMs the cloud was asked for. */
const askedFor = (rig: Rig, since = 0): string[] =>
  rig.cloud.server.journal
    .slice(since)
    .flatMap(({ call }) => /\/servers\/([^/]+)\/snapshots$/.exec(call.path)?.[1] ?? []);

const isListing = ({ path }: Call) => path.endsWith("/ccloud/servers");
const isSnapshots = ({ path }: Call) => path.endsWith("/snapshots");
const SILENT = { kind: "answer", reply: { status: 503, body: { message: "maintenance" } }, applied: false } as const;

describe("one VM", () => {
  journey.concurrent("newest first, with age, size, how, who and why, and its buttons", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    await someSnapshots(rig);
    const answer = await answerTo(rig, BORIS, "list web-01");
    expect(drawn(rig, answer).split("\n")).toEqual([
      "*`web-01`* · 2 of 10 snapshots",
      "*`fresh`*",
      expect.stringMatching(/^.+ \(.+ ago\) · 14\.8 GB · live$/),
      "boris: `kernel 6.9`",
      "[ Rename ]  [ Restore… ]  [ Delete… ]",
      "*`ancient`*",
      expect.stringMatching(/^.+ \(1 month ago\) · 12\.3 GB · offline$/),
      "made outside Shutter",
      "[ Rename ]  [ Restore… ]  [ Delete… ]",
      "[ Snapshot… ]  [ Delete several… ]",
    ]);
    expect(answer.text).toContain("• `fresh` · ");
    expect(answer.text).toContain("boris: `kernel 6.9`");
    expect(answer.text).not.toContain("Rename");
  });

  journey.concurrent("in German, for a guest without buttons, and without snapshots", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    const forAnna = drawn(rig, await answerTo(rig, ANNA, "liste web-01"));
    expect(forAnna).toMatch(/`ancient`\*\n.+ \(vor 1 Monat\) · 12,3 GB/);
    expect(forAnna).toContain("außerhalb von Shutter erstellt");
    expect(buttonsOf(await answerTo(rig, CLARA, "list web-01"))).toEqual([]);
    const bare = await answerTo(rig, BORIS, "list bare");
    expect(bare.text).toBe("`bare` has no snapshots. `/snapshot create` takes one.");
    expect(buttonsOf(bare)).toEqual(["home.create"]);
  });

  journey.concurrent("part of a name gives a menu, which keeps the filter", async ({ begin }) => {
    const rig = await begin({ vms: [...SOME, { name: "web-02" }] });
    const menu = await answerTo(rig, BORIS, "list web older:30d");
    expect(drawn(rig, menu)).toContain("[ web-01 ]  [ web-02 ]");
    await rig.slack.clickPrivate(BORIS, menu, "command.pick.0");
    expect(await rig.told(BORIS, 2)).toContain("*`web-01`* · 1 of 1 snapshots: older than 30 d");
  });
});

describe("all VMs", () => {
  journey.concurrent(
    "are a table, with the same in words; those without snapshots are not asked",
    async ({ begin }) => {
      const rig = await begin({ vms: SOME });
      await someSnapshots(rig);
      const before = rig.cloud.server.journal.length;
      const answer = await answerTo(rig, CLARA, "list");
      expect(askedFor(rig, before).toSorted()).toEqual(["db-01", "web-01"]);
      const [head, caption, columns, ...rows] = drawn(rig, answer).split("\n");
      expect(head).toBe("*Snapshots, newest first* · VMs 1–2 of 2, 1 more VM has no snapshot");
      expect(caption).toBe("Snapshots, newest first: VMs 1–2 of 2");
      expect(columns).toBe("VM │ Snapshot │ When │ Age │ Size │ How │ Who │ Why");
      expect(rows.map((row) => row.split(" │ ").filter((_, at) => at !== 2 && at !== 5))).toEqual([
        ["web-01", "fresh", expect.stringMatching(/seconds|minute/), "14.8 GB", "boris", "kernel 6.9"],
        ["db-01", "nightly", "3 days", "12.3 GB", "made outside Shutter", "–"],
        ["web-01", "ancient", "1 month", "12.3 GB", "made outside Shutter", "–"],
        ["db-01", "yearly", "1 year", "12.3 GB", "made outside Shutter", "–"],
      ]);
      expect(answer.text.split("\n")).toHaveLength(5);
      expect(answer.text).toContain("• `web-01` · `fresh` · ");
      expect(answer.via).toBe("response_url");
    },
  );

  journey.concurrent("are lines where Slack does not know tables, in both languages", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    rig.slack.refuseBlocks("data_table");
    const answer = await answerTo(rig, BORIS, "list");
    expect(answer.blocks.map(({ type }) => type)).toEqual(["section", "section"]);
    expect(drawn(rig, answer)).toMatch(/• `db-01` · `nightly` · .+ \(3 days ago\) · 12\.3 GB .*made outside Shutter/);
    expect(drawn(rig, await answerTo(rig, ANNA, "liste"))).toMatch(
      /• `db-01` · `nightly` · .+ \(vor 3 Tagen\) · 12,3 GB/,
    );
    expect(rig.slack.privateAnswers(BORIS)).toHaveLength(1);
  });

  journey.concurrent("without any snapshot, and without any VM", async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "bare" }] });
    expect((await answerTo(rig, ANNA, "liste")).text).toContain("Keine VM hat einen Snapshot.");
  });
});

describe("a filter", () => {
  const FOUND: { typed: string; found: string[] }[] = [
    { typed: "by:@boris", found: ["fresh"] },
    { typed: "by:BOR", found: ["fresh"] },
    { typed: "why:KERNEL", found: ["fresh"] },
    { typed: 'why:"kernel 6.9" by:@boris newer:1d', found: ["fresh"] },
    { typed: "older:30d", found: ["ancient", "yearly"] },
    { typed: "newer:7d", found: ["fresh", "nightly"] },
    { typed: "older:2d newer:60d", found: ["nightly", "ancient"] },
    { typed: "db-01 older:30d", found: ["yearly"] },
    { typed: "web-01 by:@boris", found: ["fresh"] },
  ];

  journey.concurrent("finds by person, reason and age, and says what it looked at", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    await someSnapshots(rig);
    for (const { typed, found } of FOUND) {
      const { text } = await answerTo(rig, BORIS, `list ${typed}`);
      expect([typed, ["fresh", "nightly", "ancient", "yearly"].filter((name) => text.includes(`\`${name}\``))]).toEqual(
        [typed, found],
      );
    }
    expect((await answerTo(rig, BORIS, "list by:@boris")).text).toContain(
      "*Snapshots, newest first* · by `boris` · looked at: VMs 1–2 of 2, 1 more VM has no snapshot",
    );
  });

  journey.concurrent("that nothing fits is an answer with the way out", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    expect((await answerTo(rig, BORIS, "list by:@clara")).text).toBe(
      "No snapshot fits: by `clara` · looked at: VMs 1–2 of 2, 1 more VM has no snapshot. `/snapshot list` shows all snapshots.",
    );
    expect((await answerTo(rig, ANNA, "liste web-01 grund:kernel")).text).toBe(
      "Der eine Snapshot von `web-01` passt nicht: mit `kernel` im Grund. `/snapshot liste` nur mit der VM zeigt alle.",
    );
  });
});

describe("pages", () => {
  const MANY = Array.from({ length: 45 }, (_, n) => ({ name: `vm-${n}`, snapshots: [old(`s-of-${n}`, 2)] }));

  journey.concurrent("of VMs are turned in place, and only theirs are asked for", async ({ begin }) => {
    const rig = await begin({ vms: [...MANY, { name: "bare" }] });
    const answer = await answerTo(rig, BORIS, "list older:1d");
    expect(drawn(rig, answer)).toContain("looked at: VMs 1–20 of 45, 1 more VM has no snapshot");
    expect(askedFor(rig).toSorted()).toEqual(
      MANY.slice(0, 20)
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(buttonsOf(answer)).toEqual(["list.page.next"]);
    const second = await turn(rig, answer, "list.page.next");
    expect(second).toContain("VMs 21–40 of 45");
    expect(second).toContain("s-of-20");
    expect(buttonsOf(answer)).toEqual(["list.page.previous", "list.page.next"]);
    expect(await turn(rig, answer, "list.page.next")).toContain("VMs 41–45 of 45");
    expect(askedFor(rig)).toHaveLength(45);
    expect(await turn(rig, answer, "list.page.previous")).toBe(second);
    expect(rig.slack.privateAnswers(BORIS)).toHaveLength(1);
  });

  journey.concurrent("of ten thousand VMs: only the page's are asked for", async ({ begin }) => {
    const empty = Array.from({ length: 9_955 }, (_, n) => ({ name: `empty-${n}` }));
    const rig = await begin({ vms: [...empty, ...MANY] });
    expect((await answerTo(rig, BORIS, "list")).text).toContain("VMs 1–20 of 45, 9955 more VMs have no snapshots");
    expect(askedFor(rig)).toHaveLength(20);
    expect(rig.cloud.server.journal.filter(({ call }) => isListing(call))).toHaveLength(50);
  });

  journey.concurrent("are turned by guests too; a forged value reads nothing and says so", async ({ begin }) => {
    const rig = await begin({ vms: MANY });
    const answer = await answerTo(rig, CLARA, "list");
    expect(await turn(rig, answer, "list.page.next")).toContain("VMs 21–40 of 45");
    await rig.slack.clickPrivate(CLARA, answer, "list.page.next", { value: '{"from":"x"}' });
    expect(await rig.told(CLARA, 2)).toContain("Shutter cannot read this button any more.");
    await rig.slack.clickPrivate(CLARA, answer, "list.page.next", { value: '{"vm":"vm-99","from":0}' });
    expect(await rig.told(CLARA, 3)).toContain("The cloud does not know `vm-99` any more.");
    await rig.slack.clickPrivate(CLARA, answer, "list.page.next", { value: '{"vm":"vm-7","from":0}' });
    await rig.slack.waitFor(() => answer.text.includes("*`vm-7`* · 1 of 10"), "the one VM");
    expect(buttonsOf(answer)).toEqual([]);
  });
});

/** So long a listing may live. */
const LONGEST_LISTING_MS = 30_000;

describe("when the cloud does not answer", () => {
  journey.concurrent("what it last said is shown, with its age", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    await answerTo(rig, BORIS, "list");
    rig.cloud.server.intercept(() => SILENT);
    const all = await answerTo(rig, BORIS, "list");
    expect(all.text).toMatch(
      /^The cloud does not answer as expected \(`.+`\)\. What it said \d+ seconds? ago \(.+\) is all/,
    );
    expect(all.text).toContain("• `web-01` · running · 1 snapshot");
    expect(all.text).toContain("• `db-01` · running · 2 snapshots");
    const one = await answerTo(rig, ANNA, "liste db-01");
    expect(one.text).toContain("• `db-01` · eingeschaltet · 2 Snapshots");
    expect((await answerTo(rig, ANNA, "liste db")).text).toContain("`db` passt auf mehrere VMs.");
    await new Promise<void>((resolve) => rig.clock.after(LONGEST_LISTING_MS, resolve));
    const unknown = await answerTo(rig, ANNA, "liste new-01");
    expect(unknown.text).toContain("Die Cloud hat nicht wie erwartet geantwortet");
  });

  journey.concurrent("and never has, the answer says so", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    rig.cloud.server.intercept(() => SILENT);
    expect((await answerTo(rig, BORIS, "list")).text).toContain("The cloud did not answer as expected");
    expect((await answerTo(rig, BORIS, "list web-01")).text).toContain("The cloud did not answer as expected");
  });

  journey.concurrent("for one of several VMs, that one is named and the others are shown", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    rig.cloud.server.intercept((call) => (call.path.endsWith("/servers/db-01/snapshots") ? SILENT : undefined));
    const { text } = await answerTo(rig, BORIS, "list");
    expect(text).toContain("`ancient`");
    expect(text).toMatch(/Without `db-01`: the cloud did not answer as expected \(`.+`\)/);
    expect((await answerTo(rig, BORIS, "list db-01")).text).toContain("• `db-01` · running · 2 snapshots");
  });

  journey.concurrent("for a VM that was destroyed meanwhile, it is said to be gone", async ({ begin }) => {
    const rig = await begin({ vms: SOME });
    rig.cloud.server.intercept((call) =>
      isSnapshots(call) && !isListing(call)
        ? { kind: "answer", reply: { status: 404, body: { message: "no such server" } }, applied: false }
        : undefined,
    );
    expect((await answerTo(rig, ANNA, "liste db-01")).text).toBe(
      "Die Cloud kennt `db-01` nicht mehr. Wurde sie gelöscht oder umbenannt?",
    );
    expect((await answerTo(rig, BORIS, "list")).text).toContain("There are no snapshots any more on these VMs");
  });
});
