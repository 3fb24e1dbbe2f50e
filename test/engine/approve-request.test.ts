import { describe, expect, test } from "vitest";
import { later, MINUTE_MS } from "../../src/domain/durations.ts";
import { RequestId, type Who } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import { approveRequest, breakGlass, denyRequest } from "../../src/engine/approve-request.ts";
import { fingerprintOf } from "../../src/engine/fingerprint.ts";
import { pressRequest } from "../../src/engine/press-request.ts";
import { CloudError } from "../../src/ports/cloud.ts";
import {
  ANNA,
  aDelete,
  aPower,
  aProblem,
  aRequest,
  aRestore,
  aVm,
  BESIDE,
  BORIS,
  NOW,
  stuckMeanwhile,
  TERMS,
  THERE,
  wishOf,
} from "../domain/builders.ts";
import { CLEO, courtWith, DORA, member } from "./court.ts";

/** Who may approve what, as the engine asks it at each click. */

const yaml = (rules: string, more = "") => `${more}\npolicy:\n${rules.replaceAll(/^ *\| /gm, "  - ")}\n`;
const SRE = "approval: { by: [group:sre] }";
const TWO = yaml(`| { allow: everyone, approval: { by: [group:sre], count: 2 } }`);
const GLASS = `break_glass: { by: [${DORA.id}], tell: "#ops" }`;
let presses = 0;
const as = () => RequestId.parse(`p${presses++}`);

type Court = ReturnType<typeof courtWith>;

/** Waits for approval, with the fingerprint that it has. */
async function asked(court: Court, request: Request): Promise<Request> {
  const { state } = request;
  const what = state.status === "awaiting_approval" ? state.what : "begin";
  const whole = { ...request, state: { ...state, fingerprint: fingerprintOf(request, what) } } as Request;
  await court.create(whole);
  return whole;
}
const approve = ({ deps }: Court, { id }: Request, who: Who) =>
  approveRequest(deps, { id: id, person: member(who), as: as() });
const deny = ({ deps }: Court, { id }: Request, who: Who) =>
  denyRequest(deps, { id: id, person: member(who), as: as() }, "no");
const glass = ({ deps }: Court, { id }: Request, who: Who) =>
  breakGlass(deps, { id: id, person: member(who), as: as() }, "fire");
const press = ({ deps }: Court, { id }: Request, who: Who, button: Parameters<typeof pressRequest>[2]) =>
  pressRequest(deps, id, button, member(who), as());
const now = async (court: Court, { id }: Request) => (await court.store.load(id))!.request;
const statusOf = async (court: Court, request: Request) => (await now(court, request)).state.status;
const awaiting = (
  state: Parameters<typeof aRequest<"awaiting_approval">>[1] = {},
  how: "ask" | "off" | "live" = "live",
) => aRequest("awaiting_approval", state, { wish: wishOf("create", { how }) });

describe("who may approve", () => {
  test("others of the group, each once, and two of them are needed", async () => {
    const court = courtWith({ yaml: TWO });
    const request = await asked(court, awaiting());
    expect(await approve(court, request, ANNA)).toMatchObject({ kind: "not_allowed", why: "own_request" });
    expect(await approve(court, request, BORIS)).toEqual({ kind: "changed" });
    expect(await approve(court, request, BORIS)).toMatchObject({ kind: "refused", refusal: "already_approved" });
    expect(await statusOf(court, request)).toBe("awaiting_approval");
    expect(await approve(court, request, CLEO)).toEqual({ kind: "changed" });
    expect(await statusOf(court, request)).toBe("queued");
  });

  test("not whoever pressed the button, nor the requester of what it is pressed on", async () => {
    const court = courtWith({ yaml: yaml(`| { allow: everyone, ${SRE} }`) });
    const request = await asked(court, stuckMeanwhile({ wantedBy: BORIS }));
    for (const who of [ANNA, BORIS])
      expect(await approve(court, request, who)).toMatchObject({ kind: "not_allowed", why: "own_request" });
    expect((await now(court, request)).state).toMatchObject({ yeses: [] });
    await approve(court, request, CLEO);
    expect((await now(court, request)).state).toMatchObject({ status: "shutting_down", mode: "hard" });
  });

  test("the same press handled again after a crash counts once", async () => {
    const court = courtWith({ yaml: TWO });
    const request = await asked(court, awaiting());
    const key = as();
    for (const _ of [1, 2])
      expect(await approveRequest(court.deps, { id: request.id, person: member(BORIS), as: key })).toEqual({
        kind: "changed",
      });
    expect((await now(court, request)).state).toMatchObject({ yeses: [{ by: BORIS }] });
  });

  test.each([
    { lost: "void", status: "awaiting_approval" },
    { lost: "counts", status: "queued" },
  ])("a right that is lost after the yes: $lost", async ({ lost, status }) => {
    const court = courtWith({ yaml: TWO.replace("count: 2", `count: 2, lost_right: ${lost}`) });
    const request = await asked(court, awaiting());
    await approve(court, request, BORIS);
    court.group.delete(BORIS.id);
    await approve(court, request, CLEO);
    expect(await statusOf(court, request)).toBe(status);
  });

  test("nobody while the fingerprint is another one", async () => {
    const court = courtWith({ yaml: TWO });
    const request = awaiting({ fingerprint: "ffffffff" });
    await court.create(request);
    expect(await approve(court, request, BORIS)).toMatchObject({ kind: "not_allowed", why: "changed" });
  });

  test("nobody once the policy forbids it; but those who were asked may still deny it", async () => {
    const court = courtWith({ yaml: TWO });
    const request = await asked(court, awaiting({ terms: TERMS }));
    court.obey(yaml("| { deny: true }"));
    expect(await approve(court, request, BORIS)).toMatchObject({ kind: "forbidden", decision: { rule: 1 } });
    court.obey(yaml(`| { when: { action: delete }, allow: everyone, ${SRE} }\n| { deny: true }`));
    expect(await deny(court, request, ANNA)).toMatchObject({ kind: "not_allowed" });
    expect(await deny(court, request, BORIS)).toEqual({ kind: "changed" });
    expect(await statusOf(court, request)).toBe("denied");
  });

  test.each([
    { it: "yes", decide: approve },
    { it: "no", decide: deny },
    { it: "emergency", decide: glass },
  ])("as the rules say when it is written down, not when Slack and the cloud were asked: $it", async ({ decide }) => {
    const court = courtWith({
      yaml: `break_glass: { by: [${CLEO.id}], tell: "#ops" }\n${TWO}`,
      cloud: {
        async listVms() {
          const only = yaml(`| { allow: everyone, approval: { by: [${DORA.id}] } }`);
          court.obey(`break_glass: { by: [${DORA.id}], tell: "#ops" }\n${only}`);
          return [aVm("web-01")];
        },
      },
    });
    const request = await asked(court, awaiting());
    expect(await decide(court, request, CLEO)).toMatchObject({ kind: "not_allowed" });
    expect((await now(court, request)).state).toMatchObject({ status: "awaiting_approval", yeses: [] });
  });

  test("for a snapshot of which nobody has said how: whoever may for the way that is left", async () => {
    const court = courtWith({
      yaml: yaml(`| { when: { action: create, how: offline }, deny: true }\n| { allow: everyone, ${SRE} }`),
    });
    const request = await asked(court, awaiting({}, "ask"));
    expect(await approve(court, request, BORIS)).toEqual({ kind: "changed" });
    expect(await statusOf(court, request)).toBe("queued");
  });

  test("nobody for a VM that the cloud does not have any more", async () => {
    const court = courtWith({ yaml: TWO, cloud: { listVms: async () => [] } });
    expect(await approve(court, await asked(court, awaiting()), BORIS)).toMatchObject({
      kind: "forbidden",
      decision: { why: "vm_unknown" },
    });
  });

  test.each([
    { ageMs: 4 * MINUTE_MS, kind: "changed" },
    { ageMs: 5 * MINUTE_MS, kind: "forbidden" },
  ])("a silent cloud is believed for a while: $kind", async ({ ageMs, kind }) => {
    const court = courtWith({
      yaml: TWO,
      cloud: {
        listVms: () => Promise.reject(new CloudError(aProblem("transient"))),
        lastListing: () => ({ at: later(NOW, -ageMs), vms: [aVm("web-01")] }),
      },
    });
    expect(await approve(court, await asked(court, awaiting()), BORIS)).toMatchObject({ kind });
  });
});

describe("an emergency", () => {
  test("is declared by those who are named, and by nobody where nobody is", async () => {
    const court = courtWith({ yaml: TWO });
    const request = await asked(court, awaiting());
    expect(await glass(court, request, DORA)).toMatchObject({ why: "no_emergency" });
    court.obey(`${GLASS}\n${TWO}`);
    expect(await glass(court, request, BORIS)).toMatchObject({ why: "no_emergency" });
    expect(await glass(court, request, DORA)).toEqual({ kind: "changed" });
    expect(await statusOf(court, request)).toBe("queued");
  });

  test("replaces the yes of others, not the rule", async () => {
    const court = courtWith({ yaml: `${GLASS}\n${TWO}` });
    const request = await asked(court, awaiting());
    court.obey(`${GLASS}\n${yaml("| { deny: true }")}`);
    expect(await glass(court, request, DORA)).toMatchObject({ kind: "forbidden" });
  });
});

describe("what has been approved", () => {
  const approved = (
    request: Request,
    what: "begin" | "shutdown" | "live" | "power_off",
    more: Partial<NonNullable<Request["approved"]>> = {},
  ): Request => {
    const yes = { by: [BORIS], at: NOW, rule: 1, whose: ["group:sre"], not: "requester" as const };
    return { ...request, approved: { ...yes, fingerprint: fingerprintOf(request, what), what, ...more } };
  };
  const all = yaml(`| { allow: everyone, ${SRE} }`);
  const choosing = (how: "ask" | "off") => aRequest("choosing", {}, { wish: wishOf("create", { how }) });
  const stuck = aRequest("shutdown_stuck", {}, { wish: wishOf("create", { how: "off" }) });

  test.each<{ it: string; request: Request; button: "shutdown" | "live" | "power_off"; status: string }>([
    {
      it: "off, and so it goes off",
      request: approved(choosing("off"), "begin"),
      button: "shutdown",
      status: "shutting_down",
    },
    { it: "off, and now live", request: approved(stuck, "begin"), button: "live", status: "awaiting_approval" },
    { it: "off, and now hard", request: approved(stuck, "begin"), button: "power_off", status: "awaiting_approval" },
    {
      it: "a shutdown, and now live",
      request: approved(stuck, "shutdown"),
      button: "live",
      status: "awaiting_approval",
    },
    {
      it: "either way, of one rule",
      request: approved(choosing("ask"), "begin"),
      button: "live",
      status: "snapshotting",
    },
    {
      it: "either way, by others",
      request: approved(choosing("ask"), "begin", { whose: ["group:dba"] }),
      button: "live",
      status: "awaiting_approval",
    },
    {
      it: "the same, by too few",
      request: approved(choosing("off"), "begin", { by: [] }),
      button: "shutdown",
      status: "awaiting_approval",
    },
    {
      it: "the same, where the requester could say yes",
      request: approved(choosing("off"), "begin", { not: "nobody" }),
      button: "shutdown",
      status: "awaiting_approval",
    },
    { it: "a restore", request: approved(aRestore("choosing"), "begin"), button: "shutdown", status: "shutting_down" },
    {
      it: "a shutdown of the VM",
      request: approved(aPower("choosing"), "begin"),
      button: "shutdown",
      status: "shutting_down",
    },
    { it: "nothing", request: choosing("ask"), button: "live", status: "awaiting_approval" },
    {
      it: "something else",
      request: {
        ...approved(choosing("off"), "begin"),
        wish: wishOf("create", { how: "off", nameGiven: true, name: "x" }),
      },
      button: "shutdown",
      status: "awaiting_approval",
    },
    {
      it: "an emergency of the plug",
      request: { ...stuck, emergency: { by: BORIS, at: NOW, reason: "", what: "power_off" } },
      button: "power_off",
      status: "shutting_down",
    },
    {
      it: "an emergency of the beginning",
      request: { ...stuck, emergency: { by: BORIS, at: NOW, reason: "", what: "begin" } },
      button: "power_off",
      status: "awaiting_approval",
    },
  ])("is what is done, and no more: $it", async ({ request, button, status }) => {
    const court = courtWith({ yaml: all });
    await court.create(request);
    expect(await press(court, request, ANNA, button)).toEqual({ kind: "changed" });
    expect(await statusOf(court, request)).toBe(status);
  });

  test("and is forbidden since, is not done, not even in an emergency", async () => {
    for (const marked of [
      approved(choosing("off"), "begin"),
      { ...choosing("off"), emergency: { by: BORIS, at: NOW, reason: "", what: "begin" as const } },
    ]) {
      const court = courtWith({ yaml: yaml("| { deny: true }") });
      await court.create(marked);
      expect(await press(court, marked, ANNA, "shutdown")).toMatchObject({ kind: "forbidden", decision: { rule: 1 } });
    }
  });

  test("what takes back and what brings a VM back needs no rule", async () => {
    const court = courtWith({ yaml: yaml("| { deny: true }") });
    await court.create(stuck);
    expect(await press(court, stuck, CLEO, "cancel")).toEqual({ kind: "changed" });
    expect(await press(court, stuck, CLEO, "power_on")).toEqual({ kind: "changed" });
  });
});

describe("a fingerprint", () => {
  const of = (request: Request, what: Parameters<typeof fingerprintOf>[1] = "begin") => fingerprintOf(request, what);
  const named = (name: string) => aRequest("queued", {}, { wish: wishOf("create", { name, nameGiven: true }) });

  test("is short, and of the VM, what is done, the snapshots and the parameters", () => {
    const all = [
      of(aRequest("queued")),
      of(aRequest("queued"), "shutdown"),
      of(aRequest("queued"), "live"),
      of(aRequest("queued"), "power_off"),
      of(aRequest("queued", {}, { wish: wishOf("create", { how: "off" }) })),
      of(aRequest("queued", {}, { vm: aVm("web-02") })),
      of(named("one")),
      of(named("two")),
      of(aRestore("queued")),
      of(aRestore("queued", {}, { wish: wishOf("restore", { safety: false }) })),
      of(aRestore("queued", {}, { wish: wishOf("restore", { snapshot: BESIDE }) })),
      of(aDelete("queued")),
      of(aDelete("queued", {}, { wish: wishOf("delete", { snapshots: [THERE, BESIDE] }) })),
      of(aRequest("queued", {}, { wish: wishOf("rename") })),
      of(aRequest("queued", {}, { wish: wishOf("rename", { name: "other" }) })),
      ...(["on", "off", "hard_off"] as const).map((to) => of(aPower("queued", {}, { wish: wishOf("power", { to }) }))),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((each) => !/^[0-9a-f]{8}$/.test(each))).toEqual([]);
  });

  test("does not depend on when it was confirmed, nor on the order of what is deleted", () => {
    expect(of(aRestore("queued", {}, { wish: wishOf("restore", { confirmedAt: undefined }) }))).toBe(
      of(aRestore("queued")),
    );
    const both = (snapshots: (typeof THERE)[]) => of(aDelete("queued", {}, { wish: wishOf("delete", { snapshots }) }));
    expect(both([THERE, BESIDE])).toBe(both([BESIDE, THERE]));
  });
});
