import { pause, systemClock } from "../../src/clock.ts";
import type { Fault } from "../../src/demo/server.ts";
import { between } from "../../src/domain/durations.ts";
import { type BotProcess, type Exit, type LaunchOptions, launch } from "./bot-process.ts";
import type { How } from "./scene.ts";

const STALL_MS = 3_000;

/** The lives of the bot, one after the other: when one ends as it was meant to, the next one begins. */
export interface Lives {
  readonly all: readonly BotProcess[];
  /** Those that were started beside the present life. */
  readonly others: readonly BotProcess[];
  /** Of lives that were asked to end, but did not end with 0. */
  readonly badExits: readonly Exit[];
  /** Rejects when a life ends that nobody has ended. */
  readonly broken: Promise<never>;
  /** Between a blow and the next life: what still comes is of the dead one. */
  readonly isDown: boolean;
  readonly present: BotProcess;
  /** The longest time, in real milliseconds, that nobody took requests after a life had ended. */
  readonly longestAwayMs: number;
  begin(): void;
  launchAnother(as: "rival" | "heir"): BotProcess;
  strike(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  /** Deals a blow to the present life; what it means for the call at which it comes. */
  hit(how: How): Promise<Fault | undefined>;
  /** When the present life takes requests; if it dies before, the one after it. */
  isUp(): Promise<void>;
  /** After something was not delivered to a life: until the reason for it has gone. */
  isBack(life: BotProcess): Promise<void>;
  /** Ends the last life in peace. */
  end(): Promise<Exit>;
  kill(): void;
}

/** `moved` is told where the bot takes requests; undefined while it takes none. `dieAt` is for the first life. */
export function createLives(
  options: LaunchOptions,
  dieAt: string | undefined,
  moved: (port: number | undefined) => void,
): Lives {
  const all: BotProcess[] = [];
  const others: BotProcess[] = [];
  const badExits: Exit[] = [];
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // whoever waits for something is told as well
  let isOver = false;
  let isDown = false;
  let isExpected = false;
  let heir: BotProcess | undefined;
  let isAwake: Promise<unknown> = Promise.resolve();
  let awaySince: Date | undefined;
  let longestAwayMs = 0;
  const awayMs = () => (awaySince ? between(awaySince, systemClock().now()) : 0);

  const lives: Lives = {
    all,
    others,
    badExits,
    broken: broken.promise,
    get isDown() {
      return isDown;
    },
    get present() {
      return all.at(-1)!;
    },
    get longestAwayMs() {
      return Math.max(longestAwayMs, awayMs());
    },
    begin() {
      isDown = false;
      const life = heir ?? launch({ ...options, dieAt: all.length === 0 ? dieAt : undefined });
      heir = undefined;
      all.push(life);
      void life.ready.then((port) => {
        if (lives.present !== life) return;
        moved(port);
        longestAwayMs = lives.longestAwayMs;
        awaySince = undefined;
      });
      void life.exit.then((exit) => ended(life, exit));
    },
    launchAnother(as) {
      const other = launch(options);
      others.push(other);
      if (as === "heir") heir = other;
      return other;
    },
    async strike(signal) {
      const life = lives.present;
      isDown = true;
      isExpected = true;
      life.signal(signal);
      const exit = await life.exit;
      if (signal === "SIGTERM" && exit.code !== 0) badExits.push(exit);
    },
    async hit(how) {
      switch (how) {
        case "before":
        case "after":
          await lives.strike("SIGKILL");
          return { kind: "reset", applied: how === "after" };
        case "SIGTERM":
          void lives.strike("SIGTERM");
          return undefined;
        case "SIGSTOP": {
          const life = lives.present;
          life.signal("SIGSTOP");
          isAwake = pause(systemClock(), STALL_MS).then(() => life.signal("SIGCONT"));
          return undefined;
        }
      }
    },
    async isUp() {
      const life = lives.present;
      await Promise.race([life.ready, life.exit, broken.promise]);
      await Promise.resolve(); // the next life begins first
      if (lives.present !== life) return lives.isUp();
    },
    async isBack(life) {
      await (lives.present === life && !isDown ? Promise.race([life.exit, isAwake]) : life.exit);
    },
    async end() {
      isOver = true;
      lives.present.signal("SIGTERM");
      return lives.present.exit;
    },
    kill() {
      isOver = true;
      for (const life of [...all, ...others]) life.signal("SIGKILL");
    },
  };

  function ended(life: BotProcess, exit: Exit): void {
    if (isOver) return;
    moved(undefined);
    awaySince ??= systemClock().now();
    const diedByItself = dieAt !== undefined && all.length === 1;
    if (!isExpected && !diedByItself) {
      broken.reject(new Error(`The bot ended with ${exit.code ?? exit.signal}:\n${life.output()}`));
      return;
    }
    isExpected = false;
    lives.begin();
  }

  return lives;
}
