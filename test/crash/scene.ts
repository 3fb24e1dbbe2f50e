import type { DemoCloud, DemoCloudOptions, VmView } from "../../src/demo/cloud.ts";
import type { DemoSlack, Message, View } from "../../src/demo/slack.ts";
import type { BotProcess } from "./bot-process.ts";

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
  settings?: Partial<Record<"shutdown_timeout" | "safety_question", string>>;
  /** Who may do what, and who has to say yes to it. */
  policy?: Policy;
  /** The double answers a call of this name only when that has come true. */
  holds?: { call: string; until: (play: Play) => Promise<unknown> };
  end: End;
}

export interface Policy {
  /** For the configuration, as it stands there. */
  yaml: string;
  /** What in the cloud may happen only after the yes of so many, or in an emergency. */
  gates: readonly VmView["operations"][number]["type"][];
}

/** What there has to be in the end; all the rest is the same for every scene. */
export interface End {
  /** Kind and status of every request, in the order of their cards. */
  cards: readonly string[];
  /** Whether the VM was off at some time. */
  wentOff: boolean;
  /** `Running` unless this says otherwise. */
  power?: "Running" | "Stopped";
  /** What was done to snapshots and disk, in order: neither more nor less often. None unless this says otherwise. */
  done?: readonly ("snapshot" | "restore" | "delete_snapshot")[];
  /** The names of all snapshots, oldest first; `N` stands for the time in a name that nobody gave. */
  snapshots: readonly string[];
  /** Which one is on the VM's disk. */
  restoredFrom?: string;
  toldPrivately?: readonly string[];
  /** How often the plug was pulled; never unless this says otherwise. */
  hardPowerOffs?: number;
  /** What was decided about approval, and by whom, in order. Nothing unless this says otherwise. */
  decided?: readonly string[];
  /** People and channels that get a message of their own, which nobody has asked for: one each. */
  noticed?: readonly string[];
  /** What the newest card says, among other things. */
  says?: readonly string[];
}

export interface Play {
  readonly cloud: DemoCloud;
  readonly slack: DemoSlack;
  /** The lives of the bot so far; the last one runs unless it has just been killed. */
  readonly lives: readonly BotProcess[];
  readonly vm: string;
  /** Types a command, again if Slack says that it did not arrive. */
  says(user: string, text: string): Promise<void>;
  /** Presses a button of the newest card, again if Slack says that it did not arrive and the card still shows it. */
  presses(user: string, actionId: string): Promise<void>;
  /** Types a command that opens a dialog, again if no dialog opens, or none that can be sent. */
  opens(user: string, text: string): Promise<View>;
  /** Presses a button of the newest card that opens a dialog, as often as that takes. */
  opensFrom(user: string, actionId: string): Promise<View>;
  /** Sends the open dialog, again if Slack says that it did not arrive: then it is still open. */
  submits(user: string): Promise<void>;
  /** Opens the Home tab, again if Slack says that the bot was not told. */
  opensHome(user: string): Promise<void>;
  /** Waits until the newest card shows one of these; with `nth`, the card that came at that place. */
  shows(statuses: readonly string[], nth?: number): Promise<Message>;
  /** Waits until the bot has noted of so many that it tells them something, which it does at once. */
  notes(count: number): Promise<void>;
  /** Waits until Slack shows what is looked for. */
  sees<T>(look: () => T | undefined | false, what: string): Promise<T>;
  /** A second process on the same files. As an heir it is the next life, once the present one has ended. */
  launchAnother(as: "rival" | "heir"): BotProcess;
  /** Ends the present life. */
  strike(how: "SIGKILL" | "SIGTERM"): Promise<void>;
}
