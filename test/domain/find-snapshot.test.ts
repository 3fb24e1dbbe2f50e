import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSnapshot } from "../../src/domain/find-snapshot.ts";
import { aSnapshot, at } from "./builders.ts";

const snapshots = [
  aSnapshot({ id: "11", name: "Before upgrade", createdAt: at(-500) }),
  aSnapshot({ id: "12", name: "before upgrade", createdAt: at(-400) }),
  aSnapshot({ id: "13", name: "web-01-1731398400", createdAt: at(-100) }),
  aSnapshot({ id: "14", name: "nightly", createdAt: at(-300) }),
  aSnapshot({ id: "15", name: "nightly", createdAt: at(-200) }),
  aSnapshot({ id: "16", name: "Größe", createdAt: at(-600) }),
];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
const menu = (query: string, among = snapshots) => {
  const found = findSnapshot(among, query);
  return found.kind === "several" && ids(found.snapshots);
};

describe("a snapshot", () => {
  test.each([
    ["14", "14"],
    [" web-01-1731398400 ", "13"],
    ["WEB-01-1731398400", "13"],
    ["before upgrade", "12"],
    ["Before upgrade", "11"],
    ["gro\u0308ße", "16"],
  ])("is meant by its id or its whole name: %s", (query, id) => {
    expect(findSnapshot(snapshots, query)).toMatchObject({ kind: "one", snapshot: { id } });
  });

  test("is asked for when two have the same name, newest first", () => {
    expect(menu("nightly")).toEqual(["15", "14"]);
    expect(menu("NIGHTLY")).toEqual(["15", "14"]);
    expect(menu("BEFORE upgrade")).toEqual(["12", "11"]);
  });

  test.each([
    ["web", ["13"]],
    ["GRADE", ["12", "11"]],
    ["", ["13", "15", "14", "12", "11", "16"]],
  ])("is never meant by a part of its name, even if no other one fits: a menu asks: %s", (query, offered) => {
    expect(menu(query)).toEqual(offered);
  });

  test.each(["latest", "Newest", "neueste", "neuester", "letzter"])("is offered, but not taken, as the %s", (query) => {
    expect(menu(query)).toEqual(["13"]);
  });

  test("that is called latest is meant by that; one that is called nearly so stands in the menu", () => {
    const called = aSnapshot({ id: "1", name: "Latest", createdAt: at(-900) });
    const nearly = aSnapshot({ id: "2", name: "latest-good", createdAt: at(-800) });
    expect(findSnapshot([...snapshots, called, nearly], "latest")).toEqual({ kind: "one", snapshot: called });
    expect(menu("latest", [...snapshots, nearly])).toEqual(["13", "2"]);
    expect(menu("latest", [nearly])).toEqual(["2"]);
  });

  test("is meant by its id before another one by its name, so that a menu can always be answered", () => {
    const among = [aSnapshot({ id: "1", name: "2" }), aSnapshot({ id: "2", name: "3" })];
    expect(findSnapshot(among, "2")).toMatchObject({ kind: "one", snapshot: { id: "2" } });
  });

  test.each([
    ["nigthly", ["14", "15"]],
    ["before-upgrade", ["11", "12"]],
    ["entirely different", []],
    ["x".repeat(5000), []],
  ])("that is not there: the nearest are offered for %s", (query, nearest) => {
    const found = findSnapshot(snapshots, query);
    expect(found.kind === "none" && ids(found.nearest).slice(0, 2)).toEqual(nearest);
  });

  test("of a VM that has none is not there, however it is called", () => {
    for (const query of ["", "latest", "nightly"])
      expect(findSnapshot([], query)).toEqual({ kind: "none", nearest: [] });
  });

  test("menus hold ten and say how many more there are", () => {
    const many = Array.from({ length: 13 }, (_, n) => aSnapshot({ id: `s${n}`, name: `n${n}` }));
    const found = findSnapshot(many, "n");
    expect(found).toMatchObject({ kind: "several", more: 3 });
    expect(found.kind === "several" && found.snapshots).toHaveLength(10);
  });
});

test("whatever is asked for, the answer is among the snapshots, and only what fits exactly is taken at its word", () => {
  const name = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom("latest", "A", "a", "1"));
  const shelf = fc.uniqueArray(fc.record({ id: name, name, age: fc.nat(3) }), {
    maxLength: 12,
    selector: ({ id }) => id,
  });
  fc.assert(
    fc.property(shelf, fc.oneof(fc.string(), name), (known, query) => {
      const all = known.map(({ id, name: called, age }) => aSnapshot({ id, name: called, createdAt: at(-age) }));
      const found = findSnapshot(all, query);
      const offered =
        found.kind === "one" ? [found.snapshot] : found.kind === "several" ? found.snapshots : found.nearest;
      for (const snapshot of offered) expect(all).toContain(snapshot);
      if (found.kind !== "one") return;
      const { id, name: called } = found.snapshot;
      expect([id, called.toLowerCase()]).toContain(id === query.trim() ? id : query.trim().toLowerCase());
    }),
  );
});
