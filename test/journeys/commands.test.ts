import { expect } from "vitest";
import { draw } from "../../src/demo/slack.ts";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig } from "../rig.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** The whole private answer as its reader sees it. */
async function answerTo(rig: Rig, who: string, text: string): Promise<string> {
  const count = rig.slack.privateAnswers(who).length + 1;
  const sent = await rig.slack.command(who, OPS, text);
  expect(sent).toMatchObject({ status: 200, body: "" });
  await rig.told(who, count);
  return draw(rig.slack.privateAnswers(who)[count - 1]!, rig.clock.now());
}

journey.concurrent("a word that fits several VMs is answered with a menu whose button does it", async ({ begin }) => {
  const rig = await begin({
    vms: [{ name: "web-01", timing: QUICK }, { name: "web-02", timing: QUICK }, { name: "db-01" }],
  });
  const answer = await answerTo(rig, BORIS, 'create web "my name" --live --reason "two words"');
  expect(answer).toContain("`web` fits several VMs. Which one?");
  expect(answer).toContain("[ web-01 ]  [ web-02 ]");
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "command.pick.1");
  const done = await rig.shows("done", "web-02");
  expect(done.text).toContain("two words");
  expect(rig.cloud.vm("web-02").snapshots).toMatchObject([{ name: "my name", live: true }]);
});

journey.concurrent("part of a name is never taken at its word, even when it fits one VM only", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }, { name: "db-01" }] });
  expect(await answerTo(rig, ANNA, "erstellen db --live")).toContain("[ db-01 ]");
  expect(rig.cloud.vm("db-01").operations).toEqual([]);
});

journey.concurrent("an unknown VM is answered with the nearest names", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }, { name: "mailserver" }] });
  expect(await answerTo(rig, BORIS, "create wbe-01")).toBe(
    "There is no VM `wbe-01` in this account. Nothing has been changed.\nDid you mean one of these?\n[ web-01 ]",
  );
  expect(await answerTo(rig, ANNA, "erstellen vollkommen-anders")).toBe(
    "In diesem Konto gibt es keine VM `vollkommen-anders`. Es wurde nichts geändert.",
  );
});

journey.concurrent("more VMs than a menu holds: ten, and how many more", async ({ begin }) => {
  const rig = await begin({
    vms: Array.from({ length: 14 }, (_, at) => ({ name: `web-${String(at).padStart(2, "0")}` })),
  });
  expect(await answerTo(rig, BORIS, "create web")).toContain("and 4 more");
});

journey.concurrent(
  "ten of ten: the private answer lists what could be deleted, oldest first, and nothing is called",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", snapshots: 10 }] });
    const answer = await answerTo(rig, BORIS, "create web-01");
    expect(answer).toContain("`web-01` has 10 of 10 snapshots; the cloud allows no more. Nothing has been changed.");
    const listed = answer.split("\n").filter((line) => line.startsWith("•"));
    expect(listed).toHaveLength(10);
    expect(rig.cloud.vm("web-01").snapshots.map(({ name }, at) => listed[at]!.includes(name))).not.toContain(false);
    expect(rig.slack.messages()).toEqual([]);
    expect(
      rig.cloud.server.journal.filter(({ call }) => call.method === "POST" && !call.path.endsWith("/token")),
    ).toEqual([]);
  },
);

journey.concurrent("a name that is taken, also by an open request, or too long, or empty", async ({ begin }) => {
  const rig = await begin({
    vms: [{ name: "web-01", snapshots: [{ name: "old one", createdAt: ago(60), sizeGb: 1 }] }],
  });
  expect(await answerTo(rig, BORIS, 'create web-01 "old one"')).toContain(
    "This VM already has a snapshot named `old one`.",
  );
  await rig.slack.command(ANNA, OPS, "create web-01 wanted");
  await rig.shows("choosing");
  expect(await answerTo(rig, BORIS, "create web-01 wanted")).toContain(
    "This VM already has a snapshot named `wanted`.",
  );
  expect(await answerTo(rig, BORIS, `create web-01 ${"x".repeat(256)}`)).toContain(
    "A name may have 255 characters; this one has 256.",
  );
  expect(await answerTo(rig, ANNA, `create web-01 --grund "${"x".repeat(501)}"`)).toContain(
    "Ein Grund darf 500 Zeichen haben; dieser hat 501.",
  );
  expect(await answerTo(rig, BORIS, 'create web-01 ""')).toContain("The name is empty.");
  expect(rig.slack.cards()).toHaveLength(1);
});

const MISTAKES = [
  {
    typed: "craete web-01 --live",
    told: "Shutter does not know `craete`. Nothing has been changed. Did you mean `/snapshot create web-01 --live`?",
  },
  {
    typed: "frobnicate",
    told: "Shutter does not know `frobnicate`. Nothing has been changed. Did you mean `/snapshot help`?",
  },
  { typed: "create", told: 'Which VM? For example `/snapshot create web-01 --reason "kernel upgrade"`.' },
  { typed: "create web-01 --life", told: "Shutter does not know `--life`." },
  { typed: "list oldr:30d", told: "`oldr:30d` cannot narrow this down. `/snapshot help list` shows what can." },
  { typed: "list oldr:30d", told: "Did you mean `older:`?" },
  { typed: "list older:soon", told: "Shutter cannot read `older:soon`. It is written like `older:30d`." },
  { typed: "list by:anna by:@boris", told: "`by:@boris` narrows down what has been narrowed down already." },
  { typed: "before web-01", told: 'For example `/snapshot before "kernel upgrade" web-01`.' },
  { typed: "rename web-01", told: "Which snapshot? For example" },
  { typed: 'rename web-01 old ""', told: "The new name is empty." },
  {
    typed: "delete web-01 old --force",
    told: "Shutter does not know `--force`. `/snapshot help delete` shows what there is.",
  },
  { typed: "shutdown", told: "Which VM? For example `/snapshot shutdown web-01`." },
  { typed: "create web-01 --live --off", told: "`--live` and `--off` exclude each other." },
  { typed: "create web-01 two words", told: "What is `words`? A name with spaces goes in quotation marks." },
  { typed: 'create web-01 "open', told: "A quotation mark is not closed." },
  { typed: "cancel", told: "Which VM? For example `/snapshot cancel web-01`." },
  { typed: "__proto__ web-01", told: "Shutter does not know `__proto__`." },
] as const;

journey.concurrent("what cannot be understood is answered with the way out, and changes nothing", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  for (const { typed, told } of MISTAKES) expect(await answerTo(rig, BORIS, typed)).toContain(told);
  expect(await answerTo(rig, ANNA, "erstelen web-01")).toContain("Meintest du `/snapshot erstellen web-01`?");
  expect(rig.slack.messages()).toEqual([]);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey("an unknown flag gets a did-you-mean", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  expect(await answerTo(rig, BORIS, "create web-01 --life")).toContain("Did you mean `--live`?");
});

journey.concurrent("upper case, typographic quotes, a long dash and German words are understood", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(ANNA, OPS, "ERSTELLEN WEB-01 „vor dem Update“ —LIVE —grund “weil es sein muss”");
  const done = await rig.shows("done");
  expect(rig.cloud.vm("web-01").snapshots).toMatchObject([{ name: "vor dem Update", live: true }]);
  expect(done.text).toContain("weil es sein muss");
});

journey.concurrent(
  "help shows a member everything, a guest only what a guest may do, each in their language",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01" }] });
    const forAnna = await answerTo(rig, ANNA, "hilfe");
    expect(forAnna).toContain('`/snapshot erstellen web-01 --grund "Kernel-Update"`');
    expect(forAnna).toContain("/snapshot abbrechen");
    const forClara = await answerTo(rig, CLARA, "help");
    expect(forClara).toContain("As a guest of this workspace you may look, but not act.");
    expect(forClara).toContain("/snapshot list web-01");
    expect(forClara).not.toContain("/snapshot create");
    expect(forClara).not.toContain("/snapshot cancel");
    expect(await answerTo(rig, ANNA, "hilfe erstellen")).toContain("/snapshot erstellen <vm> [name] [--live | --aus]");
    expect(await answerTo(rig, BORIS, "help create")).toContain("`--live` takes the snapshot while the VM runs.");
  },
);

journey.concurrent("status shows what runs, whose it is, and where its card is", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 60_000 } }, { name: "db-01" }] });
  expect(await answerTo(rig, CLARA, "status")).toBe("Nothing is running. `/snapshot create <vm>` takes a snapshot.");
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.slack.command(BORIS, OPS, "create db-01");
  await rig.shows("choosing", "db-01");
  await rig.slack.waitFor(() => Number(rig.card("web-01").metadata?.event_payload.percent) > 1, "a percent");
  const answer = (await answerTo(rig, BORIS, "status")).split("\n");
  expect(answer).toEqual([
    "*Open requests*",
    expect.stringMatching(
      /^• Snapshot of `web-01`: Taking the snapshot · \d+ % · anna · card \(https:\/\/demo\.slack\.com\/archives\/COPS\/p\d+\)$/,
    ),
    expect.stringMatching(/^• Snapshot of `db-01`: How shall the snapshot be taken\? · boris · card \(https/),
  ]);
});

journey.concurrent("cancel finds one's own request among those for the VM", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  await rig.slack.command(ANNA, OPS, "create web-01 one");
  await rig.shows("choosing");
  await rig.slack.command(BORIS, OPS, "create web-01 two");
  await rig.slack.waitFor(() => rig.slack.cards()[1]?.text.includes("Behind"), "the second card");
  expect(await answerTo(rig, BORIS, "cancel web-01")).toContain("Cancelled: the request for `web-01`.");
  await rig.shows("cancelled");
  expect(buttonsOn(rig.slack.cards()[0]!)).toContain("request.cancel");
});
