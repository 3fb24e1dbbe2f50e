import type { Clock } from "../../ports/clock.ts";
import type { DoubleServer } from "../server.ts";
import type { Answer } from "./answer.ts";
import type { Which } from "./payloads.ts";
import type { Press, Where } from "./people.ts";
import type { RawRequest } from "./sender.ts";
import type { Change, DemoChannel, DemoGroup, DemoUser, Message, PrivateAnswer, View } from "./types.ts";
import type { ChannelChange } from "./workspace.ts";

export interface DemoSlackOptions {
  clock: Clock;
  signingSecret: string;
  botToken?: string;
  appToken?: string;
  users: DemoUser[];
  channels: DemoChannel[];
  groups?: DemoGroup[];
  /** Of the bot token. When given, `missing_scope` is enforced. */
  scopes?: string[];
  /** As real ones, in the clock's time; `true` unless this says no. */
  rateLimits?: boolean;
  /** Whether the app asked for names and links in commands as references (`should_escape`); yes unless this says no. */
  escapeCommands?: boolean;
  /** Whether the app's Home tab is switched on; yes unless this says no. */
  homeTab?: boolean;
  port?: number;
  /** The bot's `POST /slack/events`; without one the bot is told over Socket Mode. */
  requestUrl?: string;
  /** What the three seconds of a trigger id are counted in, where `clock` runs too fast for a bot in real time. */
  triggerClock?: Clock;
}

export interface DemoSlack {
  /** What `SLACK_API_URL` takes. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly server: DoubleServer;
  requestUrl: string | undefined;

  /** Not the private ones; threads included. Oldest first. */
  messages(channel?: string): readonly Message[];
  /** The messages that carry a snapshot request. */
  cards(): readonly Message[];
  /** The channel in which somebody and the bot write to each other. */
  directChannel(user: string): string;
  directMessages(user: string): readonly Message[];
  privateAnswers(user?: string): readonly PrivateAnswer[];
  /** Slack takes blocks without a `text`, and screen readers and notifications then say nothing: these are such. */
  withoutText(): readonly (Message | PrivateAnswer)[];
  /** The modal on top. */
  view(user: string): View | undefined;
  home(user: string): View | undefined;
  /** Every call that got a 429. */
  readonly rateLimited: readonly { method: string; at: Date }[];

  command(user: string, channel: string, text: string, more?: { command?: string }): Promise<Answer>;
  /** Presses a button and says yes to its confirm dialog. */
  click(user: string, where: Where, actionId: string, press?: Press): Promise<Answer>;
  clickPrivate(user: string, answer: PrivateAnswer, actionId: string, press?: Press): Promise<Answer>;
  /**
   * By the option's value or text; for people, channels, dates and times by what Slack reports. Several for what takes
   * several: they are all that is chosen afterwards.
   */
  choose(
    user: string,
    where: Where,
    actionId: string,
    choice: string | readonly string[],
    which?: Which,
  ): Promise<Answer>;
  /** What the external select in the open dialog, or else the App Home, or where it is said to be offers for these letters. */
  suggest(
    user: string,
    actionId: string,
    query: string,
    which?: Which & { where?: Where },
  ): Promise<{ text: string; value: string }[]>;
  /** In the open dialog, or else the App Home, or where it is said to be. It stands there at once, also for those who do not wait. */
  fill(user: string, actionId: string, text: string, which?: Which & { where?: Where }): Promise<Answer>;
  /** The same, and then the Enter key. */
  enter(user: string, actionId: string, text: string, which?: Which & { where?: Where }): Promise<Answer>;
  /** Sends the open dialog and does with it what the answer says. */
  submit(user: string): Promise<Answer>;
  closeView(user: string): Promise<Answer>;
  shortcut(user: string, callbackId: string): Promise<Answer>;
  /** Opens the Home tab: the bot is told with `app_home_opened`, once. `retry()` of the answer tells it again. */
  openHome(user: string): Promise<Answer>;
  /** A signed request with any body: a string as it is, an object as a form. Always over HTTP. */
  send(form: string | Record<string, unknown>, more?: Omit<RawRequest, "body">): Promise<Answer>;

  /** What changes in the workspace while the bot runs. */
  changeChannel(id: string, change: ChannelChange): void;
  changeUser(id: string, change: Partial<Omit<DemoUser, "id">>): void;
  /** Tells the bot about it, unless it may not read user groups, or the event shall be lost. */
  changeGroup(
    id: string,
    change: Partial<Omit<DemoGroup, "id">>,
    more?: { lost?: boolean },
  ): Promise<Answer | undefined>;
  /** From now on this Slack is too old for these types of blocks; without any it knows all again. */
  refuseBlocks(...types: string[]): void;
  /** Slack is down: every call to it is reset, until it is called with `false`. */
  outage(down: boolean): void;
  /** Asks the bot to connect anew, as Slack does with every Socket Mode link every few hours. */
  recycleLinks(reason?: "warning" | "refresh_requested" | "link_disabled"): void;

  onChange(listener: (change: Change) => void): () => void;
  /**
   * Looks now and after every change until there is something. Rejects after so many real milliseconds, with what it
   * waited for and the cards as they stand.
   */
  waitFor<T>(look: () => T | undefined | false, what?: string, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}
