import type { Request } from "../request.ts";
import { become, into, type Seen, type Step } from "../step.ts";

/**
 * Another request has begun something with the VM since this one was decided. This one has not touched the VM yet, and
 * waits for its turn again. Both look after they have said that they begin, so that one of them always sees the other.
 */
export function stepAside({ debt: _, ...request }: Request, ahead: NonNullable<Seen["ahead"]>, now: Date): Step {
  const behind = { status: "queued", since: now, why: { kind: "behind", ...ahead } } as const;
  return become(into(request, behind), { code: "queued_behind", by: ahead.by });
}
