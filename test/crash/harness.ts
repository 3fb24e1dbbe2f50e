import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { type DemoCloud, startDemoCloud } from "../../src/demo/cloud.ts";
import type { Call, Fault } from "../../src/demo/server.ts";
import { type DemoSlack, startDemoSlack } from "../../src/demo/slack.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { ANNA, SCOPES } from "../rig.ts";
import { namesOf } from "./calls.ts";
import { createLives } from "./lives.ts";
import { goodEnd, hasEnded, outcomeOf, threadOf } from "./outcome.ts";
import { createPlay, isQuestion } from "./people.ts";
import type { Blow, Scene } from "./scene.ts";
import { hasNoted, isAtRest } from "./stored.ts";
import { WORKSPACE } from "./workspace.ts";

/** Nobody listens there: a port that is free again may soon belong to another case. */
const NOWHERE = "http://127.0.0.1:9/";

/** The bot's time and the doubles' run so much faster; who waits for a process waits in real time. */
const SPEED = 40;
/** A point that the flow did not pass, since time ran otherwise than in the recording, is tried again so often. */
const TRIES = 4;
/** Away for longer, the bot drops what people want as too old: then a play shows only how slow the machine is. */
const TOO_LONG_AWAY_MS = (10 * MINUTE_MS) / SPEED;

const BOT_TOKEN = "xoxb-secret-of-the-bot";
const SIGNING_SECRET = "signing-secret-of-slack";
const CLIENT_SECRET = "client-secret-of-the-cloud";
/** The demo cloud's tokens are numbered. */
const SECRETS = [BOT_TOKEN, SIGNING_SECRET, CLIENT_SECRET, "demo-token-"];

interface Played {
  /** The names of all calls, in the order of their first coming. */
  names: string[];
  /** How many of the blows met their point. */
  landed: number;
}

interface Options {
  /** Ends the first life from within: see `die-at.ts`. */
  dieAt?: string;
  /** Nobody repeats what got no answer: the card that comes all the same is answer enough. */
  repeats?: boolean;
}

/** Plays a scene in which each blow meets a life of its own, and checks the end of it. */
export async function survives(scene: Scene, blows: readonly Blow[], options: Options = {}): Promise<void> {
  await survivesSome(scene, blows, blows.length, options);
}

/** As `survives`, when only the first blows surely meet their points. Returns how many did. */
export async function survivesSome(
  scene: Scene,
  blows: readonly Blow[],
  mustMeet: number,
  options: Options = {},
): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      const { landed } = await play(scene, blows, options);
      if (landed >= mustMeet) return landed;
      if (tries === TRIES) throw new Error(`The bot never came to ${blows[landed]!.at}`);
    } catch (error) {
      if (!(error instanceof TooSlow) || tries === TRIES) throw error;
    }
  }
}

/** A play failed on a machine that is too busy to bring a process back in time. */
class TooSlow extends Error {}

/** The names of all calls of a scene in which nothing goes wrong, in order. */
export async function record(scene: Scene): Promise<string[]> {
  const { names } = await play(scene, []);
  return names;
}

/** Plays a scene and checks the end of it. */
async function play(scene: Scene, blows: readonly Blow[], options: Options = {}): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), "shutter-crash-"));
  const start = new Date();
  const clock = systemClock(SPEED, start);
  const { cloud, slack } = await startDoubles(scene, clock);
  writeConfiguration(folder, scene);
  const launching = { clock: { factor: SPEED, start }, folder, env: environment(cloud, slack) };
  const deaths: Date[] = [];
  const lives = createLives(launching, options.dieAt, (port) => {
    if (port === undefined) deaths.push(clock.now());
    slack.requestUrl = port === undefined ? NOWHERE : `http://127.0.0.1:${port}/slack/events`;
  });
  const vm = scene.vm.name;
  const { repeats = true } = options;
  let hasChosen = false;
  let isDecided = false;
  const acts = createPlay({
    cloud,
    slack,
    lives,
    vm,
    repeats,
    onChoice(user) {
      if (user === ANNA) hasChosen = true;
      else if (scene.policy) isDecided = true;
    },
    notes: (count) => hasNoted(folder, count),
  });

  const names = new Set<string>();
  const atFirst = new Map(cloud.vm(vm).snapshots.map(({ id, name }) => [String(id), name]));
  let landed = 0;
  let passed = { life: 0, count: 0 };
  const meet =
    (side: "cloud" | "slack") =>
    async (call: Call): Promise<Fault | undefined> => {
      if (call.headers["x-from"] === "harness") return undefined;
      const met = namesOf(side, call, { ...seenIn(slack), vm: cloud.vm(vm), atFirst, hasChosen, isDecided });
      for (const name of met) names.add(name);
      if (scene.holds && met.includes(scene.holds.call)) await scene.holds.until(acts);
      const blow = blows[landed];
      if (lives.isDown || !blow || !met.includes(blow.at)) return undefined;
      const life = lives.all.length;
      passed = { life, count: passed.life === life ? passed.count + 1 : 1 };
      if (passed.count < (blow.nth ?? 1)) return undefined;
      landed += 1;
      passed = { life: 0, count: 0 };
      return lives.hit(blow.how);
    };
  cloud.server.intercept(meet("cloud"));
  slack.server.intercept(meet("slack"));

  try {
    lives.begin();
    await Promise.race([lives.broken, scene.people(acts)]);
    const { cards } = scene.end;
    await acts.sees(() => slack.cards().length >= cards.length && slack.cards().every(hasEnded), "the end of all");
    await Promise.race([lives.broken, lives.isUp().then(() => isAtRest(folder))]);
    const lastExit = await lives.end();
    if (options.dieAt && lives.all.length === 1) throw new Error(`The bot never came to ${options.dieAt}`);
    const { badExits, all, others } = lives;
    const processes = [...all, ...others];
    const found = { cloud, slack, folder, vm, processes, secrets: SECRETS };
    const remains = { ...found, lastExit, badExits, deaths, repeats, scene };
    expect(outcomeOf(remains)).toEqual(goodEnd(scene));
    return { names: [...names], landed };
  } catch (error) {
    const logs = lives.all.map((life, n) => `life ${n + 1}:\n${life.output()}`).join("\n");
    const Failure = lives.longestAwayMs >= TOO_LONG_AWAY_MS ? TooSlow : Error;
    throw new Failure(`${String(error)}\n${logs}`, { cause: error });
  } finally {
    lives.kill();
    await Promise.all([cloud.close(), slack.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startDoubles(scene: Scene, clock: Clock): Promise<{ cloud: DemoCloud; slack: DemoSlack }> {
  const cloud = await startDemoCloud({ clock, vms: [scene.vm], clientSecret: CLIENT_SECRET });
  const slack = await startDemoSlack({
    clock,
    triggerClock: systemClock(),
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    scopes: SCOPES,
    ...WORKSPACE,
  });
  return { cloud, slack };
}

function seenIn(slack: DemoSlack) {
  const cards = slack.cards();
  return {
    cards,
    isOver: hasEnded(cards.at(-1)),
    linesTold: threadOf(slack).length,
    questions: slack.messages().filter(isQuestion).length,
  };
}

function writeConfiguration(folder: string, { settings, policy }: Scene): void {
  const snapshots = { shutdown_timeout: "10m", choice_timeout: "30d", ...settings };
  const lines = Object.entries(snapshots).map(([name, value]) => `  ${name}: ${value}\n`);
  writeFileSync(join(folder, "shutter.yml"), `snapshots:\n${lines.join("")}${policy?.yaml ?? ""}`);
}

const environment = (cloud: DemoCloud, slack: DemoSlack): Record<string, string> => ({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  SLACK_API_URL: slack.apiUrl,
  HOST: "127.0.0.1",
  PORT: "0",
  DATABASE_URL: "sqlite:shutter.db",
  CCLOUD_API_URL: cloud.url,
  CCLOUD_CLIENT_ID: cloud.clientId,
  CCLOUD_CLIENT_SECRET: cloud.clientSecret,
});
