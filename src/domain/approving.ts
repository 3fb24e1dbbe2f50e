import { isStuckMeanwhile, stuckAgain } from "./approving-stuck.ts";
import { later } from "./durations.ts";
import type { RequestId, UserId, Who } from "./ids.ts";
import { changed, type Pressed, press, refused } from "./press.ts";
import type { Gated, Request, RequestIn, Terms } from "./request.ts";
import { become, into, type Settings, type Step } from "./step.ts";

/** What happens to a request between the wish and the yes of those who have to approve it. */

/** Puts it before those who may approve. `what` goes on when enough of them have said yes. */
export function awaitApproval(
  request: Request,
  what: Gated,
  wantedBy: Who,
  terms: Terms,
  fingerprint: string,
  now: Date,
): Extract<Step, { kind: "become" }> {
  const next = into(request, {
    status: "awaiting_approval",
    since: now,
    expiresAt: later(now, terms.expiresMs),
    ...(terms.remindMs !== undefined && terms.remindMs < terms.expiresMs && { remindAt: later(now, terms.remindMs) }),
    what,
    wantedBy,
    terms,
    fingerprint,
    yeses: [],
    ...("isUnheard" in request.state && request.state.isUnheard && { isUnheard: true }),
  });
  const line = { code: "approval_asked", by: wantedBy, count: terms.count } as const;
  return { kind: "become", next, story: [line], quietly: false };
}

/** Those whose yes counts: of those who have said it the requester, and who pressed the button, only where that was not excluded. */
export function counted({ requestedBy, state }: RequestIn<"awaiting_approval">): Who[] {
  const { yeses, terms, wantedBy } = state;
  const isOwn = (id: UserId) => terms.not === "requester" && (id === requestedBy.id || id === wantedBy.id);
  return yeses.map(({ by }) => by).filter(({ id }) => !isOwn(id));
}

/**
 * Somebody who may approve says yes. `standing` are those who still may, of all who have said yes and this one; with the
 * last that is missing, it goes on.
 */
export function sayYes(
  request: Request,
  by: Who,
  terms: Terms,
  standing: ReadonlySet<UserId>,
  now: Date,
  settings: Settings,
  as: RequestId,
): Pressed {
  const { state } = request;
  if (state.status !== "awaiting_approval") return refused("not_awaiting");
  if (now >= state.expiresAt) return refused("not_awaiting");
  const hasSaidSo = state.yeses.some((yes) => yes.by.id === by.id);
  const all = hasSaidSo ? state.yeses : [...state.yeses, { by, at: now }];
  const yeses = all.filter((yes) => standing.has(yes.by.id)); // the card counts nobody who has lost the right
  const asked = { ...request, decided: { by, at: now, as }, state: { ...state, terms, yeses } };
  const valid = counted(asked);
  const missing = Math.max(0, terms.count - valid.length);
  // Said once more it can be what is missing: somebody may have lost the right for a while, or fewer are needed now.
  if (hasSaidSo && missing > 0) return refused("already_approved");
  const line = { code: "approved", by, missing } as const;
  if (missing > 0) return changed(become(asked, line));
  return goOn({ ...asked, approved: approvalOf(asked, valid, now) }, now, settings, as, [line]);
}

const approvalOf = ({ state }: RequestIn<"awaiting_approval">, by: Who[], at: Date) => ({
  by,
  at,
  rule: state.terms.rule,
  whose: state.terms.by,
  not: state.terms.not,
  fingerprint: state.fingerprint,
  what: state.what,
});

/** Somebody who may approve says no, and why. A VM that hangs is left to whoever looks after it. */
export function sayNo(request: Request, by: Who, reason: string, now: Date, as: RequestId): Pressed {
  const { state } = request;
  if (state.status !== "awaiting_approval" || now >= state.expiresAt) return refused("not_awaiting");
  const decided = { ...request, decided: { by, at: now, as } };
  const line = { code: "denied", by, reason } as const;
  if (isStuckMeanwhile({ ...request, state })) return changed(become(into(decided, stuckAgain(state, now)), line));
  return changed(become(into(decided, { status: "denied", at: now, by, reason }), line));
}

/** Somebody who may in an emergency goes on without waiting for approval. */
export function declareEmergency(
  request: Request,
  by: Who,
  reason: string,
  now: Date,
  settings: Settings,
  as: RequestId,
): Pressed {
  const { state } = request;
  if (state.status !== "awaiting_approval" || now >= state.expiresAt) return refused("not_awaiting");
  const emergency = { by, at: now, reason, what: state.what };
  const marked = { ...request, state, decided: { by, at: now, as }, emergency };
  return goOn(marked, now, settings, as, [{ code: "emergency", by, reason }]);
}

/** What was waited for happens now: the beginning, or the button as if it were pressed once more. */
function goOn(
  request: RequestIn<"awaiting_approval">,
  now: Date,
  settings: Settings,
  as: RequestId,
  story: Extract<Step, { kind: "become" }>["story"],
): Pressed {
  const { what, wantedBy, since } = request.state;
  if (what === "begin") {
    const { wish } = request;
    // What its requester has said yes to happens now; what was to be asked once more is still asked.
    const isConfirmed = (wish.kind === "restore" || wish.kind === "power") && wish.confirmedAt !== undefined;
    const fresh = isConfirmed ? { ...request, wish: { ...wish, confirmedAt: now } } : request;
    return changed(become(into(fresh, { status: "queued", since: now, why: { kind: "new" } }), ...story));
  }
  const before: Request = isStuckMeanwhile(request)
    ? into(request, stuckAgain(request.state, since))
    : into(request, { status: "choosing", since, expiresAt: later(now, settings.choiceTimeoutMs) });
  const pressed = press(before, what, wantedBy, now, settings, as);
  if (pressed.kind === "refused") return pressed;
  const { decided } = request;
  const next = { ...pressed.step.next, ...(decided && { decided }) };
  return changed({ ...pressed.step, next, story: [...story, ...pressed.step.story] });
}
