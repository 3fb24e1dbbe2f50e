import type { Problem } from "./cloud.ts";
import { decideAwaiting } from "./decide/awaiting.ts";
import { decideChoosing } from "./decide/choosing.ts";
import { decideDeleting } from "./decide/deleting.ts";
import { decideFollowUp, isFollowedUp } from "./decide/following-up.ts";
import { decidePoweringOn } from "./decide/powering-on.ts";
import { decideQueued } from "./decide/queued.ts";
import { decideRestoring } from "./decide/restoring.ts";
import { decideShuttingDown, decideStuck } from "./decide/shutting-down.ts";
import { decideSnapshotting } from "./decide/snapshotting.ts";
import { failureOf, mayPass, problemIn } from "./decide/troubled.ts";
import { decideWatch } from "./decide/watching.ts";
import { START_LIMIT_MS } from "./decide/work.ts";
import { between, earlier, later, MINUTE_MS, SECOND_MS } from "./durations.ts";
import { failed, leave } from "./endings.ts";
import { gap } from "./gap.ts";
import { lateGrace } from "./grace.ts";
import type { Request } from "./request.ts";
import { become, type Seen, type Settings, type Step, waitUntil } from "./step.ts";

/**
 * The whole product's logic: from the stored request, what is seen of the world, and the time, to the one next step.
 *
 * | status           | what is seen                                | step                                              |
 * |------------------|---------------------------------------------|---------------------------------------------------|
 * | `queued`         | another request ahead · VM busy · cooldown  | say so, wait                                      |
 * |                  | 10 of 10                                    | show them, wait for room                          |
 * |                  | free, VM off · live wanted · else           | `snapshotting` · `snapshotting` · `choosing`      |
 * |                  | to restore, confirmed · its yes is old      | `shutting_down`, VM off: `restoring` · `choosing` |
 * |                  | to delete · to rename                       | `deleting` · rename it: `done`                    |
 * |                  | to switch: on · off, confirmed · else       | `powering_on` · `shutting_down` · `choosing`      |
 * | `choosing`       | nobody chose in time · VM changed           | `expired` · draw it anew                          |
 * | `awaiting_approval` | nobody said yes in time                  | `expired`; a stuck VM: `shutdown_stuck` again     |
 * |                  | time to remind · the stuck guest goes off   | remind · what it was for                          |
 * | `shutting_down`  | not asked yet                               | owe `running`, ask the guest                      |
 * |                  | asked, answer lost                          | look in the cloud's operations, then ask again    |
 * |                  | off · still on at the time limit            | what it was for · `shutdown_stuck`                |
 * | `shutdown_stuck` | off after all                               | what it was for                                   |
 * | `snapshotting`   | not begun                                   | store the intent, start                           |
 * |                  | begun, answer lost                          | look for operation or snapshot; again only if sure|
 * |                  | made · failed · keeps not fitting           | pay the debt, then the end; a safety snapshot:    |
 * |                  |                                             | `restoring`                                       |
 * | `restoring`      | VM on again · snapshot gone                 | `shutting_down` · the end                         |
 * |                  | as with `snapshotting`                      | pay the debt, then the end                        |
 * | `deleting`       | one is left · is not listed · none is left  | delete it · it is gone · the end                  |
 * | `powering_on`    | off · unknown · no answer                   | switch on, again and again                        |
 * |                  | runs                                        | the debt is paid: the end                         |
 * | an end           | the guest obeys after all                   | switch on again                                   |
 * |                  | a safety snapshot is a day old              | ask what shall become of it                       |
 *
 * A look that brought nothing changes nothing: the card says since when the cloud has been silent, and we look again.
 */
export function decide(request: Request, seen: Seen, now: Date, settings: Settings): Step {
  const problem = hindrance(request, seen);
  if (problem) return troubled(request, problem, now, settings);
  if (request.trouble) {
    const { trouble: _, ...calm } = request;
    return become(calm);
  }
  const { state } = request;
  switch (state.status) {
    case "queued":
      return decideQueued({ ...request, state }, seen, now, settings);
    case "choosing":
      return decideChoosing({ ...request, state }, seen, now, settings);
    case "awaiting_approval":
      return decideAwaiting({ ...request, state }, seen, now, settings);
    case "shutting_down":
      return decideShuttingDown({ ...request, state }, seen, now, settings);
    case "shutdown_stuck":
      return decideStuck({ ...request, state }, seen, now);
    case "snapshotting":
      return decideSnapshotting({ ...request, state }, seen, now, settings);
    case "powering_on":
      return decidePoweringOn({ ...request, state }, seen, now, settings);
    case "restoring":
      return decideRestoring({ ...request, state }, seen, now, settings);
    case "deleting":
      return decideDeleting({ ...request, state }, seen, now, settings);
    case "done":
      if (request.watch) return decideWatch(request, request.watch, seen, now);
      if (isFollowedUp(request)) return decideFollowUp({ ...request, state }, request.followUp, seen, now, settings);
      return waitUntil(NEVER);
    case "failed":
    case "cancelled":
    case "denied":
    case "expired":
      return request.watch ? decideWatch(request, request.watch, seen, now) : waitUntil(NEVER);
  }
}

/** Further away than any timer; an end needs no further look. */
export const NEVER = new Date(8.64e15);

/** The failed look without which this status cannot decide. */
function hindrance(request: Request, seen: Seen): Problem | undefined {
  const { state } = request;
  switch (state.status) {
    case "queued":
      if (seen.ahead) return undefined;
      return problemIn(seen.power) ?? problemIn(seen.snapshots) ?? supported(problemIn(seen.operations));
    case "shutting_down":
    case "shutdown_stuck":
      return problemIn(seen.power) ?? problemIn(seen.snapshots) ?? supported(problemIn(seen.operations));
    case "snapshotting": {
      if (request.times.snapshotEnded) return undefined;
      const operation = problemIn(seen.operation);
      if (operation) return operation.kind === "not_found" || operation.kind === "protocol" ? undefined : operation;
      return problemIn(seen.snapshots) ?? supported(problemIn(seen.operations));
    }
    case "restoring": {
      if (request.times.restoreEnded) return undefined;
      const operation = problemIn(seen.operation);
      if (operation) return operation.kind === "not_found" || operation.kind === "protocol" ? undefined : operation;
      return problemIn(seen.power) ?? problemIn(seen.snapshots) ?? supported(problemIn(seen.operations));
    }
    case "deleting":
      return problemIn(seen.snapshots);
    case "choosing": {
      const power = problemIn(seen.power);
      return power?.kind === "not_found" ? power : undefined;
    }
    default:
      return undefined;
  }
}

/** A cloud that has no list of operations can be worked with; one that does not answer must be waited for. */
const supported = (problem: Problem | undefined): Problem | undefined =>
  problem?.kind === "unsupported" ? undefined : problem;

function troubled(request: Request, problem: Problem, now: Date, settings: Settings): Step {
  const { state, trouble } = request;
  const since = trouble?.since ?? now;
  const isNew = trouble?.problem.kind !== problem.kind;
  const sameSince = isNew ? now : (trouble.sameSince ?? since);
  const giveUpAt = givenUpAt(request, problem, sameSince);
  if (now >= giveUpAt) {
    return leave(lateGrace(request, now, settings), unsureEnd(state) ?? failureOf(problem), now);
  }
  const pauseMs = gap(between(since, now), request.debt !== undefined);
  const again = later(now, Math.max(pauseMs, Math.min(problem.retryAfterMs ?? 0, LONGEST_PAUSE_MS)));
  const until = earlier(again, giveUpAt);
  // To be asked to slow down for a moment is our own pace, not the cloud's silence.
  const isPaced = problem.kind === "rate_limited" && (problem.retryAfterMs ?? 0) < MINUTE_MS;
  if (!isNew || isPaced) return waitUntil(until);
  return {
    kind: "become",
    next: { ...request, trouble: { since, problem, sameSince } },
    story: [],
    quietly: false,
    until,
  };
}

/** The end of what may have been done, or may still be. */
function unsureEnd(state: Request["state"]): ReturnType<typeof failed> | undefined {
  if (state.status === "snapshotting") return state.intent && failed("lost");
  return state.status === "restoring" && state.intent ? failed("restore_lost") : undefined;
}

/** A cloud that asks for a longer pause will ask again. */
const LONGEST_PAUSE_MS = 10 * MINUTE_MS;

/**
 * Until when a cloud that does not tell is waited for. A running snapshot is waited for without limit, since slow is not
 * failed; before it runs, nobody wants a VM to go down by surprise long after the click.
 */
function givenUpAt(request: Request, problem: Problem, sameSince: Date): Date {
  const { state } = request;
  if (problem.kind === "not_found") return later(sameSince, request.debt ? GONE_MS.owed : GONE_MS.free);
  if ((state.status === "snapshotting" || state.status === "restoring") && state.operation) return NEVER;
  if (!mayPass(problem)) return later(sameSince, HOPELESS_MS);
  const more = problem.kind === "rate_limited" ? PACED_MS : 0;
  if (state.status === "shutting_down" && state.asked === "no") {
    return latest(later(state.until, more), later(state.since, PATIENCE_MS));
  }
  if (state.status === "snapshotting" || state.status === "restoring")
    return later(state.intent?.at ?? state.since, START_LIMIT_MS + more);
  if (state.status === "deleting") return later(sameSince, START_LIMIT_MS + more);
  return NEVER;
}

/** However short the time limit for the guest, so long a cloud that does not answer is waited for. */
const PATIENCE_MS = MINUTE_MS;
const latest = (a: Date, b: Date): Date => (a > b ? a : b);
/** So much longer is waited when the cloud is well and only wants to be asked less often. */
const PACED_MS = 10 * MINUTE_MS;
/** One 404 may be a blip of the cloud; so long a row of them is not. */
const GONE_MS = { owed: MINUTE_MS, free: 10 * SECOND_MS };
/** So long a refusal that asking again hardly heals (sign-in, rights, answers that do not fit) is borne. */
const HOPELESS_MS = 30 * SECOND_MS;
