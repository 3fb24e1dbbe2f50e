import type { ChannelId, RequestId, VmId } from "../domain/ids.ts";
import type { Request } from "../domain/request.ts";
import type { Makers } from "../domain/step.ts";
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

/** A line of a story that the thread does not have yet. `id` grows with time. */
export interface Untold {
  id: number;
  at: Date;
  line: Line;
}

/** Something a person sent. `key` is the same when Slack, or somebody in between, delivers it twice. */
export interface Delivery {
  key: string;
  at: Date;
  body: unknown;
}

/** Durable state. Every method that changes something is one transaction, durable when it returns. */
export interface Store {
  /** False when it was received before; then nothing is stored. */
  receive(delivery: Delivery): Promise<boolean>;
  /** What was received and not yet seen through, oldest first. */
  unhandled(): Promise<readonly Delivery[]>;
  handled(key: string): Promise<void>;
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
  /** Requests that have ended and whose VM is still watched. */
  watched(): Promise<readonly Stored[]>;
  openOf(vm: VmId): Promise<readonly Stored[]>;
  /** Milliseconds that the last finished snapshots of a VM took, newest first, three at most. */
  pastDurations(vm: VmId): Promise<readonly number[]>;
  /** Who took which snapshot of a VM, and why. */
  makers(vm: VmId): Promise<Makers>;
  /** The last requests, newest first. */
  recent(count: number): Promise<readonly Stored[]>;

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
  told(id: RequestId, upTo: number): Promise<void>;

  /** Throws when the database cannot be written to any more. */
  check(): Promise<void>;
  close(): Promise<void>;
}
