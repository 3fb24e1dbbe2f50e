import { UserId, VmId } from "../src/domain/ids.ts";
import type { Asked } from "../src/policy/asked.ts";

/** Who asks, where, for what; and a policy that has to look at all of its rules to say whether they may. */

export const ANNA = { id: "U0ANNA", name: "anna", email: "anna@example.com" };
export const OPS = { id: "C0OPS", name: "ops" };
export const SRE = { id: "S0SRE", handle: "sre" };
export const VM = { name: "web-01", tags: ["de", "prod"] };
/** A name that one of its snapshots has. */
export const SNAPSHOT = "before upgrade";

export const RULES = 1000;

/** Each one is a clock to read, once in a decision. */
const ZONES = ["Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata"];
const ALWAYS = "mon-sun 00:00-24:00";

/** Everything fits, of each list only the last entry. */
const fitting = (n: number) => ({
  action: "create",
  how: ["live", "offline"],
  vm: [`*e*-*${n}`, `tag:p*d-${n}`, "tag:prod"],
  channel: [`#team-${n}`, "C0ELSEWHERE", `#${OPS.name}`],
  during: ["sat 04:00-04:01", ALWAYS],
  zone: ZONES[n % ZONES.length],
});

/**
 * `shutter.yml`, the worst one of that many rules: only the last fits, and each of the others everything but the last thing
 * that is asked, so that none of it can be left out. Only projects and pools are not in it; the VM has none here, and a
 * rule with them would be through at once.
 */
export function shutterYml(rules = RULES): string {
  const others = Array.from({ length: rules - 1 }, (_, n) => ({
    when: { ...fitting(n), outside: ["mon-fri 20:00-06:00", ALWAYS] },
    allow: [`group:team-${n}`],
  }));
  const last = { when: fitting(rules), allow: ["group:oncall", `group:${SRE.handle}`] };
  return JSON.stringify({ policy: [...others, last] }, undefined, 1); // which is YAML, too
}

/** What the policy is asked when Anna wants a snapshot. */
export const askedAt = (at: Date): Asked => ({
  action: "create",
  how: "offline",
  vm: { ...VM, id: VmId.parse(VM.name) },
  channel: { ...OPS, isDirect: false },
  person: { id: UserId.parse(ANNA.id), kind: "member", email: ANNA.email, groups: [SRE], isInChannel: true },
  at,
  zone: "Europe/Berlin",
});
