import type { Power, Vm } from "../domain/cloud.ts";
import type { VmId } from "../domain/ids.ts";
import type { Listed } from "../domain/request.ts";
import type { Preferences, Stored } from "../ports/store.ts";

/** What one person's App Home shows, as far as it was looked up. */
export interface HomeSight {
  /** Guests see everything, and no button that acts. */
  mayAct: boolean;
  /** Requests that stand still until this person decides or approves, and safety snapshots about which they were asked. */
  decisions: readonly Waiting[];
  /** Every open request. */
  running: readonly Stored[];
  /** This person's own, newest first. */
  recent: readonly Stored[];
  vms: VmsSight;
  choices: Pick<Preferences, "language" | "notify">;
}

/** One of them; `may` says what about an approval. */
export type Waiting = Stored & { may?: { approve: boolean; breakGlass: boolean } };

export interface VmsSight {
  /** When the cloud last listed them; undefined when it never has. */
  seenAt: Date | undefined;
  /** It was asked since and has not answered, or not yet. */
  isSilent: boolean;
  count: number;
  /** From 0. */
  page: number;
  pages: number;
  rows: readonly VmSight[];
  /** The one that was searched for, instead of a page; `sight` is undefined when it is not there (any more). */
  chosen?: { id: VmId; sight: VmSight | undefined };
}

export interface VmSight {
  vm: Vm;
  power: Power;
  /** Newest first; undefined when the cloud has not told them. */
  snapshots: readonly Listed[] | undefined;
  /** They are older than they should be, since the cloud does not answer: as seen then. */
  oldSince: Date | undefined;
  /** What is being done with it. */
  request: Stored | undefined;
}
