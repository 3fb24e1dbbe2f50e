import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, vi } from "vitest";
import { pause, systemClock } from "../../src/clock.ts";
import { type DemoCloud, type DemoCloudOptions, startDemoCloud } from "../../src/demo/cloud.ts";
import type { Call, Fault } from "../../src/demo/server.ts";
import { type DemoSlack, type Message, startDemoSlack } from "../../src/demo/slack.ts";
import { Line } from "../../src/domain/story.ts";
import { storedOf } from "../../src/store/rows.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { storyLine } from "../../src/views/story.ts";
import { ANNA, BORIS, OPS, SCOPES, statusOf } from "../rig.ts";
import { type BotProcess, type Exit, type LogLine, launch } from "./bot-process.ts";
import { namesOf } from "./calls.ts";

/** Nobody listens there: a port that is free again may soon belong to another case. */
const NOWHERE = "http://127.0.0.1:9/";

/** The bot's time and the doubles' run so much faster; who waits for a process waits in real time. */
const SPEED = 40;
const PATIENCE_MS = 45_000;
const STALL_MS = 3_000;
/** A point that the flow did not pass, since time ran otherwise than in the recording, is tried again so often. */
const TRIES = 4;

const BOT_TOKEN = "xoxb-secret-of-the-bot";
const SIGNING_SECRET = "signing-secret-of-slack";
const CLIENT_SECRET = "client-secret-of-the-cloud";

/** `before` and `after`: SIGKILL before the double does what it is asked, or after it did, and no answer either way. */
export type How = "before" | "after" | "SIGTERM" | "SIGSTOP";

/** What happens to a life of the bot, and at which of its calls. */
export interface Blow {
  at: string;
  /** At which of the calls of this name; the first unless this says another. */
  nth?: number;
  how: How;
}

/** What people do, and how the world has to look like in the end. */
export interface Scene {
  vm: DemoCloudOptions["vms"][number];
  people(play: Play): Promise<unknown>;
  /** For the configuration. A process takes half a second to come back, which is many seconds of this clock. */
  shutdownTimeout?: string;
  /** The double answers a call of this name only when that has come true. */
  holds?: { call: string; until: (play: Play) => Promise<unknown> };
  end: { status: string; snapshots: number; wentOff: boolean; toldPrivately?: readonly string[] };
}

export interface Play {
  readonly cloud: DemoCloud;
  readonly slack: DemoSlack;
  /** The lives of the bot so far; the last one runs unless it has just been killed. */
  readonly lives: readonly BotProcess[];
  readonly vm: string;
  /** Types a command, again if Slack says that it did not arrive. */
  says(user: string, text: string): Promise<void>;
  /** Presses a button, again if Slack says that it did not arrive and the card still shows it. */
  presses(user: string, actionId: string): Promise<void>;
  /** Waits until the card shows one of these. */
  shows(...statuses: string[]): Promise<Message>;
  /** A second process on the same files. As an heir it is the next life, once the present one has ended. */
  launchAnother(as: "rival" | "heir"): BotProcess;
  /** Ends the present life. */
  strike(how: "SIGKILL" | "SIGTERM"): Promise<void>;
}

interface Played {
  /** The names of all calls, in the order of their first coming. */
  names: string[];
  /** How many of the blows met their point. */
  landed: number;
  outcome: Outcome;
}

interface Outcome {
  status: unknown;
  cards: number;
  power: string;
  wentOff: boolean;
  hardPowerOffs: number;
  snapshots: number;
  snapshotsStarted: number;
  requests: number;
  integrity: unknown;
  rateLimited: readonly unknown[];
  errors: string[];
  secrets: string[];
  /** Lines that the thread has more than once. */
  toldTwice: string[];
  /** Lines of the story that the thread does not have. */
  neverTold: string[];
  silent: readonly unknown[];
  lastExit: Exit;
  /** Of lives that were asked to end, but did not end with 0. */
  badExits: Exit[];
  history: { percentFell: boolean; endReplaced: boolean };
  /** Those who should have had a private answer, but had none. */
  leftAlone: string[];
}

interface Options {
  /** Ends the first life from within: see `die-at.ts`. */
  dieAt?: string;
  /** Nobody repeats a command whose answer was lost: the card that comes all the same is answer enough. */
  retypes?: boolean;
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
    const { landed, outcome } = await play(scene, blows, options);
    expect(outcome).toEqual(goodEnd(scene));
    if (landed >= mustMeet) return landed;
    if (tries === TRIES) throw new Error(`The bot never came to ${blows[landed]!.at}`);
  }
}

/** The names of all calls of a scene in which nothing goes wrong, in order. */
export async function record(scene: Scene): Promise<string[]> {
  const { names, outcome } = await play(scene, []);
  expect(outcome).toEqual(goodEnd(scene));
  return names;
}

function goodEnd({ end }: Scene): Outcome {
  return {
    status: end.status,
    cards: 1,
    power: "Running",
    wentOff: end.wentOff,
    hardPowerOffs: 0,
    snapshots: end.snapshots,
    snapshotsStarted: end.status === "cancelled" ? 0 : 1,
    requests: 1,
    integrity: "ok",
    rateLimited: [],
    errors: [],
    secrets: [],
    toldTwice: [],
    neverTold: [],
    silent: [],
    lastExit: { code: 0, signal: null },
    badExits: [],
    history: { percentFell: false, endReplaced: false },
    leftAlone: [],
  };
}

export async function play(scene: Scene, blows: readonly Blow[], options: Options = {}): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), "shutter-crash-"));
  const start = new Date();
  const clock = systemClock(SPEED, start);
  const cloud = await startDemoCloud({ clock, vms: [scene.vm], clientSecret: CLIENT_SECRET });
  const slack = await startDemoSlack({
    clock,
    triggerClock: systemClock(),
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    scopes: SCOPES,
    users: [
      { id: ANNA, name: "anna", realName: "Anna", locale: "de-DE" },
      { id: BORIS, name: "boris", realName: "Boris", locale: "en-US" },
    ],
    channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS] }],
  });
  const { shutdownTimeout = "10m" } = scene;
  writeFileSync(
    join(folder, "shutter.yml"),
    `snapshots: { shutdown_timeout: ${shutdownTimeout}, choice_timeout: 30d }\n`,
  );
  const launching = {
    clock: { factor: SPEED, start },
    folder,
    env: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: slack.apiUrl,
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: "sqlite:shutter.db",
      CCLOUD_API_URL: cloud.url,
      CCLOUD_CLIENT_ID: cloud.clientId,
      CCLOUD_CLIENT_SECRET: cloud.clientSecret,
    },
  };

  const lives: BotProcess[] = [];
  const others: BotProcess[] = [];
  const badExits: Exit[] = [];
  const names = new Set<string>();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // whoever waits for something is told as well
  let hasChosen = false;
  let landed = 0;
  let passed = 0;
  let isOver = false;
  /** Between a blow and the next life: what still comes is of the dead one. */
  let isDown = false;
  let isExpected = false;
  let heir: BotProcess | undefined;
  let isAwake: Promise<unknown> = Promise.resolve();

  function begin(): void {
    isDown = false;
    passed = 0;
    const life = heir ?? launch({ ...launching, dieAt: lives.length === 0 ? options.dieAt : undefined });
    heir = undefined;
    lives.push(life);
    void life.ready.then((port) => {
      if (lives.at(-1) === life) slack.requestUrl = `http://127.0.0.1:${port}/slack/events`;
    });
    void life.exit.then((exit) => {
      if (isOver) return;
      slack.requestUrl = NOWHERE;
      const diedByItself = options.dieAt !== undefined && lives.length === 1;
      if (!isExpected && !diedByItself) {
        broken.reject(new Error(`The bot ended with ${exit.code ?? exit.signal}:\n${life.output()}`));
        return;
      }
      isExpected = false;
      begin();
    });
  }

  async function strike(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const life = lives.at(-1)!;
    isDown = true;
    isExpected = true;
    life.signal(signal);
    const exit = await life.exit;
    if (signal === "SIGTERM" && exit.code !== 0) badExits.push(exit);
  }

  const meet =
    (side: "cloud" | "slack") =>
    async (call: Call): Promise<Fault | undefined> => {
      if (call.headers["x-from"] === "harness") return undefined;
      const met = namesOf(side, call, { cloud, vm: scene.vm.name, hasChosen, linesTold: thread().length });
      for (const name of met) names.add(name);
      if (scene.holds && met.includes(scene.holds.call)) await scene.holds.until(acts);
      const blow = blows[landed];
      if (isDown || !blow || !met.includes(blow.at)) return undefined;
      passed += 1;
      if (passed < (blow.nth ?? 1)) return undefined;
      landed += 1;
      passed = 0;
      return hit(blow.how);
    };

  async function hit(how: How): Promise<Fault | undefined> {
    switch (how) {
      case "before":
      case "after":
        await strike("SIGKILL");
        return { kind: "reset", applied: how === "after" };
      case "SIGTERM":
        void strike("SIGTERM");
        return undefined;
      case "SIGSTOP": {
        const life = lives.at(-1)!;
        life.signal("SIGSTOP");
        isAwake = pause(systemClock(), STALL_MS).then(() => life.signal("SIGCONT"));
        return undefined;
      }
    }
  }
  cloud.server.intercept(meet("cloud"));
  slack.server.intercept(meet("slack"));

  /** When the latest life takes requests; if it dies before, the one after it. */
  async function isUp(): Promise<void> {
    const life = lives.at(-1)!;
    await Promise.race([life.ready, life.exit, broken.promise]);
    await Promise.resolve(); // the next life begins first
    if (lives.at(-1) !== life) return isUp();
  }

  /** After something was not delivered: until the reason for it has gone. */
  async function isBack(life: BotProcess): Promise<void> {
    await (lives.at(-1) === life && !isDown ? Promise.race([life.exit, isAwake]) : life.exit);
  }

  const card = () => slack.cards().at(-1);

  const thread = () => slack.messages().flatMap(({ threadTs, text }) => (threadTs ? text.split("\n") : []));

  const acts: Play = {
    cloud,
    slack,
    lives,
    vm: scene.vm.name,
    async says(user, text) {
      for (;;) {
        await isUp();
        const life = lives.at(-1)!;
        const { status } = await slack.command(user, OPS, text);
        if (status === 200 || options.retypes === false) return;
        expect(status).toBe(0);
        await isBack(life);
      }
    },
    async presses(user, actionId) {
      let isRepeated = false;
      for (;;) {
        await isUp();
        const life = lives.at(-1)!;
        if (isRepeated && !shownIn(card()!).includes(actionId)) return; // the click whose answer was lost has arrived
        if (user === ANNA) hasChosen = true;
        const { status } = await slack.click(user, card()!, actionId);
        if (status === 200) return;
        expect(status).toBe(0);
        isRepeated = true;
        await isBack(life);
      }
    },
    shows: (...statuses) =>
      within(
        broken.promise,
        slack.waitFor(
          () => statuses.includes(String(statusOf(card()))) && card(),
          `a card that shows ${statuses.join(" or ")}`,
          PATIENCE_MS,
        ),
      ),
    launchAnother(as) {
      const other = launch(launching);
      others.push(other);
      if (as === "heir") heir = other;
      return other;
    },
    strike,
  };

  try {
    begin();
    await within(broken.promise, scene.people(acts));
    await acts.shows(scene.end.status);
    await within(broken.promise, isAtRest());
    isOver = true;
    const last = lives.at(-1)!;
    last.signal("SIGTERM");
    const lastExit = await last.exit;
    return { names: [...names], landed, outcome: { ...seenFromOutside(), lastExit, badExits, ...inDatabase() } };
  } catch (error) {
    const logs = lives.map((life, n) => `life ${n + 1}:\n${life.output()}`).join("\n");
    throw new Error(`${String(error)}\n${logs}`, { cause: error });
  } finally {
    isOver = true;
    for (const life of [...lives, ...others]) life.signal("SIGKILL");
    await Promise.all([cloud.close(), slack.close()]);
    rmSync(folder, { recursive: true, force: true });
  }

  /** Everything that was asked for has been seen through, and the card and its thread say so. */
  async function isAtRest(): Promise<void> {
    await isUp();
    const count = (database: DatabaseSync, table: string, where: string) =>
      database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).get()?.n;
    await vi.waitFor(
      () => {
        using database = opened(folder);
        expect({
          wishes: count(database, "deliveries", "handled = 0"),
          requests: count(database, "requests", "open = 1 OR drawn < face"),
          lines: count(database, "events", "told = 0"),
        }).toEqual({ wishes: 0, requests: 0, lines: 0 });
      },
      { timeout: PATIENCE_MS, interval: 25 },
    );
  }

  function inDatabase(): Pick<Outcome, "integrity" | "requests" | "neverTold"> {
    using database = opened(folder);
    const { request } = storedOf(database.prepare("SELECT * FROM requests").get() as never);
    const story = database.prepare("SELECT at, line FROM events").all();
    const lines = story.flatMap(({ at, line }) => {
      const told = Line.parse(JSON.parse(String(line)));
      return storyLine(told, new Date(Number(at)), request, textsIn(request.language)) ?? [];
    });
    return {
      neverTold: lines.filter((line) => !thread().includes(line)),
      integrity: database.prepare("PRAGMA integrity_check").get()?.integrity_check,
      requests: Number(database.prepare("SELECT count(*) AS n FROM requests").get()?.n),
    };
  }

  function seenFromOutside(): Omit<Outcome, keyof ReturnType<typeof inDatabase> | "lastExit" | "badExits"> {
    const { power, hardPowerOffs, offPeriods, snapshots, operations } = cloud.vm(scene.vm.name);
    const processes = [...lives, ...others];
    return {
      status: statusOf(card()),
      cards: slack.cards().length,
      power,
      wentOff: offPeriods.length > 0,
      hardPowerOffs,
      snapshots: snapshots.length,
      snapshotsStarted: operations.filter(({ type }) => type === "snapshot").length,
      rateLimited: slack.rateLimited,
      errors: processes.flatMap(({ logs }) => logs.filter(({ level }) => level === "error").map(inWords)),
      secrets: secretsIn([...processes.map(({ output }) => output()), ...filesIn(folder)]),
      toldTwice: repeated(thread()),
      silent: slack.withoutText(),
      history: historyOf(card()!),
      leftAlone: (scene.end.toldPrivately ?? []).filter((user) => slack.privateAnswers(user).length === 0),
    };
  }
}

/** The first of the two to come; so nobody waits for something that a dead bot will not do. */
const within = <T>(broken: Promise<never>, wanted: Promise<T>): Promise<T> => Promise.race([broken, wanted]);

const opened = (folder: string): DatabaseSync => new DatabaseSync(join(folder, "shutter.db"), { timeout: 5000 });

const filesIn = (folder: string): string[] =>
  readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));

const shownIn = ({ blocks }: Message): string => JSON.stringify(blocks);

const inWords = ({ msg, ...line }: LogLine): string => `${msg} ${JSON.stringify(line)}`;

/** The demo cloud's tokens are numbered. */
const secretsIn = (texts: readonly string[]): string[] =>
  [BOT_TOKEN, SIGNING_SECRET, CLIENT_SECRET, "demo-token-"].filter((secret) =>
    texts.some((text) => text.includes(secret)),
  );

const repeated = (lines: readonly string[]): string[] => lines.filter((line, index) => lines.indexOf(line) < index);

const ENDS: ReadonlySet<unknown> = new Set(["done", "failed", "cancelled", "expired"]);

function historyOf(card: Message): Outcome["history"] {
  const payloads = card.versions.map(({ metadata }) => metadata?.event_payload ?? {});
  const percents = payloads.flatMap(({ percent }) => (typeof percent === "number" ? [percent] : []));
  const end = payloads.findIndex(({ status }) => ENDS.has(status));
  return {
    percentFell: percents.some((percent, index) => percent < (percents[index - 1] ?? 0)),
    endReplaced: end >= 0 && payloads.slice(end).some(({ status }) => status !== payloads[end]?.status),
  };
}
