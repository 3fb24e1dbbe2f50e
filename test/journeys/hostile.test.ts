import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig } from "../rig.ts";

const NASTY = [
  "<!channel>",
  "<!here|x>",
  `<@${ANNA}>`,
  "<#COPS>",
  "<https://evil.example|click me>",
  "https://evil.example/x",
  "*bold* _it_ ~no~ `code` ```block```",
  "> quote",
  "& &lt;!channel&gt; &amp;",
  ":wave: :white_check_mark:",
  "\u202egnp.exe\u202c",
  "zero\u200bwidth",
  "line\nbreak\r\n* item",
  "{time} ^ |pipe|",
  "'; DROP TABLE requests; --",
  "\u0000\u0007\u001b[31m",
  "😀".repeat(20),
];
const MIX = NASTY.join(" ");

interface Piece {
  text: string;
  /** Slack draws it: `*bold*` and code mean something. */
  isDrawn: boolean;
  /** Slack makes links of what only looks like an address. */
  isLinked: boolean;
}

/** Everything that the bot has sent, in any state of any message, except what is plain text to Slack. */
function piecesOf(rig: Rig): Piece[] {
  const found: Piece[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { type, text, verbatim } = value as { type?: string; text?: string; verbatim?: boolean };
    if (type === "mrkdwn") found.push({ text: text!, isDrawn: true, isLinked: !verbatim });
    for (const inner of Object.values(value)) walk(inner);
  };
  const replies = rig.slack.server.journal.filter(({ call }) => call.body.includes("thread_ts"));
  const isLinked = !replies.every(({ call }) => new URLSearchParams(call.body).get("parse") === "none");
  const states = rig.slack.messages().flatMap(({ versions }) => versions);
  for (const { text, blocks } of [...states, ...rig.slack.privateAnswers()]) {
    // Beside blocks the text is only read out and shown in notifications.
    found.push({ text, isDrawn: blocks.length === 0, isLinked: blocks.length === 0 && isLinked });
    walk(blocks);
  }
  return found;
}

/** What comes to life although nobody of us has put it there. */
function alive({ text, isDrawn, isLinked }: Piece): string[] {
  const ours =
    /<!date\^\d+\^[^|<>]*\|[^<>]*>|<https:\/\/demo\.slack\.com\/archives\/[A-Z0-9]+\/p\d+\|[^<>]*>|^<@UBORIS> /gm;
  const data = text.replace(ours, "");
  const outsideCode = data.replace(/`[^`\n]*`/g, "");
  return [
    ...(data.match(/<[^>]*>?/g) ?? []),
    ...(data.match(/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g) ?? []),
    ...((isLinked && outsideCode.match(/https?:\/\/\S+/g)) || []),
    ...((isDrawn && outsideCode.match(/\*bold\*|_it_|~no~|:wave:/g)) || []),
  ];
}

const nothingAlive = (rig: Rig) => {
  const found = piecesOf(rig).flatMap((piece) =>
    alive(piece).map((living) => `${living} in ${piece.text.slice(0, 200)}`),
  );
  expect([...new Set(found)]).toEqual([]);
};

journey.concurrent(
  "a hostile name and reason through card, thread and list: nothing comes to life",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    const view = async () => {
      await rig.slack.command(BORIS, OPS, "");
      return rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
    };
    await view();
    await rig.slack.choose(BORIS, rig.slack.view(BORIS)!, "create.vm", "web-01");
    await rig.slack.waitFor(() => JSON.stringify(rig.slack.view(BORIS)!.state).includes("web-01-1"), "the usual name");
    rig.slack.fill(BORIS, "create.name", MIX.slice(0, 250));
    rig.slack.fill(BORIS, "create.reason", MIX.slice(0, 500));
    await rig.slack.submit(BORIS);
    await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
    await rig.slack.command(BORIS, OPS, "list web-01");
    await rig.slack.command(BORIS, OPS, "list");
    await rig.slack.command(BORIS, OPS, "status");
    await rig.told(BORIS, 3);
    nothingAlive(rig);
    expect(rig.cloud.vm("web-01").snapshots[0]!.name).toBe(MIX.slice(0, 250).trim());
  },
);

for (const nasty of NASTY) {
  journey.concurrent(
    `typed into commands, ${JSON.stringify(nasty.slice(0, 30))} stays what it is`,
    async ({ begin }) => {
      const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
      const typed = nasty.replaceAll('"', "");
      const commands = [
        `create "${typed}"`,
        `list "${typed}"`,
        `cancel "${typed}"`,
        `create web-01 x "${typed}"`,
        `"${typed}" web-01`,
        `create web-01 --${typed}`,
      ];
      for (const [at, command] of commands.entries()) {
        await rig.slack.command(BORIS, OPS, command);
        await rig.told(BORIS, at + 1);
      }
      await rig.slack.command(BORIS, OPS, `create web-01 "n ${typed}" --live --reason "${typed}"`);
      const done = await rig.shows("done");
      await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
      nothingAlive(rig);
    },
  );
}

journey.concurrent("what the cloud says is data: failure texts, snapshot names, VM names", async ({ begin }) => {
  const names = NASTY.slice(0, 6).map((name, at) => ({
    name,
    createdAt: new Date(Date.now() - (at + 1) * 86_400_000),
    sizeGb: 1,
  }));
  const rig = await begin({
    vms: [
      {
        name: "web-01",
        customName: "<!channel> *bold* https://evil.example",
        timing: QUICK,
        snapshots: names,
        trouble: { snapshotFails: MIX },
      },
      { name: "web-02", customName: "\u202e<@UANNA>", snapshots: 10 },
    ],
  });
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(
    BORIS,
    await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.metadata?.event_payload.status === "choosing" && rig.slack.cards()[0],
      "the card",
    ),
    "request.shutdown",
  );
  const failed = await rig.slack.waitFor(
    () => rig.slack.cards()[0]!.metadata?.event_payload.status === "failed" && rig.slack.cards()[0]!,
    "the end",
  );
  await rig.slack.waitFor(() => rig.thread(failed).some((line) => line.includes("Failed.")), "the end of the story");
  await rig.slack.command(BORIS, OPS, "create web-02");
  await rig.slack.command(BORIS, OPS, "list web-01");
  await rig.slack.command(BORIS, OPS, "create web");
  await rig.told(BORIS, 3);
  nothingAlive(rig);
});

journey.concurrent("people's own names are data too", async ({ begin }) => {
  const users = [
    { id: ANNA, name: "<!channel> *bold* https://evil.example", locale: "en-US" },
    { id: BORIS, name: `<@${ANNA}> _it_ \u202e`, locale: "en-US" },
  ];
  const rig = await begin({
    slack: { users, channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS] }] },
    vms: [{ name: "web-01", timing: QUICK }],
  });
  await rig.slack.command(ANNA, OPS, "create web-01 one");
  const first = await rig.shows("choosing");
  await rig.slack.command(BORIS, OPS, "create web-01 two");
  await rig.slack.waitFor(() => rig.slack.cards()[1]?.text.includes("Behind"), "the second card");
  await rig.slack.click(BORIS, first, "request.cancel");
  await rig.slack.command(BORIS, OPS, "status");
  await rig.told(BORIS, 2);
  await rig.slack.click(ANNA, first, "request.cancel");
  await rig.slack.waitFor(
    () => rig.thread(first).some((line) => line.startsWith("Cancelled by")),
    "the end of the story",
  );
  nothingAlive(rig);
});

journey.concurrent("the longest of everything still fits into a card and its texts", async ({ begin }) => {
  const reason = "&".repeat(500);
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, snapshots: 9 }] });
  await rig.slack.command(BORIS, OPS, `create web-01 "${"<".repeat(255)}" --live --reason "${reason}"`);
  const done = await rig.shows("done");
  expect(rig.logs.filter(({ message }) => message.includes("could not draw"))).toEqual([]);
  expect(done.text).toContain("&lt;&lt;");
  await rig.slack.command(BORIS, OPS, "list web-01");
  await rig.told(BORIS);
});
