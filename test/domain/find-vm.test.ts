import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Vm } from "../../src/domain/cloud.ts";
import { findVm, matching } from "../../src/domain/find-vm.ts";
import { aVm } from "./builders.ts";

const tagged = (vm: Vm, ...tags: string[]): Vm => ({ ...vm, tags });

const vms = [
  tagged(aVm("web-01"), "prod", "eu"),
  tagged(aVm("web-02"), "Production"),
  tagged(aVm("db-01"), "test"),
  aVm("srv-7", "Mail"),
  aVm("srv-8", "mail"),
  aVm("old-web", "Büro"),
];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
const menu = (query: string, among: readonly Vm[] = vms) => {
  const found = findVm(among, query);
  return found.kind === "several" && ids(found.vms);
};

describe("a VM", () => {
  test.each([
    ["web-01", "web-01"],
    [" WEB-01 ", "web-01"],
    ["SRV-7", "srv-7"],
    ["büro", "old-web"],
    ["BU\u0308RO", "old-web"],
  ])("is meant by its exact name or host name: %s", (query, id) => {
    expect(findVm(vms, query)).toMatchObject({ kind: "one", vm: { id } });
  });

  test("is never meant by a part of its name, even if no other one fits: a menu asks", () => {
    expect(findVm(vms, "db")).toEqual({ kind: "several", vms: [vms[2]], more: 0 });
  });

  test("is asked for when two have the same name", () => {
    expect(menu("mail")).toEqual(["srv-7", "srv-8"]);
  });

  test.each([
    ["b", [aVm("a", "b"), aVm("b", "c")]],
    ["b", [aVm("B"), aVm("b"), aVm("c", "b")]],
  ])("is meant by its id before another one by its name, so that a menu can always be answered: %s", (id, among) => {
    expect(findVm(among, id)).toMatchObject({ kind: "one", vm: { id } });
  });

  test.each([
    ["tag:prod", ["web-01"]],
    ["TAG:Prod", ["web-01"]],
    ["tag: eu", ["web-01"]],
    ["tag:produ", ["web-02"]],
    ["tag:pro", ["web-01", "web-02"]],
    ["tag:", ["db-01", "web-01", "web-02"]],
  ])("is offered by its tag, in a menu even if it is the only one: %s", (query, offered) => {
    expect(menu(query)).toEqual(offered);
  });

  test("that is called like a tag is taken at its word", () => {
    expect(findVm([...vms, aVm("odd", "tag:prod")], "tag:prod")).toMatchObject({ kind: "one", vm: { id: "odd" } });
  });

  test.each([
    ["web-03", ["web-01", "web-02"]],
    ["wbe-02", ["web-02"]],
    ["sv-7", ["srv-7", "srv-8"]],
    ["Bürro", ["old-web"]],
    ["tag:nobody", []],
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
  test("puts the name before names that begin so, and these before names that contain it", () => {
    const more = [...vms, aVm("web"), aVm("a-web"), aVm("srv-9", "Web mail")];
    expect(ids(matching(more, "web"))).toEqual(["web", "srv-9", "web-01", "web-02", "a-web", "old-web"]);
  });

  test("finds all when nothing is typed yet", () => {
    expect(matching(vms, " ")).toHaveLength(vms.length);
  });

  test("leaves the list as it was", () => {
    const before = [...vms];
    matching(vms, "");
    matching(vms, "tag:");
    expect(vms).toEqual(before);
  });
});

test("whatever is asked for, the answer is among the VMs, and nothing but its whole name is taken at its word", () => {
  const name = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom("tag:", "tag:a", "Web", "web"));
  const named = fc.uniqueArray(fc.record({ id: name, name, tag: name }), { maxLength: 12, selector: ({ id }) => id });
  fc.assert(
    fc.property(named, fc.oneof(fc.string(), name), (known, query) => {
      const all = known.map((vm) => tagged(aVm(vm.id, vm.name), vm.tag));
      const found = findVm(all, query);
      const offered = found.kind === "one" ? [found.vm] : found.kind === "several" ? found.vms : found.nearest;
      for (const vm of offered) expect(all).toContain(vm);
      const wanted = query.trim().normalize("NFC").toLowerCase();
      if (found.kind === "one")
        expect([found.vm.id, found.vm.name].map((each) => each.toLowerCase())).toContain(wanted);
    }),
  );
});
