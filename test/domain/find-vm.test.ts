import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findVm, matching } from "../../src/domain/find-vm.ts";
import { aVm } from "./builders.ts";

const vms = [aVm("web-01"), aVm("web-02"), aVm("db-01"), aVm("srv-7", "Mail"), aVm("srv-8", "mail"), aVm("old-web")];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe("a VM", () => {
  test.each([
    ["web-01", "web-01"],
    [" WEB-01 ", "web-01"],
    ["SRV-7", "srv-7"],
  ])("is meant by its exact name: %s", (query, id) => {
    expect(findVm(vms, query)).toMatchObject({ kind: "one", vm: { id } });
  });

  test("is never meant by a part of its name, even if no other one fits: a menu asks", () => {
    expect(findVm(vms, "db")).toEqual({ kind: "several", vms: [vms[2]], more: 0 });
  });

  test("is asked for when two have the same name", () => {
    const found = findVm(vms, "mail");
    expect(found.kind === "several" && ids(found.vms)).toEqual(["srv-7", "srv-8"]);
  });

  test("is meant by its id before another one by its name, so that a menu can always be answered", () => {
    expect(findVm([aVm("a", "b"), aVm("b", "c")], "b")).toMatchObject({ kind: "one", vm: { id: "b" } });
  });

  test.each([
    ["web-03", ["web-01", "web-02"]],
    ["wbe-02", ["web-02"]],
    ["entirely-different", []],
    ["x".repeat(5000), []],
  ])("that is not there: the nearest are offered for %s", (query, nearest) => {
    const found = findVm(vms, query);
    expect(found.kind === "none" && ids(found.nearest).slice(0, 2)).toEqual(nearest);
  });

  test("menus hold ten and say how many more there are", () => {
    const many = Array.from({ length: 13 }, (_, n) => aVm(`node-${n}`));
    const found = findVm(many, "node");
    expect(found).toMatchObject({ kind: "several", more: 3 });
    expect(found.kind === "several" && found.vms).toHaveLength(10);
  });
});

describe("matching", () => {
  test("puts names that begin so before names that contain it", () => {
    expect(ids(matching(vms, "web"))).toEqual(["web-01", "web-02", "old-web"]);
  });

  test("finds all when nothing is typed yet", () => {
    expect(matching(vms, " ")).toHaveLength(vms.length);
  });
});

test("whatever is asked for, the answer is among the VMs", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 12 });
  fc.assert(
    fc.property(names, fc.string(), (known, query) => {
      const all = known.map((name) => aVm(name));
      const found = findVm(all, query);
      const offered = found.kind === "one" ? [found.vm] : found.kind === "several" ? found.vms : found.nearest;
      for (const vm of offered) expect(all).toContain(vm);
    }),
  );
});
