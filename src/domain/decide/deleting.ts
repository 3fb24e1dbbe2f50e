import type { Problem, Snapshot } from "../cloud.ts";
import { between, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, finish } from "../endings.ts";
import type { SnapshotId } from "../ids.ts";
import type { RequestIn, WishOf } from "../request.ts";
import { become, into, note, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import { conclude } from "./concluding.ts";
import { valueIn } from "./troubled.ts";

type Deleting = RequestIn<"deleting">;

/** How long the cloud may put the deletion of one off. */
const PATIENCE_MS = 5 * MINUTE_MS;
/** So long a deleted snapshot may stay in the cloud's list. */
const GONE_LATE_MS = MINUTE_MS;

/** Deletes what was chosen, one after the other. What is not listed any more is gone; deleting it twice does no harm. */
export function decideDeleting(request: Deleting, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  const listed = valueIn(seen.snapshots);
  if (!listed) return wait(now, SECOND_MS);
  const isListed = (id: SnapshotId) => listed.some((snapshot) => snapshot.id === id);
  const next = wantedOf(request).find(
    ({ id }) => !state.gone.includes(id) && !state.kept.some((each) => each.id === id),
  );
  if (!next) return end(request, seen, now, settings, isListed);
  if (!isListed(next.id)) return gone(request, next, { code: state.asked?.id === next.id ? "deleted" : "was_gone" });
  if (state.notBefore && now < state.notBefore) return waitUntil(state.notBefore);
  if (state.problem && hasTriedLong(state, now)) {
    if (!isHeldUp(state.problem, seen)) return kept(request, next, state.problem);
    return note(into(request, { ...state, asked: { id: next.id, at: now } }), later(now, AGAIN_MS));
  }
  const asked = state.asked?.id === next.id ? state.asked : { id: next.id, at: now };
  return {
    kind: "call",
    call: { kind: "delete", vm: request.vm.id, snapshot: next.id },
    next: into(request, { ...state, asked, notBefore: later(now, AGAIN_MS) }),
    story: asked === state.asked ? [] : [{ code: "delete_asked", name: next.name }],
  };
}

/** Without a word for so long, Shutter itself was away, and the cloud is asked once more. */
const hasTriedLong = ({ asked, notBefore, since }: Deleting["state"], now: Date): boolean =>
  between(asked?.at ?? since, now) >= PATIENCE_MS && between(notBefore ?? since, now) < PATIENCE_MS;

/** The VM is busy with another request of ours, which may take hours. */
const isHeldUp = (problem: Problem, seen: Seen): boolean => problem.kind === "busy" && seen.ahead !== undefined;

/** After a lost answer: time for the list to tell, before the cloud is asked again. */
const AGAIN_MS = 3 * SECOND_MS;

const wantedOf = ({ wish }: Deleting): WishOf<"delete">["snapshots"] => {
  if (wish.kind !== "delete") throw new Error(`Nothing is deleted to ${wish.kind}`);
  return wish.snapshots;
};

/** One is done with; the next one is looked at. */
export function gone(
  request: Deleting,
  { id, name }: Pick<Snapshot, "id" | "name">,
  { code }: { code: "deleted" | "was_gone" },
): Step {
  const { asked: _, notBefore: __, problem: ___, ...state } = request.state;
  return become(into(request, { ...state, gone: [...state.gone, id] }), { code, name });
}

/** One stays: the cloud would not delete it. */
export function kept(request: Deleting, { id, name }: Pick<Snapshot, "id" | "name">, problem: Problem): Step {
  const { asked: _, notBefore: __, problem: ___, ...state } = request.state;
  const line = { code: "not_deleted", name, detail: problem.detail } as const;
  return become(into(request, { ...state, kept: [...state.kept, { id, problem }] }), line);
}

function end(
  request: Deleting,
  seen: Seen,
  now: Date,
  settings: Settings,
  isListed: (id: SnapshotId) => boolean,
): Step {
  const { gone: all, kept: left } = request.state;
  const lingering = all.filter(isListed);
  // What the cloud has said it would delete may stay in its list for a moment; for longer it has not been deleted.
  if (lingering.length > 0) {
    const { through } = request.state;
    if (!through) return become(into(request, { ...request.state, through: now }));
    if (between(through, now) < GONE_LATE_MS) return wait(now, SECOND_MS);
  }
  if (left.length + lingering.length === 0) return conclude(request, seen, now, settings);
  const detail = left[0]?.problem.detail;
  const ended = finish(request, failed("not_deleted", detail), now, undefined);
  if (ended.kind !== "become" || ended.next.state.status !== "failed") return ended;
  const really = all.filter((id) => !lingering.includes(id));
  return { ...ended, next: into(ended.next, { ...ended.next.state, gone: really }) };
}
