import { between, earlier, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import type { InStatus, Request, RequestIn, WishOf } from "../request.ts";
import { into, type Seen, type Settings, type Step, waitUntil } from "../step.ts";
import { conclude } from "./concluding.ts";
import { failureOf, valueIn } from "./troubled.ts";

/** After a lost answer the list tells whether it has taken effect; to give the same name twice does no harm. */
const AGAIN_MS = 3 * SECOND_MS;
const LOOK_MS = SECOND_MS;
const PATIENCE_MS = 2 * MINUTE_MS;

/** The new name may have been given already: that does not wait for its turn any more. */
export const isRenaming = ({ why }: InStatus<"queued">): boolean =>
  why.kind === "renaming" && (why.problem === undefined || why.problem.outcome === "unknown");

/** Gives a snapshot another name, which takes no longer than the call. */
export function decideRename(request: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Step {
  const { snapshot, name } = wishOf(request);
  const listed = valueIn(seen.snapshots) ?? [];
  const there = listed.find(({ id }) => id === snapshot.id);
  if (there?.name === name)
    return conclude(request, seen, now, settings, { code: "renamed", from: snapshot.name, to: name });
  if (!there) return leave(request, failed("snapshot_gone"), now);
  if (listed.some((other) => other.name === name)) return leave(request, failed("name_taken"), now);
  const asked = request.state.why.kind === "renaming" ? request.state.why : undefined;
  // Long after the last attempt Shutter was away in between, and there is another one.
  if (asked && between(request.state.since, now) >= PATIENCE_MS && between(asked.at, now) < PATIENCE_MS)
    return leave(request, asked.problem ? failureOf(asked.problem) : failed("unavailable"), now);
  if (asked?.notBefore && now < asked.notBefore) return waitUntil(earlier(later(now, LOOK_MS), asked.notBefore));
  return callToRename(request, asked, name, now);
}

function callToRename(
  request: RequestIn<"queued">,
  asked: Extract<InStatus<"queued">["why"], { kind: "renaming" }> | undefined,
  name: string,
  now: Date,
): Step {
  const why = { kind: "renaming", at: now, notBefore: later(now, AGAIN_MS) } as const;
  const since = asked ? request.state.since : now;
  return {
    kind: "call",
    call: { kind: "rename", vm: request.vm.id, snapshot: wishOf(request).snapshot.id, name },
    next: into(request, { status: "queued", since, why }),
    story: asked ? [] : [{ code: "rename_asked", name }],
  };
}

const wishOf = ({ wish }: Request): WishOf<"rename"> => {
  if (wish.kind !== "rename") throw new Error(`Nothing is renamed to ${wish.kind}`);
  return wish;
};
