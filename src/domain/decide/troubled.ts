import type { Look, Problem } from "../cloud.ts";
import { failed } from "../endings.ts";
import type { Ending, Failure } from "../request.ts";

/** What a look brought, or undefined when it brought nothing. */
export const valueIn = <T>(look: Look<T> | undefined): T | undefined => (look?.ok ? look.value : undefined);

export const problemIn = <T>(look: Look<T> | undefined): Problem | undefined =>
  look === undefined || look.ok ? undefined : look.problem;

const CODES: Readonly<Record<Problem["kind"], Failure["code"]>> = {
  auth: "auth",
  forbidden: "forbidden",
  not_found: "vm_gone",
  busy: "busy",
  quota: "quota",
  cooldown: "busy",
  rate_limited: "unavailable",
  invalid: "refused",
  unsupported: "refused",
  protected: "refused",
  transient: "unavailable",
  operation_failed: "snapshot_failed",
  protocol: "protocol",
};

/** The end that a problem leads to when nothing is left to try. */
export const failureOf = (
  problem: Problem,
  ifItFailed: Failure["code"] = CODES.operation_failed,
): Exclude<Ending, { status: "done" }> =>
  failed(problem.kind === "operation_failed" ? ifItFailed : CODES[problem.kind], problem.detail);

/** Asking again later can help. */
export const mayPass = (problem: Problem): boolean =>
  problem.kind === "busy" || problem.kind === "rate_limited" || problem.kind === "transient";
