import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig } from "../rig.ts";
import { HOSTILE } from "../samples.ts";
import { aliveIn, linksIn, pieces, unfit } from "../views/strings.ts";
import { answerTo, turn } from "./answer-to.ts";

const LANGUAGES = [
  { locale: "en-US", list: "list", history: "history" },
  { locale: "de-DE", list: "liste", history: "verlauf" },
];
const EVIL = HOSTILE.snapshot.slice(0, 120).replaceAll('"', "");

/** What people are called, and what the cloud's panel has made of names, comes to life in nothing that was sent. */
function nothingAlive(rig: Rig): void {
  const shown = [...rig.slack.privateAnswers(BORIS), ...rig.slack.directMessages(BORIS)];
  const drawn = shown.flatMap(({ blocks }) => pieces(blocks));
  const cells = shown
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.type === "data_table" ? block.rows.flat() : []))
    .flatMap((cell) => ("text" in cell ? cell.text : []));
  expect(shown.map(({ text }) => text).flatMap(linksIn)).toEqual([]);
  expect(drawn.filter(({ type }) => type === "mrkdwn").flatMap(({ text }) => aliveIn(text))).toEqual([]);
  expect([...drawn.map(({ text }) => text), ...cells].flatMap(unfit)).toEqual([]);
}

for (const { locale, list, history } of LANGUAGES) {
  journey.concurrent(`hostile names in lists, history and file, for a reader of ${locale}`, async ({ begin }) => {
    const createdAt = new Date(Date.now() - 60 * 86_400_000);
    const rig = await begin({
      vms: [
        { name: "web-01", customName: EVIL, timing: QUICK, snapshots: [{ name: EVIL, createdAt, sizeGb: 1 }] },
        ...Array.from({ length: 24 }, (_, n) => ({ name: `vm-${n}`, customName: `${EVIL}${n}`, snapshots: 1 })),
      ],
      slack: {
        users: [
          { id: ANNA, name: EVIL, locale },
          { id: BORIS, name: `${EVIL}b`, locale },
          { id: CLARA, name: EVIL, locale, guest: true },
        ],
        channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS, CLARA] }],
      },
    });
    await rig.slack.command(ANNA, OPS, `create web-01 "${EVIL.slice(1)}" --live --reason "${EVIL}"`);
    await rig.slack.waitFor(() => rig.slack.cards()[0]?.metadata?.event_payload.status === "done", "the end");
    await answerTo(rig, BORIS, `${list} web-01`);
    await answerTo(rig, BORIS, `${list} web-01 by:"${EVIL}" why:"${EVIL}" older:1d`);
    await answerTo(rig, BORIS, `${list} "${EVIL}x"`);
    const all = await answerTo(rig, BORIS, list);
    await turn(rig, all, "list.page.next");
    rig.slack.refuseBlocks("data_table");
    await answerTo(rig, BORIS, `${list} newer:1d`);
    await answerTo(rig, BORIS, `${list} by:"${EVIL}" why:nothing`);
    const lines = await answerTo(rig, BORIS, `${history} web-01`);
    await answerTo(rig, BORIS, `${history} by:"${EVIL}"`);
    await answerTo(rig, BORIS, `${history} by:"${EVIL}?"`);
    await answerTo(rig, BORIS, `${history} by:@anna until:30d`);
    await answerTo(rig, BORIS, `${history} "${EVIL}x"`);
    const count = rig.slack.privateAnswers(BORIS).length;
    await rig.slack.clickPrivate(BORIS, lines, "history.csv");
    await rig.told(BORIS, count + 1);
    rig.cloud.server.intercept(() => ({
      kind: "answer",
      reply: { status: 503, body: { message: HOSTILE.detail } },
      applied: false,
    }));
    await answerTo(rig, BORIS, list);
    await answerTo(rig, BORIS, `${list} web-01`);
    nothingAlive(rig);
  });
}
