import { describe, expect, test } from "vitest";
import { Power } from "../../src/domain/cloud.ts";
import { changedVms, inOrder, needsDecisionOf, switchingsFor } from "../../src/domain/home.ts";
import { RequestId, VmId } from "../../src/domain/ids.ts";
import { pageOf } from "../../src/domain/page.ts";
import type { Request } from "../../src/domain/request.ts";
import { ANNA, aPower, aRequest, aRestore, aVm, BORIS, STATUSES } from "./builders.ts";

describe("what needs somebody's decision", () => {
  test.each([
    { what: "a choice of theirs", request: aRequest("choosing"), anna: true, boris: false },
    { what: "a restore to be confirmed", request: aRestore("choosing"), anna: true, boris: false },
    { what: "a VM to be switched off", request: aPower("choosing"), anna: true, boris: false },
    { what: "a VM that does not shut down", request: aRequest("shutdown_stuck"), anna: true, boris: true },
    {
      what: "a VM without room",
      request: aRequest("queued", { why: { kind: "full", snapshots: [] } }),
      anna: true,
      boris: false,
    },
    { what: "a request that waits by itself", request: aRequest("queued"), anna: false, boris: false },
  ])("$what", ({ request, anna, boris }) => {
    expect([needsDecisionOf(ANNA.id, request), needsDecisionOf(BORIS.id, request)]).toEqual([anna, boris]);
  });

  test("nothing else does", () => {
    const needing = STATUSES.filter((status) => needsDecisionOf(ANNA.id, aRequest(status)));
    expect(needing).toEqual(["choosing", "shutdown_stuck"]);
  });
});

test("a VM is switched only to what it is not, and only when that is known", () => {
  const switchings = Object.fromEntries(Power.options.map((power) => [power, switchingsFor(power)]));
  expect(switchings).toEqual({
    running: ["off", "hard_off"],
    off: ["on"],
    starting: [],
    stopping: [],
    unknown: [],
  });
});

test("VMs are in the order in which people count", () => {
  const vms = [aVm("web-10"), aVm("Web-2"), aVm("db-01"), aVm("srv-9", "web-1"), aVm("srv-8", "web-1")];
  expect(inOrder(vms).map(({ id }) => id)).toEqual(["db-01", "srv-8", "srv-9", "Web-2", "web-10"]);
});

describe("a page of a list", () => {
  const letters = [..."abcdefg"];
  test.each([
    { wanted: 0, items: ["a", "b", "c"], page: 0 },
    { wanted: 2, items: ["g"], page: 2 },
    { wanted: 3, items: ["g"], page: 2 },
    { wanted: -1, items: ["a", "b", "c"], page: 0 },
    { wanted: Number.NaN, items: ["a", "b", "c"], page: 0 },
    { wanted: 0.9, items: ["a", "b", "c"], page: 0 },
  ])("$wanted of seven by three", ({ wanted, items, page }) => {
    expect(pageOf(letters, wanted, 3)).toEqual({ items, page, pages: 3 });
  });

  test("of nothing is an empty one", () => {
    expect(pageOf([], 5, 3)).toEqual({ items: [], page: 0, pages: 1 });
  });
});

describe("the VMs that have changed", () => {
  const on = (vm: string, request: Request = aRequest("snapshotting")) => ({
    ...request,
    id: RequestId.parse(`r-${vm}`),
    vm: { ...request.vm, id: VmId.parse(vm) },
  });

  test.each([
    { what: "nothing", before: [on("a")], now: [on("a")], changed: [] },
    { what: "a new request", before: [on("a")], now: [on("a"), on("b")], changed: ["b"] },
    { what: "one that has ended", before: [on("a"), on("b")], now: [on("b")], changed: ["a"] },
    {
      what: "one that has come and ended between two looks",
      before: [],
      now: [on("a", aRequest("done"))],
      changed: ["a"],
    },
    { what: "one that ended long ago and drops out", before: [on("a", aRequest("done"))], now: [], changed: [] },
    { what: "one that has gone on", before: [on("a")], now: [on("a", aRequest("powering_on"))], changed: ["a"] },
  ])("by $what", ({ before, now, changed }) => {
    expect([...changedVms(before, now)]).toEqual(changed);
  });
});
