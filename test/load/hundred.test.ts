import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Message } from "../../src/demo/slack.ts";
import { type Rig, startRig, statusOf } from "../rig.ts";

/*
 * A hundred people's wishes at once, for a hundred VMs, under Slack's real limits. Time runs so many times as fast for the
 * bot and both doubles that the limits, which count in that time, are as tight as they are in life.
 */

const SPEED = 30;
/** Enough for a machine that has many other things to do; an idle one needs a tenth of it. */
const PATIENCE_MS = 110_000;
const VMS = Array.from({ length: 100 }, (_, n) => `vm-${String(n).padStart(3, "0")}`);
/** Slack tells no more than a hundred people a minute. */
const PEOPLE = Array.from({ length: 20 }, (_, n) => `U0${String(n).padStart(2, "0")}`);
const TEN = Array.from({ length: 10 }, (_, n) => `C0${n}`);
const TIMING = { shutdownMs: 10_000, snapshotMs: 60_000, bootMs: 10_000 };

/** Where writing through costs nothing: compressed time must not make a slow disk sixty times as slow. */
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "shutter-load-"));
afterAll(() => rmSync(folder, { recursive: true }));

let rig: Rig;
afterEach(() => rig.stop());

async function aRig(channels: string[]): Promise<void> {
  rig = await startRig({
    speed: SPEED,
    env: { DATABASE_URL: `sqlite:${join(folder, `${channels.length}.db`)}` },
    vms: VMS.map((name, n) => ({
      name,
      diskGb: 1,
      timing: TIMING,
      ...(n % 2 === 1 && { trouble: { noPercent: true } }),
    })),
    slack: {
      users: PEOPLE.map((id) => ({ id, name: id.toLowerCase() })),
      channels: channels.map((id) => ({ id, name: id.toLowerCase(), members: PEOPLE })),
    },
  });
}

const person = (n: number) => PEOPLE[n % PEOPLE.length]!;

/** Presses a card's button as soon as it is there, as its requester would. */
function pressEach(actionId: string): () => void {
  const pressed = new Set<string>();
  return rig.slack.onChange((change) => {
    if (change.kind !== "message" || statusOf(change.message) !== "choosing" || pressed.has(change.message.ts)) return;
    pressed.add(change.message.ts);
    const vm = String(change.message.metadata!.event_payload.vm);
    void rig.slack.click(person(VMS.indexOf(vm)), change.message, actionId);
  });
}

/** Ten at a time: however fast its machine is, the bot has acknowledged each within Slack's three seconds. */
async function askForAll(channels: readonly string[], words: string): Promise<void> {
  const left = VMS.map((vm, n) => ({ vm, n }));
  const askOn = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { vm, n } = next;
      const answer = await rig.slack.command(person(n), channels[n % channels.length]!, `create ${vm}${words}`);
      expect(answer).toMatchObject({ status: 200, body: "" });
    }
  };
  await Promise.all(Array.from({ length: 10 }, askOn));
}

const percentsOf = (card: Message) =>
  card.versions.flatMap(({ metadata }) => (metadata?.event_payload.percent as number | undefined) ?? []);

const tooMany = (journal: Rig["cloud"]["server"]["journal"]) =>
  journal.filter(({ reply }) => reply?.status === 429).length;

test.each([
  { how: "shut down first", where: "one channel", channels: ["C0ALL"], words: "", actionId: "request.shutdown" },
  { how: "live", where: "ten channels", channels: TEN, words: " --live", actionId: undefined },
])(
  "a hundred requests, $how, in $where: each has one card and its end, and no limit is passed",
  async (way) => {
    const { channels, words, actionId } = way;
    await aRig(channels);
    if (actionId) pressEach(actionId);
    await askForAll(channels, words);

    const isOver = () => rig.slack.cards().filter((card) => statusOf(card) === "done").length === VMS.length;
    await rig.slack.waitFor(isOver, "a hundred ends", PATIENCE_MS);

    const cards = rig.slack.cards();
    expect(cards.map(({ metadata }) => metadata!.event_payload.vm).toSorted()).toEqual(VMS);
    expect(rig.cloud.vms().filter(({ power, snapshots }) => power !== "Running" || snapshots.length !== 1)).toEqual([]);
    expect(rig.cloud.vms().filter(({ hardPowerOffs }) => hardPowerOffs > 0)).toEqual([]);
    expect(rig.slack.rateLimited).toEqual([]);
    expect([tooMany(rig.slack.server.journal), tooMany(rig.cloud.server.journal)]).toEqual([0, 0]);
    for (const card of cards) {
      const percents = percentsOf(card);
      expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    }
  },
  120_000,
);
