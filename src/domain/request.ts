import { z } from "zod";
import { OperationRef, Power, Problem, Snapshot } from "./cloud.ts";
import { ChannelId, OperationId, RequestId, SnapshotId, VmId, Who } from "./ids.ts";

/**
 * A request is somebody's wish with its status. Everything that Shutter remembers of it is in this one value, which is a
 * row in the database; what the types do not allow cannot be stored.
 */

const When = z.coerce.date();

export const Language = z.enum(["en", "de"]);
export type Language = z.infer<typeof Language>;

/** `ask`: a person chooses on the card · `off`: shut down first, after one yes · `live`: chosen already. */
export const How = z.enum(["ask", "off", "live"]);
export type How = z.infer<typeof How>;

/** How long a reason may be, in characters. */
export const REASON_LENGTH = 500;

const reason = z.string().optional();
/** When its requester last said yes to what cannot be undone; a yes that has become old is asked for anew. */
const confirmedAt = When.optional();

/** What somebody wants of a VM. Snapshots are kept as they were listed when they were chosen. */
export const Wish = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    how: How,
    name: z.string(),
    nameGiven: z.boolean(),
    reason,
    /** It is a safety snapshot: some time after it is made, its requester is asked what shall become of it. */
    safety: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal("restore"),
    snapshot: Snapshot,
    /** A snapshot of the VM as it is now is taken first, under `name`. */
    safety: z.boolean(),
    name: z.string(),
    confirmedAt,
    reason,
  }),
  z.object({ kind: z.literal("delete"), snapshots: z.array(Snapshot).min(1), reason }),
  z.object({ kind: z.literal("rename"), snapshot: Snapshot, name: z.string().min(1), reason }),
  z.object({ kind: z.literal("power"), to: z.enum(["on", "off", "hard_off"]), confirmedAt, reason }),
]);
export type Wish = z.infer<typeof Wish>;
export type Kind = Wish["kind"];
export type WishOf<K extends Kind> = Extract<Wish, { kind: K }>;

const Expected = z.object({ ms: z.number(), basis: z.enum(["history", "disk", "size"]) });
export type Expected = z.infer<typeof Expected>;

/** What the card says of the VM before anything is done. */
export const Facts = z.object({
  power: Power,
  diskGb: z.number().optional(),
  snapshotCount: z.number(),
  /** How long the snapshot will probably take, and what that is taken from; absent when nothing is known. */
  expected: Expected.optional(),
  /** The same for the restore, where one is wanted. */
  restore: Expected.optional(),
  seenAt: When,
});
export type Facts = z.infer<typeof Facts>;

/** We owe the VM the state `running`. Written before it is shut down, cleared only when the cloud says that it runs. */
export const Debt = z.object({
  since: When,
  /** Until then a guest that was asked to shut down may still obey, so that `running` proves nothing yet. */
  graceUntil: When,
});
export type Debt = z.infer<typeof Debt>;

/** When what happened; the steps on the card are drawn from it. */
const Times = z.object({
  shutdownAsked: When.optional(),
  off: When.optional(),
  snapshotStarted: When.optional(),
  snapshotEnded: When.optional(),
  restoreStarted: When.optional(),
  restoreEnded: When.optional(),
  powerOnAsked: When.optional(),
  on: When.optional(),
});

export const FAILURES = [
  "snapshot_failed",
  "restore_failed",
  "restore_lost",
  "snapshot_gone",
  "name_taken",
  "not_deleted",
  "quota",
  "refused",
  "vm_gone",
  "protocol",
  "auth",
  "forbidden",
  "unavailable",
  "busy",
  "lost",
] as const;
export const Failure = z.object({ code: z.enum(FAILURES), detail: z.string().optional() });
export type Failure = z.infer<typeof Failure>;

/** How far a call that cannot be repeated blindly has come; `intended` after a crash or a lost answer means: look first. */
const Asked = z.enum(["no", "intended", "yes"]);

const Ending = z.discriminatedUnion("status", [
  z.object({ status: z.literal("done") }),
  z.object({ status: z.literal("failed"), failure: Failure }),
  z.object({ status: z.literal("cancelled"), by: Who }),
  z.object({ status: z.literal("queued"), until: When }),
]);
export type Ending = z.infer<typeof Ending>;

/** A snapshot with what only we know of it. */
export const Listed = Snapshot.extend({ by: Who.optional(), reason: z.string().optional() });
export type Listed = z.infer<typeof Listed>;

/** Whose yes the policy wanted when it was asked for. Who may say it is looked up at each click, in the policy of then. */
export const Terms = z.object({
  /** The rule that wants it, from 1. */
  rule: z.number(),
  /** As the policy names them. */
  by: z.array(z.string()),
  /** So many different people. */
  count: z.number(),
  /** Whose yes does not count. */
  not: z.enum(["requester", "nobody"]),
  lostRight: z.enum(["void", "counts"]),
  expiresMs: z.number(),
  remindMs: z.number().optional(),
});
export type Terms = z.infer<typeof Terms>;

/** What goes on once enough people have said yes: the request from its beginning, or a button that was pressed on it. */
export const Gated = z.enum(["begin", "shutdown", "live", "power_off"]);
export type Gated = z.infer<typeof Gated>;

/** A running operation of the cloud and how we came to it: asked for once, followed to its end. */
const work = {
  since: When,
  /** Not before this moment is it asked for (again). */
  notBefore: When.optional(),
  /** Why the last attempt to ask did not work. */
  problem: Problem.optional(),
  operation: OperationRef.optional(),
  /** Since when the cloud does not know the operation any more that it had given us. */
  vanished: When.optional(),
  /** The highest percent that the cloud has reported. */
  percent: z.number().optional(),
  /** How far our estimate had come when the cloud began to report; less is never shown. */
  estimatedTo: z.number().optional(),
  /** Reads in a row whose answers did not fit the contract, and since when. */
  misfits: z.object({ count: z.number(), since: When }).optional(),
};

/** The request that "Try again" made. */
const retriedAs = RequestId.optional();

/** Stored before the cloud is asked. `looks` counts how often nothing was found of it since. */
const Intent = z.object({ at: When, looks: z.number() });

export const State = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("queued"),
    since: When,
    why: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("new") }),
      z.object({ kind: z.literal("behind"), request: RequestId, by: Who }),
      z.object({ kind: z.literal("cooldown"), until: When }),
      z.object({ kind: z.literal("busy") }),
      /** No room for another snapshot; as the VM had them, oldest first. */
      z.object({ kind: z.literal("full"), snapshots: z.array(Listed) }),
      /** The new name has been asked for, last `at` that moment. */
      z.object({ kind: z.literal("renaming"), notBefore: When.optional(), problem: Problem.optional(), at: When }),
    ]),
  }),
  z.object({ status: z.literal("choosing"), since: When, expiresAt: When }),
  z.object({
    status: z.literal("awaiting_approval"),
    since: When,
    expiresAt: When,
    /** When the card reminds next. */
    remindAt: When.optional(),
    what: Gated,
    /** Who wants it; with a button that may be somebody else than the requester. */
    wantedBy: Who,
    terms: Terms,
    /** What the yes is for, in short: VM, action, snapshots and parameters. */
    fingerprint: z.string(),
    yeses: z.array(z.object({ by: Who, at: When })),
    /** As in `shutdown_stuck`, from where it was asked for. */
    isUnheard: z.boolean().optional(),
  }),
  z.object({
    status: z.literal("shutting_down"),
    since: When,
    by: Who,
    mode: z.enum(["graceful", "hard"]),
    asked: Asked,
    /** When a person is asked what to do, if the VM is not off by then. */
    until: When,
    /** Not before this moment is the guest asked (again). */
    notBefore: When.optional(),
    /** Why the last attempt to ask did not work. */
    problem: Problem.optional(),
    /** An earlier attempt's answer was lost: the guest may obey it, even if a later one is refused. */
    mayHaveHeard: z.boolean().optional(),
  }),
  z.object({
    status: z.literal("shutdown_stuck"),
    since: When,
    /** No answer said that the guest was asked; whoever waits once more has it asked again. */
    isUnheard: z.boolean().optional(),
  }),
  z.object({
    status: z.literal("snapshotting"),
    ...work,
    intent: Intent.extend({ name: z.string() }).optional(),
  }),
  z.object({
    status: z.literal("restoring"),
    ...work,
    /** `known` is the newest restore that the cloud listed before: that one is not ours. */
    intent: Intent.extend({ known: OperationId.optional() }).optional(),
  }),
  z.object({
    status: z.literal("deleting"),
    since: When,
    /** Which one the cloud was last asked to delete, and since when. */
    asked: z.object({ id: SnapshotId, at: When }).optional(),
    notBefore: When.optional(),
    problem: Problem.optional(),
    /** Those that the cloud has deleted, or that were not there any more. */
    gone: z.array(SnapshotId),
    /** Those that the cloud would not delete, and why. */
    kept: z.array(z.object({ id: SnapshotId, problem: Problem })),
    /** Since when nothing is left to ask for, and only the cloud's list has to show it. */
    through: When.optional(),
  }),
  z.object({
    status: z.literal("powering_on"),
    since: When,
    /** What the request becomes once its debt is paid. */
    ending: Ending,
    attempts: z.number(),
    /** When it was last asked for. */
    askedAt: When.optional(),
    /** Not before this moment is the VM switched on (again). */
    notBefore: When.optional(),
    /** Why the last attempt did not work. */
    problem: Problem.optional(),
    /** People have been told that the VM does not come back by itself. */
    loud: z.boolean(),
    /** Looks in a row at which the cloud did not know the VM, and since when. */
    missing: z.object({ count: z.number(), since: When }).optional(),
  }),
  z.object({
    status: z.literal("done"),
    at: When,
    /** What was made: the snapshot, or the one that was taken for safety before a restore. */
    snapshot: Snapshot.optional(),
    /** All of the VM, newest first. */
    snapshots: z.array(Listed),
    /** How the VM was seen at the end, where nothing else says it. */
    power: Power.optional(),
    /** Somebody has looked at the safety snapshot and keeps it. */
    keptBy: Who.optional(),
  }),
  z.object({
    status: z.literal("failed"),
    at: When,
    failure: Failure,
    power: Power.optional(),
    /** Of several that were to be deleted, those that are gone. */
    gone: z.array(SnapshotId).optional(),
    retriedAs,
  }),
  z.object({ status: z.literal("cancelled"), at: When, by: Who, power: Power.optional(), retriedAs }),
  z.object({ status: z.literal("denied"), at: When, by: Who, reason: z.string(), retriedAs }),
  z.object({
    status: z.literal("expired"),
    at: When,
    /** Not enough people said yes in time. */
    isUnapproved: z.boolean().optional(),
    retriedAs,
  }),
]);
export type State = z.infer<typeof State>;
export type Status = State["status"];
export type InStatus<S extends Status> = Extract<State, { status: S }>;

export const Request = z.object({
  id: RequestId,
  vm: z.object({ id: VmId, name: z.string(), diskGb: z.number().optional() }),
  wish: Wish,
  requestedBy: Who,
  requestedAt: When,
  /** Where it was asked for; the card goes there, or to the requester's direct messages. */
  channel: ChannelId,
  /** It was asked for outside of any conversation, such as at Home, and has its card in direct messages. */
  atHome: z.boolean().optional(),
  /** Of the card and its thread. */
  language: Language,
  retryOf: RequestId.optional(),
  /** What was decided, once it was: how the snapshot is taken. */
  plan: z.enum(["offline", "live", "stays_off"]).optional(),
  /** Who decided last on this card, for those who click after them; `as` tells the same press, handled again, from another. */
  decided: z.object({ by: Who, at: When, as: RequestId }).optional(),
  /** Who has approved what; `what` is what it went on with. `whose` and `not` say whose yes counted, as `Terms` do. */
  approved: z
    .object({
      by: z.array(Who),
      at: When,
      rule: z.number(),
      whose: z.array(z.string()).default([]), // an earlier version did not store it; then it is asked for anew
      not: z.enum(["requester", "nobody"]).default("requester"),
      fingerprint: z.string(),
      what: Gated,
    })
    .optional(),
  /** Somebody has declared an emergency instead of waiting for approval. */
  emergency: z.object({ by: Who, at: When, reason: z.string(), what: Gated.optional() }).optional(),
  facts: Facts.optional(),
  debt: Debt.optional(),
  times: Times,
  /**
   * After the end: a guest that was asked to shut down, and was never seen to obey, is watched until then, and switched on
   * again if it obeys after all. `askedAt`: it did, and switching on was last asked for then. `missingSince`: the cloud has
   * not known the VM since.
   */
  watch: z.object({ until: When, askedAt: When.optional(), missingSince: When.optional() }).optional(),
  /**
   * When the requester of a safety snapshot is asked (again) what shall become of it, and how often that has been done.
   * Gone when it is answered.
   */
  followUp: z.object({ due: When, asked: z.number() }).optional(),
  /** Since when the cloud does not answer what we need to know, and what it says instead. */
  trouble: z
    .object({
      since: When,
      problem: Problem,
      /** Since when it has said just this, if it said something else before. */
      sameSince: When.optional(),
    })
    .optional(),
  state: State,
});
export type Request = z.infer<typeof Request>;

/** The channel that the rules are asked about. */
export const askedIn = ({ channel, atHome }: Pick<Request, "channel" | "atHome">): ChannelId | undefined =>
  atHome ? undefined : channel;
export type RequestIn<S extends Status> = Request & { state: InStatus<S> };
/** A request of one kind. */
export type RequestOf<K extends Kind> = Request & { wish: WishOf<K> };

export const isOf = <K extends Kind, R extends Request>(request: R, kind: K): request is R & RequestOf<K> =>
  request.wish.kind === kind;

const ENDS: ReadonlySet<Status> = new Set<Status>(["done", "failed", "cancelled", "denied", "expired"]);

/** Ends after which the same can be asked for again with one press. */
export type Retriable = InStatus<"failed" | "denied" | "expired" | "cancelled">;

export const isRetriable = (state: State): state is Retriable =>
  state.status === "failed" || state.status === "denied" || state.status === "expired" || state.status === "cancelled";

/** A request is open until its end, and it does not end before its debt is paid. */
export const isOpen = (request: Request): boolean => !ENDS.has(request.state.status);
