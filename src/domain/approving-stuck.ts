import type { RequestIn } from "./request.ts";

/**
 * Whether it was a guest that does not obey that made somebody ask for approval: for pulling the plug, or for a live
 * snapshot instead. Then the VM is still looked at, and what it is owed stays.
 */
export const isStuckMeanwhile = ({ state, debt }: RequestIn<"awaiting_approval">): boolean =>
  state.what === "power_off" || debt !== undefined;

/** Back to the question what to do with a guest that does not obey. */
export const stuckAgain = ({ isUnheard }: RequestIn<"awaiting_approval">["state"], since: Date) =>
  ({ status: "shutdown_stuck", since, ...(isUnheard && { isUnheard }) }) as const;
