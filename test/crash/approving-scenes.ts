import { textsIn } from "../../src/texts/texts.ts";
import { DECISION_IDS, WHY_ID } from "../../src/views/action-ids.ts";
import { CLEO, EMIL } from "../journeys/deputies.ts";
import { called } from "../journeys/managing.ts";
import { ANNA, BORIS, statusOf } from "../rig.ts";
import { threadOf } from "./outcome.ts";
import { shownIn } from "./people.ts";
import type { Play, Policy, Scene } from "./scene.ts";
import { TIMING } from "./scenes.ts";
import { SECURITY } from "./workspace.ts";

/** What others have to say yes to, before it happens. Anna asks; Boris and Cleo are the group; Emil may in an emergency. */

const rules = (when: string, approval: string, gates: Policy["gates"]): Policy => ({
  yaml: `policy:
  - when: { ${when} }
    allow: everyone
    approval: { by: [group:sre], ${approval} }
  - allow: everyone
break_glass: { by: [${EMIL}], reason: required, tell: "#security" }
`,
  gates,
});

const WEB = { name: "web-01", timing: { ...TIMING, restoreMs: 40_000 } };
const BOTH = [BORIS, CLEO];

/** Anna asks, and those who can approve it have been told so. */
async function asks({ says, shows, notes }: Play, text: string): Promise<void> {
  await says(ANNA, text);
  await shows(["awaiting_approval"]);
  await notes(BOTH.length);
}

/** One says yes after the other, who sees it. */
async function bothSayYes({ presses, sees, slack }: Play): Promise<void> {
  await presses(BORIS, DECISION_IDS.approve);
  await sees(() => shownIn(slack.cards().at(-1)!).includes("boris"), "the first yes on the card");
  await presses(CLEO, DECISION_IDS.approve);
}

async function decides(play: Play, user: string, decision: "deny" | "break_glass", why: string): Promise<void> {
  await play.opensFrom(user, DECISION_IDS[decision]);
  await play.slack.fill(user, WHY_ID, why);
  await play.submits(user);
}

const TWO = rules("action: create", "count: 2, expires: 2h", ["shutdown", "snapshot"]);
const YES = {
  decided: [`approved ${BORIS}`, `approved ${CLEO}`],
  noticed: BOTH,
  says: ["Freigegeben von boris, cleo"],
};
const NOTHING = { wentOff: false, snapshots: [] };

/** Two say yes to a snapshot with the VM off, and Anna has it shut down. */
export const APPROVED: Scene = {
  vm: WEB,
  policy: TWO,
  async people(play) {
    await asks(play, "create web-01 --off");
    await bothSayYes(play);
    await play.shows(["choosing"]);
    await play.presses(ANNA, "request.shutdown");
  },
  end: { ...YES, cards: ["create done"], wentOff: true, done: ["snapshot"], snapshots: ["web-01-N"] },
};

/** Two say yes to what Anna has confirmed already: it goes on by itself. */
export const APPROVED_RESTORE: Scene = {
  vm: { ...WEB, power: "Stopped", snapshots: called("first", "second") },
  policy: rules("action: restore", "count: 2, expires: 2h", ["restore"]),
  async people(play) {
    const { opens, slack, submits, shows, notes } = play;
    const view = await opens(ANNA, "restore web-01 first");
    await slack.choose(ANNA, view, "restore.safety", []);
    slack.fill(ANNA, "restore.vm", "web-01");
    await submits(ANNA);
    await shows(["awaiting_approval"]);
    await notes(BOTH.length);
    await bothSayYes(play);
  },
  end: {
    ...YES,
    cards: ["restore done"],
    wentOff: true,
    power: "Stopped",
    done: ["restore"],
    snapshots: ["first", "second"],
    restoredFrom: "first",
  },
};

/** Boris says no, and why. */
export const DENIED: Scene = {
  vm: WEB,
  policy: TWO,
  async people(play) {
    await asks(play, "create web-01 --off");
    await decides(play, BORIS, "deny", "not tonight");
  },
  end: {
    ...NOTHING,
    cards: ["create denied"],
    decided: [`denied ${BORIS}`],
    noticed: BOTH,
    says: ["boris hat abgelehnt", "not tonight"],
  },
};

/** Emil does not wait for them. */
export const EMERGENCY: Scene = {
  vm: WEB,
  policy: TWO,
  async people(play) {
    await asks(play, "create web-01 --live");
    await decides(play, EMIL, "break_glass", "the shop is down");
    await play.notes(BOTH.length + 1);
  },
  end: {
    cards: ["create done"],
    wentOff: false,
    done: ["snapshot"],
    snapshots: ["web-01-N"],
    decided: [`emergency ${EMIL}`],
    noticed: [...BOTH, SECURITY],
    says: ["emil hat ohne Freigabe weitergemacht", "the shop is down"],
  },
};

/** Boris says yes, and Cleo nothing, of which the thread reminds. */
export const UNAPPROVED: Scene = {
  vm: WEB,
  policy: rules("action: create", "count: 2, expires: 5m, remind: 1m", ["shutdown", "snapshot"]),
  async people(play) {
    await asks(play, "create web-01 --live");
    await play.presses(BORIS, DECISION_IDS.approve);
  },
  end: {
    ...NOTHING,
    cards: ["create expired"],
    decided: [`approved ${BORIS}`, "approval_expired"],
    noticed: BOTH,
    says: [textsIn("de").approval.expired],
  },
};

/** A guest that does not obey, and Anna wants the plug pulled. */
async function wantsPlugPulled({ says, shows, presses, notes }: Play): Promise<void> {
  await says(ANNA, "create web-01");
  await shows(["choosing"]);
  await presses(ANNA, "request.shutdown");
  await shows(["shutdown_stuck"]);
  await presses(ANNA, "request.power_off");
  await notes(BOTH.length);
}

async function givesUp({ shows, presses }: Play): Promise<void> {
  await shows(["shutdown_stuck"]);
  await presses(ANNA, "request.cancel");
}

const STUBBORN = {
  vm: { ...WEB, trouble: { ignoresShutdown: true as const } },
  settings: { shutdown_timeout: "1m" },
  policy: rules("action: power_off", "count: 1, expires: 2h", ["power_off"]),
};

/** One yes is enough, and the plug is pulled; when the bot was away too long for that, once Anna has pressed again. */
export const PLUG: Scene = {
  ...STUBBORN,
  async people(play) {
    await wantsPlugPulled(play);
    await play.shows(["awaiting_approval"]);
    await play.presses(BORIS, DECISION_IDS.approve);
    const card = await play.shows(["shutdown_stuck", "snapshotting", "powering_on", "done"]);
    if (statusOf(card) === "shutdown_stuck") await play.presses(ANNA, "request.power_off");
  },
  end: {
    cards: ["create done"],
    wentOff: true,
    hardPowerOffs: 1,
    done: ["snapshot"],
    snapshots: ["web-01-N"],
    decided: [`approved ${BORIS}`],
    noticed: BOTH,
    says: ["Freigegeben von boris"],
  },
};

/** Boris says no; what to do is asked again, and Anna gives up. */
export const PLUG_DENIED: Scene = {
  ...STUBBORN,
  async people(play) {
    await wantsPlugPulled(play);
    await play.shows(["awaiting_approval"]);
    await decides(play, BORIS, "deny", "it is still writing");
    await givesUp(play);
  },
  end: { ...NOTHING, cards: ["create cancelled"], decided: [`denied ${BORIS}`], noticed: BOTH },
};

/** Nobody says anything; what to do is asked again, and Anna gives up. */
export const PLUG_UNAPPROVED: Scene = {
  ...STUBBORN,
  policy: rules("action: power_off", "count: 1, expires: 1m", ["power_off"]),
  async people(play) {
    await wantsPlugPulled(play);
    const words = textsIn("de").story({ code: "approval_expired" });
    await play.sees(() => threadOf(play.slack).some((line) => line.endsWith(words)), "the end of the waiting");
    await givesUp(play);
  },
  end: { ...NOTHING, cards: ["create cancelled"], decided: ["approval_expired"], noticed: BOTH },
};
