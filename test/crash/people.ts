import { expect } from "vitest";
import type { DemoCloud } from "../../src/demo/cloud.ts";
import type { DemoSlack, Message, View } from "../../src/demo/slack.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { OPS, statusOf } from "../rig.ts";
import type { Lives } from "./lives.ts";
import type { Play } from "./scene.ts";

export const PATIENCE_MS = 45_000;

interface Surroundings {
  cloud: DemoCloud;
  slack: DemoSlack;
  lives: Lives;
  vm: string;
  /** Whether somebody repeats what got no answer. */
  repeats: boolean;
  /** A button was pressed, or a dialog sent. */
  onChoice(user: string): void;
  notes: Play["notes"];
}

/** What the people of a scene do with a bot that may die at any moment. */
export function createPlay({ cloud, slack, lives, vm, repeats, onChoice, notes }: Surroundings): Play {
  const sees: Play["sees"] = (look, what) => Promise.race([lives.broken, slack.waitFor(look, what, PATIENCE_MS)]);

  /** The first of the two: what is looked for, or the end of this life. */
  const unlessItEnds = async <T>(life: Lives["present"], seeing: Promise<T>): Promise<T | undefined> => {
    seeing.catch(() => {}); // in vain, if the life ends first
    return Promise.race([seeing, life.exit.then(() => undefined)]);
  };

  const opens = async (user: string, what: string, send: () => Promise<{ status: number }>): Promise<View> => {
    for (;;) {
      await lives.isUp();
      const life = lives.present;
      const before = slack.privateAnswers(user).length;
      const { status } = await send();
      // Where it could not be opened in time, a private answer says so.
      const isTold = () => slack.privateAnswers(user).length > before;
      if (hasArrived(status))
        await unlessItEnds(
          life,
          sees(() => isWhole(slack.view(user)) || isTold(), what),
        );
      else await lives.isBack(life);
      const view = slack.view(user);
      if (view && isWhole(view)) return view;
      if (view) await slack.closeView(user);
    }
  };

  return {
    cloud,
    slack,
    lives: lives.all,
    vm,
    sees,
    notes: (count) => Promise.race([lives.broken, notes(count)]),
    launchAnother: lives.launchAnother,
    strike: lives.strike,
    shows: (statuses, nth) =>
      sees(
        () => {
          const card = slack.cards().at(nth === undefined ? -1 : nth - 1);
          return statuses.includes(String(statusOf(card))) && card;
        },
        `a card that shows ${statuses.join(" or ")}`,
      ),
    async says(user, text) {
      for (;;) {
        await lives.isUp();
        const life = lives.present;
        const { status } = await slack.command(user, OPS, text);
        if (hasArrived(status)) return;
        if (status === NO_ANSWER && !repeats) return;
        await lives.isBack(life);
      }
    },
    async opensHome(user) {
      for (;;) {
        await lives.isUp();
        const life = lives.present;
        const { status } = await slack.openHome(user);
        if (hasArrived(status)) return;
        await lives.isBack(life);
      }
    },
    async presses(user, actionId) {
      for (let isRepeated = false; ; isRepeated = true) {
        await lives.isUp();
        const life = lives.present;
        const card = slack.cards().at(-1)!;
        if (isRepeated && !shownIn(card).includes(actionId)) return; // the click whose answer was lost has arrived
        onChoice(user);
        const { status } = await slack.click(user, card, actionId);
        if (hasArrived(status)) return;
        if (status === NO_ANSWER && !repeats) return void (await life.exit); // the next one is for the next life
        await lives.isBack(life);
      }
    },
    opens: (user, text) => opens(user, text, () => slack.command(user, OPS, text)),
    opensFrom: (user, actionId) => opens(user, actionId, () => slack.click(user, slack.cards().at(-1)!, actionId)),
    async submits(user) {
      for (let isRepeated = false; ; isRepeated = true) {
        await lives.isUp();
        const life = lives.present;
        onChoice(user);
        const { status } = await slack.submit(user);
        const view = slack.view(user);
        if (!view) return;
        if (hasArrived(status)) {
          const errors = Object.values(view.errors);
          // What the lost answer was to has been done meanwhile: there is nothing left to ask for.
          if (isRepeated && !errors.every(isOfTheMoment)) return void (await slack.closeView(user));
          if (!errors.every(isOfTheMoment)) throw new Error(`The dialog says ${errors.join("; ")}`);
        } else if (status === NO_ANSWER && !repeats) return;
        else await lives.isBack(life);
      }
    },
  };
}

const NO_ANSWER = 0;

/** Slack has had no answer, or was told on a busy machine that nobody has the time for it. */
function hasArrived(status: number): boolean {
  expect([200, 503, NO_ANSWER]).toContain(status);
  return status === 200;
}

export const shownIn = ({ blocks }: Message): string => JSON.stringify(blocks);

/** In a thread only what somebody is asked has buttons. */
export const isQuestion = (message: Message): boolean =>
  message.threadTs !== undefined && message.blocks.some(({ type }) => type === "actions");

const isWhole = (view: View | undefined): boolean => view?.submit !== undefined;

const MOMENTARY = ["en", "de"] as const;
const isOfTheMoment = (error: string): boolean =>
  MOMENTARY.some((language) => textsIn(language).dialog.errors.cloudSilent === error);
