import { describe, expect } from "vitest";
import type { Call } from "../../src/demo/server.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, SCOPES } from "../rig.ts";
import { answerTo, buttonsOf, drawn, type PrivateAnswer, turn } from "./answer-to.ts";

const VMS = [
  { name: "web-01", timing: QUICK },
  { name: "db-01", timing: QUICK },
];

/** Somebody takes a snapshot of a VM, up to its end. */
async function take(rig: Rig, who: string, vm: string, more = ""): Promise<void> {
  await rig.slack.command(who, OPS, `create ${vm} --live ${more}`);
  await rig.shows("done", vm);
}

/** The file under the newest line in somebody's direct messages. */
async function fileOf(rig: Rig, who: string) {
  const message = await rig.slack.waitFor(
    () => rig.slack.directMessages(who).findLast(({ files }) => files),
    "the file",
  );
  const line = rig.slack.directMessages(who).find(({ ts }) => ts === message.threadTs);
  return { line: line!, file: message.files![0]! };
}

const press = (rig: Rig, answer: PrivateAnswer) => rig.slack.clickPrivate(answer.user, answer, "history.csv");
const filesFor = (rig: Rig, who: string) => rig.slack.directMessages(who).filter(({ files }) => files);
const linesFor = (rig: Rig, who: string) => rig.slack.directMessages(who).filter(({ files }) => !files);

describe("the history", () => {
  journey.concurrent("of all VMs says what was asked for, by whom, and what came of it", async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    await take(rig, ANNA, "db-01");
    await take(rig, BORIS, "web-01", '--reason "kernel 6.9"');
    const answer = await answerTo(rig, BORIS, "history");
    const lines = drawn(rig, answer).split("\n");
    expect(lines[0]).toMatch(/^\*History of all VMs\* · lines 1–\d+, newest first$/);
    expect(lines[1]).toMatch(/^\*Snapshot\* · `web-01` · asked for by boris, /);
    expect(lines[2]).toMatch(/^• .+ · Done\.$/);
    const second = lines.findIndex((line) => line.startsWith("*Snapshot* · `db-01` · asked for by anna"));
    expect(lines.slice(2, second).at(-1)).toMatch(/^• .+ · boris asked for a snapshot\.$/);
    expect(buttonsOf(answer)).toEqual(["history.csv"]);
    expect(answer.text).toContain("boris asked for a snapshot.");
  });

  journey.concurrent(
    "of one VM, in German, for a guest, and when the cloud is silent or the VM gone",
    async ({ begin }) => {
      const rig = await begin({ vms: VMS }, ["error logged"]);
      await take(rig, ANNA, "db-01");
      await take(rig, BORIS, "web-01");
      const forAnna = (await answerTo(rig, ANNA, "verlauf WEB-01")).text;
      expect(forAnna).toMatch(/^\*Verlauf von `web-01`\* · Zeilen 1–\d+, neueste zuerst\n/);
      expect(forAnna).toContain("boris hat einen Snapshot angefragt.");
      expect(forAnna).not.toContain("db-01");
      rig.cloud.server.intercept(() => ({ kind: "reset", applied: false }));
      const forClara = await answerTo(rig, CLARA, "history db-01");
      expect(forClara.text).toContain("anna asked for a snapshot.");
      expect(buttonsOf(forClara)).toEqual(["history.csv"]);
      rig.cloud.server.intercept(undefined);
    },
  );

  journey.concurrent("by person and time; what fits nothing is an answer with the way out", async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    await take(rig, ANNA, "db-01");
    await take(rig, BORIS, "web-01");
    for (const by of ["by:@boris", "by:BORIS", "web-01 by:bor since:1h"]) {
      const { text } = await answerTo(rig, BORIS, `history ${by}`);
      expect([by, text.includes("boris asked for"), text.includes("anna asked for")]).toEqual([by, true, false]);
      expect(text).toContain("by `boris`");
    }
    expect((await answerTo(rig, ANNA, "verlauf by:@boris")).text).toContain("durch `boris`");
    expect((await answerTo(rig, BORIS, "history until:1h")).text).toMatch(
      /^There is nothing in the history of all VMs, until <!date.+>\. `\/snapshot history` shows all that there is\.$/,
    );
    expect((await answerTo(rig, BORIS, "history by:@clara")).text).toBe(
      "There is nothing in the history of all VMs, by `clara`. `/snapshot history` shows all that there is.",
    );
    expect((await answerTo(rig, ANNA, "verlauf by:niemand")).text).toContain(
      "Im Verlauf kommt niemand vor, der `niemand` heißt.",
    );
  });

  journey.concurrent("of a name that several people have: their buttons", async ({ begin }) => {
    const users = [ANNA, BORIS].map((id) => ({ id, name: "sam", locale: "en-US" }));
    const rig = await begin({
      vms: VMS,
      slack: { users, channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS] }] },
    });
    await take(rig, ANNA, "db-01");
    await take(rig, BORIS, "web-01");
    const answer = await answerTo(rig, BORIS, "history by:sam");
    expect(drawn(rig, answer)).toBe(
      "`sam` fits several people in the history. Whose lines?\n[ sam (UBORIS) ]  [ sam (UANNA) ]",
    );
    const shown = await turn(rig, answer, "history.page.who.1");
    expect(shown).toContain("`db-01`");
    expect(shown).not.toContain("`web-01`");
  });

  journey.concurrent("of a VM that nobody has asked anything of, and of one that there is not", async ({ begin }) => {
    const rig = await begin({ vms: [...VMS, { name: "db-02" }] });
    expect((await answerTo(rig, BORIS, "history db-01")).text).toContain("There is nothing in the history of `db-01`.");
    const menu = await answerTo(rig, BORIS, "history db since:7d");
    expect(drawn(rig, menu)).toContain("[ db-01 ]  [ db-02 ]");
    await rig.slack.clickPrivate(BORIS, menu, "command.pick.1");
    expect(await rig.told(BORIS, 3)).toMatch(/^There is nothing in the history of `db-02`, since <!date.+>\./);
    expect((await answerTo(rig, ANNA, "verlauf nirgends")).text).toContain(
      "In diesem Konto gibt es keine VM `nirgends`.",
    );
  });

  journey.concurrent("is turned by pages, in place, and does not move under the reader", async ({ begin }) => {
    const rig = await begin({ vms: Array.from({ length: 5 }, (_, n) => ({ name: `vm-${n}`, timing: QUICK })) });
    for (let n = 0; n < 4; n++) await take(rig, BORIS, `vm-${n}`);
    const answer = await answerTo(rig, BORIS, "history");
    const first = drawn(rig, answer);
    expect(first).toContain("lines 1–15");
    expect(buttonsOf(answer)).toEqual(["history.page.next", "history.csv"]);
    await take(rig, ANNA, "vm-4");
    const second = await turn(rig, answer, "history.page.next");
    expect(second).toMatch(/lines 16–\d+/);
    expect(second).toContain("`vm-0`");
    expect(await turn(rig, answer, "history.page.previous")).toBe(first);
    await rig.slack.clickPrivate(BORIS, answer, "history.page.next", { value: "{}" });
    expect(await rig.told(BORIS, 2)).toContain("Shutter cannot read this button any more.");
  });
});

describe("the file", () => {
  journey.concurrent(
    "comes into a thread of one's direct messages, with a line that says what it is",
    async ({ begin }) => {
      const rig = await begin({ vms: VMS });
      await take(rig, BORIS, "web-01", '--reason "a, b; c"');
      await press(rig, await answerTo(rig, BORIS, "history web-01"));
      const { line, file } = await fileOf(rig, BORIS);
      expect(line.text).toMatch(/^History of `web-01`, until <!date.+>, \d+ lines\. The file is in this thread\.$/);
      expect(file.name).toMatch(/^history-web-01-\d{4}-\d\d-\d\d\.csv$/);
      const rows = file.text.split("\r\n");
      expect(rows[0]).toBe("\ufefftime,vm,request,kind,what,who,name,detail");
      expect(rows[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,web-01,r[0-9a-f]{16},create,done,UBORIS,boris,$/);
      expect(rows.at(-2)).toMatch(/,create,asked,UBORIS,boris,"reason: a, b; c"$/);
      expect(rows).toHaveLength(Number(/, (\d+) lines/.exec(line.text)![1]) + 2);
      expect(await rig.told(BORIS, 2)).toMatch(
        /^<https:\/\/demo\.slack\.com\/archives\/DUBORIS\/p\d+\|The file is in your/,
      );
    },
  );

  journey.concurrent("has semicolons for a German reader, and a guest gets one too", async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    await take(rig, ANNA, "db-01");
    await press(rig, await answerTo(rig, ANNA, "verlauf db-01"));
    const forAnna = await fileOf(rig, ANNA);
    expect(forAnna.file.text.split("\r\n")[0]).toBe("\ufefftime;vm;request;kind;what;who;name;detail");
    expect(forAnna.line.text).toContain("Die Datei ist in diesem Thread.");
    await press(rig, await answerTo(rig, CLARA, "history by:@anna"));
    const { line, file } = await fileOf(rig, CLARA);
    expect(line.text).toMatch(/^History of all VMs, by `anna`, until /);
    expect(file.name).toMatch(/^history-\d{4}-\d\d-\d\d\.csv$/);
  });

  journey.concurrent("is data for a spreadsheet, whatever people and snapshots are called", async ({ begin }) => {
    const users = [{ id: BORIS, name: "=HYPERLINK(1)", locale: "en-US" }];
    const rig = await begin({
      vms: [{ name: "web-01", customName: "@SUM(A1)", timing: QUICK }],
      slack: { users, channels: [{ id: OPS, name: "ops", members: [BORIS] }] },
    });
    await rig.slack.command(BORIS, OPS, 'create web-01 "+1,\n<!channel>" --live --reason "-2+3"');
    await rig.slack.waitFor(() => rig.slack.cards()[0]?.metadata?.event_payload.status === "done", "the end");
    await press(rig, await answerTo(rig, BORIS, "history"));
    const { file, line } = await fileOf(rig, BORIS);
    const cells = file.text.slice(1).split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    expect(cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(file.text).toContain("'=HYPERLINK(1)");
    expect(file.text).toContain("'@SUM(A1) (web-01)");
    expect(line.text).not.toContain("HYPERLINK");
  });

  journey.concurrent("cannot be shared without the scope: says so, and leaves no line behind", async ({ begin }) => {
    const rig = await begin({
      vms: VMS,
      slack: { scopes: SCOPES.filter((scope) => scope !== "files:write") },
    });
    await take(rig, BORIS, "web-01");
    await press(rig, await answerTo(rig, BORIS, "history"));
    expect(await rig.told(BORIS, 2)).toContain("An administrator has to give the app the scope `files:write`");
    await press(rig, await answerTo(rig, ANNA, "verlauf"));
    expect(await rig.told(ANNA, 2)).toContain("Slack lässt Shutter noch keine Dateien teilen");
    expect(rig.slack.directMessages(BORIS)).toEqual([]);
  });

  journey.concurrent("that Slack refuses is said to be refused", async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    await take(rig, BORIS, "web-01");
    rig.slack.server.intercept(({ path }) =>
      path.startsWith("/upload/")
        ? { kind: "answer", reply: { status: 413, body: "too large" }, applied: false }
        : undefined,
    );
    await press(rig, await answerTo(rig, BORIS, "history"));
    expect(await rig.told(BORIS, 2)).toContain("Slack did not take the file (`upload_refused_413`), so there is none.");
    expect(rig.slack.directMessages(BORIS)).toEqual([]);
  });

  const LOST: { what: string; isIt: (call: Call) => boolean }[] = [
    { what: "where to put it", isIt: ({ path }) => path.endsWith("/files.getUploadURLExternal") },
    { what: "the upload", isIt: ({ path }) => path.startsWith("/upload/") },
    { what: "the line", isIt: ({ path, body }) => path.endsWith("/chat.postMessage") && body.includes("shutter_file") },
    { what: "the sharing", isIt: ({ path }) => path.endsWith("/files.completeUploadExternal") },
  ];
  for (const { what, isIt } of LOST) {
    for (const applied of [true, false]) {
      journey.concurrent(
        `comes once when ${what} got no answer and ${applied ? "took" : "had no"} effect, also through a restart`,
        async ({ begin }) => {
          const rig = await begin({ vms: VMS });
          await take(rig, BORIS, "web-01");
          const answer = await answerTo(rig, BORIS, "history web-01");
          const lost = new Promise<void>((resolve) => {
            let isFirst = true;
            rig.slack.server.intercept((call) => {
              if (!isFirst || !isIt(call)) return undefined;
              isFirst = false;
              resolve();
              return { kind: "reset", applied };
            });
          });
          await press(rig, answer);
          await lost;
          await rig.restart();
          await rig.told(BORIS, 2);
          expect(filesFor(rig, BORIS)).toHaveLength(1);
          expect(linesFor(rig, BORIS)).toHaveLength(1);
        },
      );
    }
  }

  journey.concurrent("is made once of a click that is delivered twice", async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    await take(rig, BORIS, "web-01");
    const sent = await press(rig, await answerTo(rig, BORIS, "history web-01"));
    await sent.replay();
    await rig.told(BORIS, 2);
    expect(filesFor(rig, BORIS)).toHaveLength(1);
  });

  journey.concurrent("about everything is not made of a forged query", async ({ begin }) => {
    const rig = await begin({ vms: VMS });
    await take(rig, BORIS, "web-01");
    const answer = await answerTo(rig, BORIS, "history web-01");
    await rig.slack.clickPrivate(BORIS, answer, "history.csv", { value: "everything" });
    expect(await rig.told(BORIS, 2)).toContain("Shutter cannot read this button any more.");
    expect(rig.slack.directMessages(BORIS)).toEqual([]);
  });
});
