import { describe, expect, test } from "vitest";
import { checkView } from "../../src/demo/slack/view-check.ts";
import { Power } from "../../src/domain/cloud.ts";
import { later, MINUTE_MS } from "../../src/domain/durations.ts";
import { ChannelId, SnapshotId, VmId } from "../../src/domain/ids.ts";
import type { Language, Request } from "../../src/domain/request.ts";
import type { Stored } from "../../src/ports/store.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { buttonsOf, questionButtons } from "../../src/views/card-buttons.ts";
import { home } from "../../src/views/home.ts";
import type { HomeSight, VmSight, VmsSight } from "../../src/views/home-sight.ts";
import { ANNA, NOW as AT, aRequest, aSnapshot, aVm } from "../domain/builders.ts";
import { ASTRAL, type Data, HOSTILE, LIMITS, NOW, ORDINARY, samples, WIDE } from "../samples.ts";
import { aliveIn, linksIn, pieces, unfit } from "./strings.ts";

const en = textsIn("en");
const LINK = "https://demo.slack.com/archives/COPS/p11";

interface Element {
  action_id: string;
  value?: string;
  text?: { text: string };
  confirm?: object;
  options?: { value: string }[];
  initial_option?: { value: string };
}
interface Block {
  type: string;
  block_id?: string;
  text?: { text: string };
  elements?: (Element & { text?: unknown })[];
  accessory?: Element;
}

const stored = (request: Request): Stored => ({
  request,
  version: 1,
  card: { face: 1, drawn: 1, message: { channel: ChannelId.parse("COPS"), ts: "1.1" } },
});

const blocksOf = (view: object): Block[] => (view as { blocks: Block[] }).blocks;
const drawn = (sight: HomeSight, language: Language = "en", now = NOW): Block[] =>
  blocksOf(home(sight, { texts: textsIn(language), limits: LIMITS, now, reader: ANNA.id, linkTo: () => LINK }));

const elementsIn = (blocks: readonly Block[]): Element[] =>
  blocks.flatMap(({ elements = [], accessory }) => [...elements, ...(accessory ? [accessory] : [])]);
const actionsIn = (blocks: readonly Block[]): string[] =>
  elementsIn(blocks).flatMap(({ action_id }) => action_id ?? []);
const textsOn = (blocks: readonly Block[]): string[] => pieces(blocks).map(({ text }) => text);

const NO_VMS: VmsSight = { seenAt: NOW, isSilent: false, count: 0, page: 0, pages: 1, rows: [] };
const sight = (changes: Partial<HomeSight> = {}): HomeSight => ({
  mayAct: true,
  decisions: [],
  running: [],
  recent: [],
  vms: NO_VMS,
  choices: {},
  ...changes,
});

const vmSight = (id: string, changes: Partial<VmSight> = {}): VmSight => {
  const vm = aVm(id);
  return { vm, power: vm.power, snapshots: [], oldSince: undefined, request: undefined, ...changes };
};
const aPage = (rows: VmSight[], changes: Partial<VmsSight> = {}): HomeSight =>
  sight({ vms: { ...NO_VMS, count: rows.length, rows, ...changes } });
const alone = (row: VmSight): HomeSight =>
  sight({ vms: { ...NO_VMS, count: 1, chosen: { id: row.vm.id, sight: row } } });

describe("with everything as long and as much as it gets", () => {
  const asked = (data: Data): Request => {
    const done = samples(data, "en").find(({ name }) => name === "done")!.request;
    return { ...done, followUp: { due: NOW, asked: 1 } };
  };

  function fullest(data: Data): HomeSight[] {
    const all = samples(data, "en").map(({ request }) => stored(request));
    const snapshots = Array.from({ length: 15 }, (_, n) => ({
      ...aSnapshot({ id: `${"s".repeat(60)}${n}`, name: data.snapshot }),
      sizeGb: 12.3,
      live: true,
      by: { id: ANNA.id, name: data.who },
      reason: data.reason,
    }));
    const row = (n: number): VmSight => ({
      vm: {
        ...aVm(`${n}${"v".repeat(254)}`, data.vm),
        tags: Array.from({ length: 40 }, () => data.reason),
        snapshotCount: 10,
      },
      power: Power.options[n % Power.options.length]!,
      snapshots: n % 3 === 0 ? undefined : snapshots,
      oldSince: n % 2 === 0 ? NOW : undefined,
      request: n % 4 === 0 ? all[n] : undefined,
    });
    const rows = Array.from({ length: 10 }, (_, n) => row(n));
    const vms = { seenAt: NOW, isSilent: true, count: 10_000, page: 1, pages: 1000, rows };
    const base = sight({
      decisions: [
        ...all.filter(({ request }) => buttonsOf(request, { texts: en, limits: LIMITS, now: NOW })),
        stored(asked(data)),
      ],
      running: all,
      recent: all.slice(-10),
      choices: { language: "de", notify: "all" },
    });
    const short = { ...row(1), vm: { ...row(1).vm, id: VmId.parse("v".repeat(75)) } };
    return [
      { ...base, vms },
      { ...base, vms, decisions: all.filter(({ request }) => request.state.status === "awaiting_approval") },
      { ...base, vms: { ...vms, isSilent: false } },
      { ...base, vms: { ...vms, chosen: { id: row(1).vm.id, sight: row(1) } } },
      { ...base, vms: { ...vms, chosen: { id: short.vm.id, sight: short } } },
      { ...base, vms: { ...vms, chosen: { id: VmId.parse(data.vm), sight: undefined } } },
      { ...base, mayAct: false, vms },
      { ...base, decisions: [stored(asked(data)), ...base.decisions], vms: { ...vms, seenAt: undefined, rows: [] } },
    ];
  }

  const everything = (["en", "de"] as const).flatMap((language) =>
    Object.entries({ ORDINARY, HOSTILE, WIDE, ASTRAL }).map(([kind, data]) => ({ language, kind, data })),
  );

  test.each(everything)("Slack takes it: $kind in $language", ({ language, data }) => {
    for (const each of fullest(data)) {
      const view = home(each, {
        texts: textsIn(language),
        limits: LIMITS,
        now: NOW,
        reader: ANNA.id,
        linkTo: () => LINK,
      });
      expect(checkView(view, "home")).not.toBeInstanceOf(Array);
    }
  });

  test.each(everything)("nothing in it comes to life: $kind in $language", ({ language, data }) => {
    for (const each of fullest(data)) {
      const said = pieces(drawn(each, language));
      const plain = said.filter(({ type }) => type === "plain_text").flatMap(({ text }) => unfit(text));
      const marked = said.filter(({ type }) => type === "mrkdwn").flatMap(({ text }) => linksIn(text));
      expect([...plain, ...marked]).toEqual([]);
    }
  });

  test("formatting in a name stays what it is", () => {
    const said = fullest(HOSTILE).flatMap((each) => pieces(drawn(each)));
    // Our own bold words stand in asterisks; the names between backticks do not count.
    const alive = said.filter(({ type }) => type === "mrkdwn").flatMap(({ text }) => aliveIn(text));
    expect(alive).toEqual([]);
  });
});

describe("an account in which nothing has happened yet", () => {
  const blocks = drawn(sight());

  test("says so, and what to type", () => {
    const words = textsOn(blocks);
    expect(words).toContain("Nothing waits for you.");
    expect(words).toContain(en.answers.nothingRuns);
    expect(words).toContain(en.answers.noVms);
    expect(words).toContain(en.home.noRecent);
    expect(en.answers.nothingRuns + en.home.noRecent).toContain("/snapshot");
  });

  test("has the button that opens the dialog, and one's own settings", () => {
    expect(actionsIn(blocks)).toEqual(["home.create", "home.language", "home.notify"]);
  });

  test("the parts stand in the order in which they matter", () => {
    const headers = drawn(sight({ recent: [stored(aRequest("done"))] })).filter(({ type }) => type === "header");
    expect(headers.map(({ text }) => text!.text)).toEqual([
      "VM snapshots",
      "Needs your decision",
      "Running",
      "VMs",
      "Your recent requests",
      "Your settings",
    ]);
  });
});

describe("what needs a decision", () => {
  test.each([
    { what: "a choice", request: aRequest("choosing") },
    { what: "a VM that does not shut down", request: aRequest("shutdown_stuck") },
    { what: "no room", request: aRequest("queued", { why: { kind: "full", snapshots: [] } }) },
  ])("$what has the very buttons of its card", ({ request }) => {
    const blocks = drawn(sight({ decisions: [stored(request)] }));
    const onCard = buttonsOf(request, { texts: en, limits: LIMITS, now: NOW }) as Block;
    expect(blocks.find(({ block_id }) => block_id === "snapshot/0/web-01")?.elements).toEqual(onCard.elements);
    expect(onCard.elements!.every(({ value }) => value === request.id)).toBe(true);
  });

  test("a safety snapshot that was asked about: keep, roll back, delete", () => {
    const request = aRequest(
      "done",
      { snapshot: aSnapshot({ id: "s7", name: "before upgrade" }) },
      { followUp: { due: AT, asked: 1 } },
    );
    const blocks = drawn(sight({ decisions: [stored(request)] }));
    const row = blocks.find(({ block_id }) => block_id === "snapshot/0/web-01");
    expect(row?.elements).toEqual((questionButtons(request, en) as Block).elements);
    expect(actionsIn([row!])).toEqual(["request.keep", "snapshot.restore", "snapshot.delete"]);
    expect(textsOn(blocks).join("\n")).toContain("before upgrade");
  });

  test("says what it is about, and where its card is", () => {
    const [text] = textsOn(drawn(sight({ decisions: [stored(aRequest("shutdown_stuck"))] }))).filter((each) =>
      each.includes("web-01"),
    );
    expect(text).toContain("Snapshot of `web-01`");
    expect(text).toContain(`<${LINK}|card>`);
    expect(text).toContain("Anna");
    expect(text).toContain("Any member may wait or give up, and the rest as far as the policy lets them.");
  });

  test("of very many shows the first ones, and how many more there are", () => {
    const many = Array.from({ length: 30 }, () => stored(aRequest("shutdown_stuck")));
    const blocks = drawn(sight({ decisions: many, running: many }));
    expect(actionsIn(blocks).filter((id) => id === "request.wait")).toHaveLength(8);
    expect(textsOn(blocks)).toContain("and 22 more");
    expect(textsOn(blocks)).toContain("and 15 more");
  });
});

describe("what runs", () => {
  const running = samples(ORDINARY, "en").find(({ name }) => name === "snapshotting, estimated")!.request;
  const textAt = (now: Date) =>
    textsOn(drawn(sight({ running: [stored(running)] }), "en", now)).find((text) => text.includes("▓"));

  test("is told with status, bar, expected end and a link", () => {
    expect(textAt(later(NOW, MINUTE_MS))).toMatch(
      /^Snapshot of `web-01`: Taking the snapshot · <https.+\|card> · Anna · <!date.+>\n▓░+ about 10 % \(estimated\) · expected end <!date\^\d+\^\{time\}\|.+>$/,
    );
  });

  test("is drawn as the same while nothing that is shown has moved", () => {
    const one = textAt(later(NOW, MINUTE_MS));
    expect(textAt(later(NOW, MINUTE_MS + 5_000))).toBe(one);
    expect(textAt(later(NOW, 9 * MINUTE_MS))).not.toBe(one);
  });
});

describe("a VM", () => {
  test.each([
    { power: "running", ids: ["home.create", "home.list", "vm.shutdown", "vm.power_off"] },
    { power: "off", ids: ["home.create", "home.list", "vm.power_on"] },
    { power: "starting", ids: ["home.create", "home.list"] },
    { power: "stopping", ids: ["home.create", "home.list"] },
    { power: "unknown", ids: ["home.create", "home.list"] },
  ] as const)("that is $power has the buttons that make sense", ({ power, ids }) => {
    const blocks = drawn(aPage([vmSight("web-01", { power })]));
    const buttons = elementsIn(blocks.filter(({ elements }) => elements?.some(({ value }) => value === "web-01")));
    expect(buttons.map(({ action_id, value }) => [action_id, value])).toEqual(ids.map((id) => [id, "web-01"]));
  });

  test("does not go off without a confirm dialog, and hard only in style danger", () => {
    const elements = elementsIn(drawn(aPage([vmSight("web-01", { power: "running" })])));
    const of = (id: string) => elements.find(({ action_id }) => action_id === id);
    expect(of("vm.shutdown")?.confirm).toBeDefined();
    expect(of("vm.power_off")).toMatchObject({ style: "danger", confirm: { style: "danger" } });
  });

  test("that a request has in hand is not switched from here; it says what is going on", () => {
    const blocks = drawn(aPage([vmSight("web-01", { power: "off", request: stored(aRequest("snapshotting")) })]));
    expect(actionsIn(blocks)).not.toContain("vm.power_on");
    expect(textsOn(blocks).join("\n")).toContain(`Taking the snapshot · <${LINK}|card>`);
  });

  test("is told with state, count, the last one's age as Slack draws it, and tags", () => {
    const snapshots = [aSnapshot({ name: "new", createdAt: AT }), aSnapshot({ name: "old" })];
    const row = vmSight("web-01", { power: "running", snapshots });
    const [text] = textsOn(drawn(aPage([{ ...row, vm: { ...row.vm, tags: ["prod", "web"] } }]))).filter((each) =>
      each.startsWith("*`web-01`*"),
    );
    const age = `<!date^${AT.getTime() / 1000}^{ago}|2026-11-16 10:00 UTC>`;
    expect(text).toBe(`*\`web-01\`* · running · 2 of 10 snapshots · last snapshot ${age}\nTags: \`prod\` \`web\``);
  });

  test("whose snapshots the cloud does not tell says so, with what the listing knows", () => {
    const row = vmSight("web-01", { snapshots: undefined });
    const words = textsOn(drawn(aPage([{ ...row, vm: { ...row.vm, snapshotCount: 7 } }]))).join("\n");
    expect(words).toContain(`7 of 10 snapshots\n${en.home.untold}`);
    const old = textsOn(drawn(aPage([vmSight("web-01", { oldSince: AT })]))).join("\n");
    expect(old).toContain(en.home.untoldSince(AT));
  });

  test("is told apart by screen readers, whose buttons are labelled alike", () => {
    const blocks = drawn(aPage([vmSight("web-01", { power: "off" }), vmSight("web-02", { power: "off" })]));
    const spoken = elementsIn(blocks).flatMap((element) =>
      "accessibility_label" in element ? element.accessibility_label : [],
    );
    expect(spoken).toEqual([
      "Snapshot… web-01",
      "List web-01",
      "Switch on web-01",
      "Snapshot… web-02",
      "List web-02",
      "Switch on web-02",
    ]);
  });
});

describe("pages of VMs", () => {
  const turns = (page: number, pages: number) =>
    elementsIn(drawn(aPage([vmSight("web-01")], { page, pages, count: pages * 10 })))
      .filter(({ action_id }) => action_id?.startsWith("home.page."))
      .map(({ action_id, value }) => [action_id, value]);

  test.each([
    { what: "the only one", page: 0, pages: 1, expected: [] },
    { what: "the first", page: 0, pages: 3, expected: [["home.page.next", "1"]] },
    {
      what: "one in between",
      page: 1,
      pages: 3,
      expected: [
        ["home.page.previous", "0"],
        ["home.page.next", "2"],
      ],
    },
    { what: "the last", page: 2, pages: 3, expected: [["home.page.previous", "1"]] },
  ])("$what", ({ page, pages, expected }) => {
    expect(turns(page, pages)).toEqual(expected);
  });

  test("say where one is, in the language's own notation", () => {
    const of = (language: Language) =>
      textsOn(drawn(aPage([vmSight("web-01")], { page: 1, pages: 1000, count: 10_000 }), language)).join("\n");
    expect(of("en")).toContain("Page 2 of 1,000, 10,000 VMs");
    expect(of("de")).toContain("Seite 2 von 1.000, 10.000 VMs");
  });
});

describe("a VM that was searched for", () => {
  const snapshots = [
    { ...aSnapshot({ id: "s1", name: "before upgrade" }), sizeGb: 12, by: ANNA, reason: "kernel" },
    aSnapshot({ id: "s2", name: "elsewhere" }),
  ];
  const blocks = drawn(alone(vmSight("web-01", { snapshots })));

  test("stands alone, chosen in the search field, with the way back", () => {
    const search = elementsIn(blocks).find(({ action_id }) => action_id === "create.vm");
    expect(search?.initial_option).toMatchObject({ value: "web-01" });
    expect(actionsIn(blocks)).toContain("home.all");
    expect(actionsIn(blocks).join()).not.toContain("home.page");
  });

  test("lists its snapshots with who and why, and a row of buttons each", () => {
    const words = textsOn(blocks);
    expect(words.find((text) => text.includes("before upgrade"))).toMatch(/12 GB · Anna · `kernel`$/);
    const rows = blocks.filter(({ block_id }) => /^snapshot\/\d+\/web-01$/.test(block_id ?? ""));
    expect(rows.map((row) => elementsIn([row]).map(({ action_id, value }) => `${action_id} ${value}`))).toEqual([
      ["snapshot.rename s1", "snapshot.restore s1", "snapshot.delete s1"],
      ["snapshot.rename s2", "snapshot.restore s2", "snapshot.delete s2"],
    ]);
  });

  test("and is gone meanwhile, is said to be", () => {
    const id = VmId.parse("web-09");
    const gone = drawn(sight({ vms: { ...NO_VMS, count: 3, chosen: { id, sight: undefined } } }));
    expect(textsOn(gone)).toContain("There is no VM `web-09` in this account any more.");
    expect(actionsIn(gone)).toContain("home.all");
  });

  test("makes the search field a new one, so that Slack shows what is chosen now", () => {
    const blockOf = (each: Block[]) =>
      each.find(({ elements }) => elements?.some(({ action_id }) => action_id === "create.vm"))?.block_id;
    const ids = [blocks, drawn(alone(vmSight("web-02"))), drawn(aPage([vmSight("web-01")]))].map(blockOf);
    expect(new Set(ids).size).toBe(3);
  });
});

describe("a cloud that does not answer", () => {
  test("and never has: the VMs are left out, and it says so", () => {
    const blocks = drawn(sight({ vms: { ...NO_VMS, seenAt: undefined, isSilent: true } }));
    expect(textsOn(blocks)).toContain(en.home.silent);
    expect(actionsIn(blocks)).toEqual(["home.create", "home.language", "home.notify"]);
  });

  test("any more: they are shown as they were seen last", () => {
    const blocks = drawn(aPage([vmSight("web-01")], { isSilent: true, seenAt: AT }));
    expect(textsOn(blocks)).toContain(en.home.silentSince(AT));
    expect(textsOn(blocks).join("\n")).toContain("web-01");
  });
});

describe("a guest", () => {
  const everything = sight({
    mayAct: false,
    running: [stored(aRequest("shutdown_stuck"))],
    vms: { ...NO_VMS, count: 20, pages: 2, rows: [vmSight("web-01")] },
  });

  test("sees what runs and the VMs, and nothing that acts", () => {
    const blocks = drawn(everything);
    expect(textsOn(blocks)).toContain(en.help.guest);
    expect(new Set(actionsIn(blocks))).toEqual(
      new Set(["create.vm", "home.list", "home.page.next", "home.language", "home.notify"]),
    );
    expect(textsOn(blocks).join("\n")).toContain("The VM has not shut down");
  });

  test("whom an approval names can give it", () => {
    const asked = stored(aRequest("awaiting_approval"));
    const actions = actionsIn(drawn({ ...everything, decisions: [asked] }));
    expect(actions).toEqual(expect.arrayContaining(["request.approve", "request.deny"]));
    expect(actions.join()).not.toContain("request.cancel");
  });

  test("sees a VM's snapshots without the buttons that change them", () => {
    const vms = alone(vmSight("web-01", { snapshots: [aSnapshot({ id: String(SnapshotId.parse("s1")) })] })).vms;
    expect(actionsIn(drawn({ ...everything, vms })).join()).not.toContain("snapshot.");
  });
});

describe("settings", () => {
  const chosen = (choices: HomeSight["choices"]) =>
    elementsIn(drawn(sight({ choices })))
      .filter(({ options }) => options)
      .map(({ initial_option }) => initial_option?.value);

  test.each([
    { choices: {}, shown: ["auto", "decisions"] },
    { choices: { language: "de" }, shown: ["de", "decisions"] },
    { choices: { language: "en", notify: "all" }, shown: ["en", "all"] },
    { choices: { notify: "failures" }, shown: ["auto", "failures"] },
  ] as const)("show $shown for $choices", ({ choices, shown }) => {
    expect(chosen(choices)).toEqual(shown);
  });

  test("offer every language by its own name, whatever one reads", () => {
    const menu = JSON.stringify(drawn(sight(), "de").at(-2));
    for (const name of ["English", "Deutsch", "Wie in deinem Slack"]) expect(menu).toContain(name);
  });
});
