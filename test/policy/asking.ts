import { expect } from "vitest";
import type { Vm } from "../../src/domain/cloud.ts";
import { UserId, VmId } from "../../src/domain/ids.ts";
import { type Approval, ApprovalSchema } from "../../src/policy/approval.ts";
import type { Action, Asked, Channel, Somebody, Way } from "../../src/policy/asked.ts";
import { type Policy, PolicySchema } from "../../src/policy/policy.ts";

/** Questions to the policy, for its tests: Anna, a full member, asks in #ops on a Wednesday morning. */

/** A Wednesday, 10:00 in Berlin. */
export const NOW = new Date("2026-11-18T09:00:00Z");
export const BERLIN = "Europe/Berlin";
export const SRE = { id: "S0SRE", handle: "sre" };
export const OPS: Channel = { id: "C0OPS", name: "ops", isDirect: false };
export const DIRECT: Channel = { id: "D0ANNA", isDirect: true };

export const somebody = (id: string, changes: Partial<Somebody> = {}): Somebody => ({
  id: UserId.parse(id),
  kind: "member",
  groups: [],
  isInChannel: true,
  ...changes,
});
export const ANNA = somebody("U0ANNA", { email: "Anna@example.com" });
export const BORIS = somebody("U0BORIS");

interface Changes extends Partial<Omit<Asked, "action" | "how" | "vm">> {
  action?: Action;
  how?: Way;
  vm?: Partial<Pick<Vm, "name" | "tags">> & { id?: string; project?: string; pool?: string };
}

export function asks({ action = "create", how = "offline", vm, ...changes }: Changes = {}): Asked {
  const around = {
    vm: { name: "web-01", tags: [], ...vm, id: VmId.parse(vm?.id ?? vm?.name ?? "web-01") },
    channel: OPS,
    person: ANNA,
    at: NOW,
    zone: BERLIN,
    ...changes,
  };
  return action === "create" ? { ...around, action, how } : { ...around, action };
}

/** The policy as `shutter.yml` would have it. */
export function policyOf(...rules: readonly unknown[]): Policy {
  const parsed = PolicySchema.safeParse(rules);
  expect(parsed.error?.issues).toBeUndefined();
  return parsed.data!;
}

export const approvalOf = (written: object): Approval => ApprovalSchema.parse(written);

/** Mistakes of the policy as `path message`, with the known keys' paths for those that are unknown. */
export function mistakesIn(...rules: readonly unknown[]): string[] {
  const parsed = PolicySchema.safeParse(rules);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
}
