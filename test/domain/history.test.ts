import { describe, expect, test } from "vitest";
import { byRequest, doerOf, peopleNamed, vmsNamed } from "../../src/domain/history.ts";
import { COLUMNS, rowOf } from "../../src/domain/history-rows.ts";
import { RequestId, UserId, VmId } from "../../src/domain/ids.ts";
import type { Line } from "../../src/domain/story.ts";
import { ANNA, aRename, aRequest, at, BORIS, NOW, wishOf } from "./builders.ts";

const request = aRequest("done", {}, { wish: wishOf("create", { reason: "kernel" }) });
const told = (line: Line, of = request) => ({ at: NOW, request: of, line });

describe("the lines of the history", () => {
  test("stand under their requests, each where its first line is", () => {
    const lines = ["r2", "r1", "r2", "r3", "r1"].map((id, n) => ({
      n,
      request: { ...request, id: RequestId.parse(id) },
    }));
    expect(byRequest(lines).map((group) => group.map(({ n }) => n))).toEqual([[0, 2], [1, 4], [3]]);
  });

  test("are of whoever did it, or of whoever asked for the request", () => {
    expect(doerOf(told({ code: "chose_live", by: BORIS }))).toEqual(BORIS);
    expect(doerOf(told({ code: "off" }))).toEqual(ANNA);
  });
});

describe("a row of the file", () => {
  test("has the columns time, VM, request, kind, what, who, name, detail", () => {
    expect(COLUMNS).toEqual(["time", "vm", "request", "kind", "what", "who", "name", "detail"]);
    expect(rowOf(told({ code: "asked", by: ANNA, kind: "create" }))).toEqual([
      "2026-11-16T10:00:00.000Z",
      "web-01",
      "r1",
      "create",
      "asked",
      "UANNA",
      "Anna",
      "reason: kernel",
    ]);
  });

  const DETAILS: { line: Line; detail: string }[] = [
    { line: { code: "off" }, detail: "" },
    { line: { code: "chose_live", by: BORIS }, detail: "" },
    { line: { code: "snapshot_made", ms: 90_000 }, detail: "ms: 90000" },
    { line: { code: "queued_cooldown", until: at(60) }, detail: "until: 2026-11-16T10:01:00.000Z" },
    { line: { code: "renamed", from: "a", to: "b" }, detail: "from: a; to: b" },
    { line: { code: "failed", failure: { code: "quota" } }, detail: "failure: quota" },
    {
      line: { code: "failed", failure: { code: "refused", detail: "no; room" } },
      detail: "failure: refused, no; room",
    },
    { line: { code: "on" }, detail: "" },
    { line: { code: "power_on_fails", detail: "" }, detail: "" },
    { line: { code: "retried", by: ANNA, as: RequestId.parse("r2") }, detail: "as: r2" },
  ];
  test.each(DETAILS)("says of $line.code: $detail", ({ line, detail }) => {
    expect(rowOf(told(line)).at(-1)).toBe(detail);
  });

  test("names a VM with its id where they differ", () => {
    const vm = { id: VmId.parse("i-7"), name: "Mail" };
    expect(rowOf(told({ code: "done" }, { ...aRename("done"), vm })).slice(1, 4)).toEqual([
      "Mail (i-7)",
      "r1",
      "rename",
    ]);
  });
});

describe("a name", () => {
  const by = (id: string, name: string) => ({ ...request, requestedBy: { id: UserId.parse(id), name } });
  const requests = [by("U1", "Anna"), by("U2", "Annabel"), by("U3", "Jörg"), by("U1", "Anna Old"), by("U4", "anna")];
  const ids = (name: string) => peopleNamed(name, requests).map(({ id }) => id);

  test.each([
    { name: "annabel", found: ["U2"] },
    { name: "Anna", found: ["U1", "U4"] },
    { name: "nab", found: ["U2"] },
    { name: "ann", found: ["U1", "U2", "U4"] },
    { name: "jo\u0308rg", found: ["U3"] },
    { name: "u3", found: ["U3"] },
    { name: "Anna Old", found: [] },
    { name: "nobody", found: [] },
    { name: " ", found: [] },
  ])("$name means $found among those who asked", ({ name, found }) => {
    expect(ids(name)).toEqual(found);
  });

  test("means those who decided too", () => {
    const decided = { ...request, decided: { by: BORIS, at: NOW, as: RequestId.parse("r9") } };
    expect(peopleNamed("boris", [decided])).toEqual([BORIS]);
  });

  test("of a VM is its id or name, as it was called last", () => {
    const of = (id: string, name: string) => ({ ...request, vm: { id: VmId.parse(id), name } });
    const known = [of("i-1", "Web"), of("i-1", "old"), of("i-2", "Mail"), of("i-3", "mail")];
    expect(vmsNamed("OLD", known)).toEqual([{ id: "i-1", name: "Web" }]);
    expect(vmsNamed("I-1", known)).toEqual([{ id: "i-1", name: "Web" }]);
    expect(
      vmsNamed("mail", known)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(["i-2", "i-3"]);
    expect(vmsNamed("we", known)).toEqual([]);
  });
});
