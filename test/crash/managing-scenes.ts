import { called } from "../journeys/managing.ts";
import { ANNA } from "../rig.ts";
import { isQuestion, shownIn } from "./people.ts";
import type { Play, Scene } from "./scene.ts";
import { TIMING } from "./scenes.ts";

/** What is done to snapshots that are there already, and to the VM by wish. */

const WEB = { name: "web-01", timing: { ...TIMING, restoreMs: 40_000 }, snapshots: called("first", "second") };

/** Anna goes back to the older of two snapshots. */
async function restores({ opens, submits, slack }: Play, withSafety: boolean): Promise<void> {
  const view = await opens(ANNA, "restore web-01 first");
  if (!withSafety) await slack.choose(ANNA, view, "restore.safety", []);
  slack.fill(ANNA, "restore.vm", "web-01");
  await submits(ANNA);
}

/** Shut down, safety snapshot, restore, on again. */
export const RESTORE: Scene = {
  vm: WEB,
  people: (play) => restores(play, true),
  end: {
    cards: ["restore done"],
    wentOff: true,
    done: ["snapshot", "restore"],
    snapshots: ["first", "second", "web-01-before-restore-N"],
    restoredFrom: "first",
  },
};

/** The VM was off and stays off; no safety snapshot. */
export const RESTORE_OFF: Scene = {
  vm: { ...WEB, power: "Stopped" },
  people: (play) => restores(play, false),
  end: {
    cards: ["restore done"],
    wentOff: true,
    power: "Stopped",
    done: ["restore"],
    snapshots: ["first", "second"],
    restoredFrom: "first",
  },
};

/** It takes no longer than a process to come back. */
export const SHORT_RESTORE: Scene = { ...RESTORE_OFF, vm: { ...WEB, power: "Stopped", timing: { restoreMs: 2_000 } } };

/** The bot has asked for the restore in vain, and while it is away somebody switches the VM on: then nothing is restored. */
export const SWITCHED_ON: Scene = {
  vm: { ...WEB, timing: { ...WEB.timing, bootMs: 1_000 } },
  async people(play) {
    await restores(play, false);
    await play.lives[0]!.exit;
    play.cloud.panel(play.vm).switch("power_on");
  },
  end: { cards: ["restore failed"], wentOff: true, snapshots: ["first", "second"] },
};

/** The restore breaks off. */
export const RESTORE_FAILS: Scene = {
  vm: { ...WEB, trouble: { restoreFails: "The image is broken." } },
  people: (play) => restores(play, false),
  end: { cards: ["restore failed"], wentOff: true, done: ["restore"], snapshots: ["first", "second"] },
};

/** The cloud takes so long that there is a dialog which says so before it can be filled in. */
export const SLOW_DIALOG: Scene = {
  ...RESTORE_OFF,
  holds: {
    call: "GET snapshots, asked",
    until: ({ sees, slack }) => sees(() => slack.view(ANNA), "the dialog that waits"),
  },
};

/** Two of three. */
export const DELETE: Scene = {
  vm: { ...WEB, snapshots: called("first", "second", "third") },
  async people({ opens, submits, slack }) {
    const view = await opens(ANNA, "delete web-01");
    await slack.choose(ANNA, view, "delete.snapshots", ["first", "third"]);
    await submits(ANNA);
  },
  end: {
    cards: ["delete done"],
    wentOff: false,
    done: ["delete_snapshot", "delete_snapshot"],
    snapshots: ["second"],
  },
};

/** The same, with Anna's Home open, which shows it. */
export const AT_HOME: Scene = {
  ...DELETE,
  async people(play) {
    const { sees, slack } = play;
    const says = (words: string) => JSON.stringify(slack.home(ANNA)?.blocks ?? []).includes(words);
    await play.opensHome(ANNA);
    await sees(() => says("3 von 10"), "her Home");
    await DELETE.people(play);
    await sees(() => says("1 von 10") && says("Es läuft nichts."), "the end at her Home");
  },
};

export const RENAME: Scene = {
  vm: WEB,
  people: ({ says }) => says(ANNA, "rename web-01 first better"),
  end: { cards: ["rename done"], wentOff: false, snapshots: ["better", "second"] },
};

/** Down by wish, after a yes; then on again. */
export const POWER: Scene = {
  vm: WEB,
  async people({ says, shows, presses }) {
    await says(ANNA, "shutdown web-01");
    await shows(["choosing"]);
    await presses(ANNA, "vm.shutdown");
    await shows(["done"]);
    await says(ANNA, "on web-01");
    await shows(["done"], 2);
  },
  end: { cards: ["power done", "power done"], wentOff: true, snapshots: ["first", "second"] },
};

const SAFE: Scene["end"] = {
  cards: ["create done"],
  wentOff: false,
  done: ["snapshot"],
  snapshots: ["web-01-N"],
};

/** So much later Anna is asked about her safety snapshot. */
const SOON = { safety_question: "1m" };

async function makesSafe({ says, shows }: Play): Promise<void> {
  await says(ANNA, 'before "kernel upgrade" web-01 --live');
  await shows(["done"]);
}

/** The question stands in the thread so often. */
const isAsked = ({ sees, slack }: Play, times: number): Promise<unknown> =>
  sees(() => slack.messages().filter(isQuestion).length >= times, `question ${times}`);

/** A safety snapshot; Anna is asked about it, and keeps it. */
export const BEFORE: Scene = {
  vm: { name: "web-01", timing: TIMING },
  settings: SOON,
  async people(play) {
    await makesSafe(play);
    await isAsked(play, 1);
    await play.sees(() => shownIn(play.slack.cards()[0]!).includes("request.keep"), "the question on the card");
    await play.presses(ANNA, "request.keep");
  },
  end: SAFE,
};

/** She does not answer, and is asked once more. */
export const BEFORE_UNANSWERED: Scene = {
  ...BEFORE,
  async people(play) {
    await makesSafe(play);
    await isAsked(play, 2);
  },
};
