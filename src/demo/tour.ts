import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../clock.ts";
import { startBotProcess } from "./bot-process.ts";
import { type DemoCloud, startDemoCloud } from "./cloud.ts";
import { type DemoSlack, draw, type Message, startDemoSlack } from "./slack.ts";

type Print = (line: string) => void;

const ANNA = "U0ANNA";
const BORIS = "U0BORIS";
const OPS = "C0OPS";
const NAMES: Readonly<Record<string, string>> = { [ANNA]: "Anna", [BORIS]: "Boris" };

/** One scene may not take longer than this; then the demo ends and says what it was waiting for. */
const SCENE_MS = 60_000;

/** A bar is printed again when it has grown by so much. */
const BAR_STEP = 20;

/**
 * The main job in the terminal, on embedded parts only: a demo Slack, a demo cloud, and the real bot as a process of its
 * own between them. Returns the exit code: 0 when everything ended as it should.
 */
export async function playTour(print: Print): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "shutter-demo-"));
  const clock = systemClock();
  const timing = { shutdownMs: 2500, snapshotMs: 12_000, bootMs: 2500 };
  const cloud = await startDemoCloud({
    clock,
    vms: [
      { name: "web-01", diskGb: 40, snapshots: 2, timing },
      { name: "db-01", diskGb: 120, timing: { ...timing, snapshotMs: 8000 } },
      { name: "mail-01", diskGb: 20, timing, trouble: { snapshotFails: "The storage is full.", snapshotStopsAt: 45 } },
    ],
  });
  const slack = await startDemoSlack({
    clock,
    signingSecret: "only-for-the-demo",
    users: [
      { id: ANNA, name: "Anna", locale: "de-DE" },
      { id: BORIS, name: "Boris", locale: "en-GB" },
    ],
    channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS], botIsMember: true }],
  });
  print("Shutter's main job, on a demo Slack and a demo cloud in this process. Nothing leaves this machine.");
  const bot = await startBotProcess({ slack, cloud, folder });
  const stopWatching = watchCards(slack, print);
  try {
    await offline(slack, print);
    await live(slack, print);
    await failing(slack, print);
    return report(cloud, slack, print);
  } catch (error) {
    print(`\nThe demo did not go as it should: ${error instanceof Error ? error.message : String(error)}`);
    print(bot.log.slice(-20).join("\n"));
    return 1;
  } finally {
    stopWatching();
    await bot.stop();
    await Promise.all([cloud.close(), slack.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function offline(slack: DemoSlack, print: Print): Promise<void> {
  heading(print, "1. Shut down, snapshot, on again");
  await type(slack, print, BORIS, 'create web-01 --reason "kernel upgrade"');
  const card = await shows(slack, "web-01", "choosing");
  press(print, BORIS, "Shut down and snapshot", "and says yes to the question");
  await slack.click(BORIS, card, "request.shutdown");
  await shows(slack, "web-01", "done");
}

async function live(slack: DemoSlack, print: Print): Promise<void> {
  heading(print, "2. A second VM, live, by somebody who reads German");
  await type(slack, print, ANNA, "erstellen db-01 --live");
  await shows(slack, "db-01", "done");
}

async function failing(slack: DemoSlack, print: Print): Promise<void> {
  heading(print, "3. A snapshot that fails: the VM comes up again");
  await type(slack, print, BORIS, "create mail-01 --off");
  const card = await shows(slack, "mail-01", "choosing");
  press(print, BORIS, "Shut down and snapshot", "and says yes to the question");
  await slack.click(BORIS, card, "request.shutdown");
  await shows(slack, "mail-01", "failed");
}

/** What a reader should take away, looked up at the cloud and not on the cards. */
function report(cloud: DemoCloud, slack: DemoSlack, print: Print): number {
  heading(print, "What the cloud says");
  const vms = cloud.vms();
  for (const { name, power, snapshots } of vms) print(`${name}: ${power}, ${snapshots.length} snapshots`);
  const excess = ["web-01", "mail-01"].flatMap((name) => cloud.excessOffMs(name) ?? []);
  const mean = excess.reduce((sum, ms) => sum + ms, 0) / Math.max(1, excess.length);
  print(`Off longer than the cloud itself needed: ${excess.map(seconds).join(", ")}; ${seconds(mean)} on average.`);
  print(`Cards: ${slack.cards().length}. Rate limits reached: ${slack.rateLimited.length}.`);
  const isWell = vms.every(({ power }) => power === "Running") && slack.cards().length === 3;
  print(isWell ? "Every VM is on." : "Not every VM is on, or there are too many cards.");
  return isWell ? 0 : 1;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function heading(print: Print, text: string): void {
  print(`\n── ${text} ${"─".repeat(Math.max(0, 72 - text.length))}`);
}

async function type(slack: DemoSlack, print: Print, user: string, text: string): Promise<void> {
  print(`\n${NAMES[user]} in #ops:  /snapshot ${text}\n`);
  const answer = await slack.command(user, OPS, text);
  if (answer.status !== 200) throw new Error(`the command was answered ${answer.status}`);
}

const press = (print: Print, user: string, label: string, more: string): void =>
  print(`${NAMES[user]} presses [ ${label} ] ${more}.\n`);

const payloadOf = (message: Message) => message.metadata?.event_payload;

const shows = (slack: DemoSlack, vm: string, status: string): Promise<Message> =>
  slack.waitFor(
    () => slack.cards().find((card) => payloadOf(card)?.vm === vm && payloadOf(card)?.status === status),
    `the card of ${vm} to show ${status}`,
    SCENE_MS,
  );

/** Prints a card when its status changes, and its bar as it grows. */
function watchCards(slack: DemoSlack, print: Print): () => void {
  const printed = new Map<string, { status: unknown; percent: number }>();
  return slack.onChange(({ kind }) => {
    if (kind !== "message") return;
    for (const card of slack.cards()) {
      const { status, percent = 0 } = payloadOf(card) as { status: string; percent?: number };
      const last = printed.get(card.ts);
      const isNew = last?.status !== status;
      if (!isNew && Number(percent) < last.percent + BAR_STEP) continue;
      printed.set(card.ts, { status, percent: Number(percent) });
      const drawing = draw(card, new Date(), undefined, undefined, (id: string) => NAMES[id]);
      print(isNew ? framed(drawing) : `  ${barOf(drawing)}`);
    }
  });
}

const framed = (drawing: string): string =>
  `${drawing
    .split("\n")
    .map((line) => `  │ ${line}`)
    .join("\n")}\n`;

const barOf = (drawing: string): string => drawing.split("\n").find((line) => /[▓░]/u.test(line)) ?? "";
