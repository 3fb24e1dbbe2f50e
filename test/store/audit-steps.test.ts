import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Request } from "../../src/domain/request.ts";
import type { Line } from "../../src/domain/story.ts";
import { advance } from "../../src/engine/advance.ts";
import { type Cloud, CloudError } from "../../src/ports/cloud.ts";
import type { Store } from "../../src/ports/store.ts";
import { openAudit } from "../../src/store/audit.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { anOperation, aProblem, aRequest, NOW } from "../domain/builders.ts";
import { depsWith } from "../engine/rig.ts";

/** A store whose audit can be read meanwhile, with a list of what was written into it. */
function anAudit() {
  const folder = mkdtempSync(join(tmpdir(), "shutter-audit-"));
  const path = join(folder, "shutter.db");
  const real = openSqlite(path);
  onTestFinished(async () => {
    await real.close();
    rmSync(folder, { recursive: true });
  });
  const written: string[] = [];
  const store: Store = {
    ...real,
    commit(before, next, story, at, quietly = false) {
      written.push(quietly ? "quiet" : "durable");
      return real.commit(before, next, story, at, quietly);
    },
    note(...args) {
      written.push("note");
      return real.note(...args);
    },
  };
  const lines = (): Line[] => {
    const audit = openAudit(path);
    const rows = [...audit.rows()].map(({ line }) => JSON.parse(line) as Line);
    expect(audit.verify()).toMatchObject({ kind: "whole", count: rows.length });
    audit.close();
    return rows;
  };
  return { store, written, lines };
}

/** What was written until the cloud was called to switch the VM on, and after it answered. */
async function switchedOn(powerOn: Cloud["powerOn"], request: Request = aRequest("powering_on")) {
  const { store, written, lines } = anAudit();
  let atCall: { lines: Line[]; written: string[] } | undefined;
  const { deps, create } = depsWith(
    {
      power: async () => "off",
      snapshots: async () => [],
      operations: async () => [],
      async powerOn(vm) {
        atCall = { lines: lines(), written: [...written] };
        return powerOn(vm);
      },
    },
    store,
  );
  await create(request);
  await advance(deps, request.id);
  return { atCall: atCall!, lines: lines(), written };
}

const calls = (lines: readonly Line[]) => lines.filter(({ code }) => code === "call" || code === "answer");
const CALL: Line = { code: "call", call: "power_on" };

describe("a call with an effect", () => {
  test("is in the audit, durably, before it goes out; its answer comes with the change that is made anyway", async () => {
    const { atCall, lines, written } = await switchedOn(async () => anOperation({ kind: "power_on" }));
    expect(calls(atCall.lines)).toEqual([CALL]);
    expect(atCall.written).toEqual(["durable"]);
    expect(calls(lines)).toEqual([CALL, { code: "answer", call: "power_on", outcome: "ok" }]);
    expect(written).toEqual(["durable", "quiet"]);
  });

  test.each(["not_sent", "refused", "unknown"] as const)(
    "that ends as %s says so, without the cloud's words",
    async (outcome) => {
      const problem = aProblem("busy", { outcome, detail: "secret words" });
      const { lines } = await switchedOn(async () => {
        throw new CloudError(problem);
      });
      expect(calls(lines)).toEqual([CALL, { code: "answer", call: "power_on", outcome, problem: "busy" }]);
      expect(JSON.stringify(calls(lines))).not.toContain("secret");
    },
  );
});

test("an answer that comes when the request has moved on is in the audit all the same", async () => {
  const { store, written, lines } = anAudit();
  const request = aRequest("powering_on");
  const { deps, create } = depsWith(
    {
      power: async () => "off",
      snapshots: async () => [],
      operations: async () => [],
      async powerOn() {
        const stored = (await store.load(request.id))!;
        await store.commit(stored, aRequest("cancelled"), [], NOW);
        return anOperation({ kind: "power_on" });
      },
    },
    store,
  );
  await create(request);
  await advance(deps, request.id);
  expect(calls(lines())).toEqual([CALL, { code: "answer", call: "power_on", outcome: "ok" }]);
  expect(written.at(-1)).toBe("note");
});
