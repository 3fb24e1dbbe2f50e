import type { ChannelId, RequestId, SnapshotId, UserId, VmId } from "../domain/ids.ts";
import type { Language, Request } from "../domain/request.ts";
import type { Fate, Makers } from "../domain/step.ts";
import type { Line } from "../domain/story.ts";

/** A request as it is stored. `version` grows with every change; a commit against an older one does nothing. */
export interface Stored {
  request: Request;
  version: number;
  card: CardPlace;
}

/** Where the card is, and how far it has been drawn. */
export interface CardPlace {
  /** Grows with every change that the card must show; `drawn` is the face that it shows. */
  face: number;
  drawn: number;
  /** Since when a post is under way or its answer was lost; the card may be there already. */
  posting?: { channel: ChannelId; since: Date };
  message?: { channel: ChannelId; ts: string };
}

/** A line of a story, as a rule one that the thread does not have yet. `id` grows with time. */
export interface Untold {
  id: number;
  at: Date;
  line: Line;
}

/** A line of a story with whose request it is, for looking back. */
export interface HistoryLine {
  id: number;
  at: Date;
  request: Request;
  line: Line;
}

/** Which lines of all stories; what is not given does not matter. */
export interface HistoryFilter {
  vm?: VmId | undefined;
  /** Who did it, or whose request it belongs to. */
  who?: UserId | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

/** What a line of the audit is about, and who did it. */
export interface About {
  request?: RequestId | undefined;
  vm?: VmId | undefined;
  who?: UserId | undefined;
}

/** A row of the audit by its number, with the hash that stands for it and all before it. */
export interface AuditHead {
  id: number;
  hash: string;
}

/** What somebody has chosen for themselves. */
export interface Preferences {
  /** Instead of the language of their Slack. */
  language?: Language | undefined;
  /** Of what they are mentioned about: everything that ends, decisions and failures (when nothing is chosen), failures. */
  notify?: Notify | undefined;
  /** Their App Home, as they have it open; undefined while they have never opened it. */
  home?: HomeState | undefined;
}
export type Notify = "all" | "decisions" | "failures";

export interface HomeState {
  openedAt: Date;
  /** Which page of the list of VMs, from 0. */
  page: number;
  /** The VM that they have searched for. */
  vm?: VmId | undefined;
}

/** Something a person sent. `key` is the same when Slack, or somebody in between, delivers it twice. */
export interface Delivery {
  key: string;
  at: Date;
  body: unknown;
}

/** Somebody is told something without having asked: about which request, since when it is so, and who. */
export interface Notice {
  request: RequestId;
  round: Date;
  /** Slack's id; empty for those who are told of emergencies. */
  reader: string;
}

/** Durable state. Every method that changes something is one transaction, durable when it returns. */
export interface Store {
  /** False when it was received before; then nothing is stored. */
  receive(delivery: Delivery): Promise<boolean>;
  /** What was received and not yet seen through, oldest first. */
  unhandled(): Promise<readonly Delivery[]>;
  handled(key: string): Promise<void>;
  /** Adds a line to the audit about a delivery that was received before: once, however often it comes again. */
  noteAgain(key: string, at: Date, line: Line, about: About): Promise<void>;
  /** Forgets deliveries that nobody can replay any more. */
  forgetDeliveries(before: Date): Promise<void>;

  /**
   * Stores a new request, unless it is there already or an open request of the same VM answers the same wish; then that
   * one is returned.
   */
  create(request: Request, isSame: (open: Request) => boolean, story: readonly Line[]): Promise<Stored>;
  load(id: RequestId): Promise<Stored | undefined>;
  /**
   * Writes the request with its story, if nobody else has since `before` was loaded; says whether it did. `quietly`: the
   * card need not show it, and a crash may lose it.
   */
  commit(before: Stored, next: Request, story: readonly Line[], at: Date, quietly?: boolean): Promise<boolean>;
  /** All open requests, oldest first. */
  open(): Promise<readonly Stored[]>;
  /** Requests that have ended and still have something to look after: a VM that is watched, a question that is due. */
  watched(): Promise<readonly Stored[]>;
  openOf(vm: VmId): Promise<readonly Stored[]>;
  /** Milliseconds that the last finished snapshots of a VM took, newest first, three at most. */
  pastDurations(vm: VmId): Promise<readonly number[]>;
  /** Who took which snapshot of a VM, and why. */
  makers(vm: VmId): Promise<Makers>;
  /** What our own requests have done to a snapshot; undefined when none has anything to do with it. */
  fate(vm: VmId, snapshot: SnapshotId): Promise<Fate | undefined>;
  /** The VM that had a snapshot of this id, as far as a request of ours has had to do with it. */
  vmOf(snapshot: SnapshotId): Promise<VmId | undefined>;
  /** The last requests, newest first. */
  recent(count: number): Promise<readonly Stored[]>;
  /** Requests that are open, and those that were asked for since, oldest first. */
  since(moment: Date): Promise<readonly Stored[]>;
  /** The last requests of a VM, newest first. */
  ofVm(vm: VmId, count: number): Promise<readonly Stored[]>;
  /** The last requests that somebody has asked for, newest first. */
  ofPerson(user: UserId, count: number): Promise<readonly Stored[]>;
  /** Safety snapshots whose requester has been asked what shall become of them, and has not answered. */
  followedUp(): Promise<readonly Stored[]>;
  /** Requests that wait for approval, oldest first, whether they have a card yet or not. */
  awaiting(): Promise<readonly Stored[]>;
  /** Requests whose emergency nobody has been told of. */
  emergencies(): Promise<readonly Stored[]>;
  /** Before somebody is told something: false when that was noted before, and they are not to be told again. */
  notice(notice: Notice, at: Date): Promise<boolean>;
  /** Who has been told of a request, as it stands since then. */
  noticed(request: RequestId, round: Date): Promise<ReadonlySet<string>>;
  /** It was certainly not told. */
  forgetNotice(notice: Notice): Promise<void>;
  /** What has happened, newest first: `count` lines after skipping `skip`. */
  history(filter: HistoryFilter, count: number, skip: number): Promise<readonly HistoryLine[]>;

  /**
   * Adds a line to the audit that comes with no change of a request. It reaches the disk with the next change that is
   * durable, thus before any effect.
   */
  note(at: Date, line: Line, about: About): Promise<void>;
  /** The newest row of the audit's chain; undefined while there is none. */
  auditHead(): Promise<AuditHead | undefined>;
  /** The row which says that the audit was anchored last, and when that was. */
  anchored(): Promise<{ id: number; at: Date } | undefined>;
  /**
   * Removes rows of the audit from its front that were written before `before`, up to the first one that its thread has not
   * been told or whose request is open, and no more than `most`. That, too, is a row, in the same transaction. Says how
   * many are gone.
   */
  prune(before: Date, at: Date, most: number): Promise<number>;

  preferences(user: UserId): Promise<Preferences>;
  /** Changes what is given, keeps the rest; `undefined` takes a choice away. With a row of the audit where it is a choice. */
  prefer(user: UserId, changes: Preferences, choice?: { at: Date; line: Line }): Promise<void>;
  /** Everybody who has opened their App Home since, the latest first. */
  homes(since: Date): Promise<readonly { user: UserId; home: HomeState }[]>;

  /** Requests whose card shows less than it must. */
  stale(): Promise<readonly Stored[]>;
  /** Before a card is posted: where to, and since when it may be there. */
  posting(id: RequestId, posting: NonNullable<CardPlace["posting"]>): Promise<void>;
  /** `quietly`: a crash may lose it, since the card would only be drawn once more. */
  drawn(id: RequestId, face: number, message: NonNullable<CardPlace["message"]>, quietly: boolean): Promise<void>;
  /** The card is not there any more, or shows what has changed elsewhere: it is drawn again, as a new message if `lost`. */
  redraw(id: RequestId, lost: boolean): Promise<void>;
  /** Requests that have a card and lines that its thread does not have yet. */
  withUntold(): Promise<readonly Stored[]>;
  untold(id: RequestId): Promise<readonly Untold[]>;
  /** The lines that its thread is known to have. */
  alreadyTold(id: RequestId): Promise<readonly Untold[]>;
  told(id: RequestId, upTo: number): Promise<void>;

  /** Throws when the database cannot be written to any more. */
  check(): Promise<void>;
  close(): Promise<void>;
}
