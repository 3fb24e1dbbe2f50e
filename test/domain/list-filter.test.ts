import { describe, expect, test } from "vitest";
import type { ListFilter } from "../../src/domain/command.ts";
import { DAY_MS, later } from "../../src/domain/durations.ts";
import { SnapshotId, UserId, VmId } from "../../src/domain/ids.ts";
import { fits, isFiltered, listQuery } from "../../src/domain/list-filter.ts";
import type { Listed } from "../../src/domain/request.ts";
import { ANNA, NOW } from "./builders.ts";

const aListed = (changes: Partial<Listed> = {}): Listed => ({
  id: SnapshotId.parse("s1"),
  name: "web-01-1",
  createdAt: later(NOW, -10 * DAY_MS),
  by: { ...ANNA, name: "Anna Müller" },
  reason: "before the Kernel upgrade",
  ...changes,
});

const FITTING: { what: string; filter: ListFilter }[] = [
  { what: "nothing asked", filter: {} },
  { what: "by id", filter: { by: { id: ANNA.id } } },
  { what: "by part of a name, in any case", filter: { by: { name: "anna m" } } },
  { what: "by a name typed with its umlaut in two pieces", filter: { by: { name: "mu\u0308ller" } } },
  { what: "by an id that was typed", filter: { by: { name: ANNA.id } } },
  { what: "why", filter: { why: "KERNEL" } },
  { what: "older, to the moment", filter: { olderMs: 10 * DAY_MS } },
  { what: "newer, to the moment", filter: { newerMs: 10 * DAY_MS } },
  { what: "all together", filter: { by: { name: "anna" }, why: "upgrade", olderMs: DAY_MS, newerMs: 20 * DAY_MS } },
];

const UNFIT: { what: string; filter: ListFilter; listed?: Partial<Listed> }[] = [
  { what: "another id", filter: { by: { id: UserId.parse("UBORIS") } } },
  { what: "another name", filter: { by: { name: "boris" } } },
  { what: "another reason", filter: { why: "downgrade" } },
  { what: "too young", filter: { olderMs: 10 * DAY_MS + 1 } },
  { what: "too old", filter: { newerMs: 10 * DAY_MS - 1 } },
  { what: "one of several", filter: { by: { name: "anna" }, why: "downgrade" } },
  { what: "made elsewhere, by somebody", filter: { by: { name: "anna" } }, listed: { by: undefined } },
  { what: "made elsewhere, with a reason", filter: { why: "a" }, listed: { by: undefined, reason: undefined } },
];

describe("a filter", () => {
  test.each(FITTING)("takes what fits: $what", ({ filter }) => {
    expect(fits(aListed(), filter, NOW)).toBe(true);
  });

  test.each(UNFIT)("leaves out what does not: $what", ({ filter, listed }) => {
    expect(fits(aListed(listed), filter, NOW)).toBe(false);
  });

  test("says whether it asks for anything", () => {
    expect(isFiltered({})).toBe(false);
    expect(isFiltered({ by: undefined, olderMs: undefined })).toBe(false);
    expect(isFiltered({ olderMs: 0 })).toBe(true);
  });
});

describe("a query", () => {
  test("keeps what was asked for, from the beginning", () => {
    const filter = { by: { name: " Anna " }, why: "kernel ", olderMs: DAY_MS, newerMs: undefined };
    expect(listQuery(filter)).toEqual({ by: { name: "Anna" }, why: "kernel", olderMs: DAY_MS, from: 0 });
    expect(listQuery({}, VmId.parse("web-01"))).toEqual({ vm: "web-01", from: 0 });
  });

  test("fits into a button, whatever was typed", () => {
    const long = "\u0001".repeat(10_000);
    const query = listQuery({ by: { name: `x${long}` }, why: `x${long}` }, VmId.parse("v".repeat(255)));
    expect(JSON.stringify(query).length).toBeLessThanOrEqual(2000);
  });
});
