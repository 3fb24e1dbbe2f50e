import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { APIS, type CallName } from "../../src/cloud/ccloud/api.ts";
import { askFor } from "../../src/cloud/ccloud/ask.ts";
import { operationOf, powerOf, stateOf, vmOf } from "../../src/cloud/ccloud/read.ts";
import * as schemas from "../../src/cloud/ccloud/schemas.ts";
import { forPeople } from "../../src/cloud/refusals.ts";
import { LONGEST_RETRY_MS, readRateLimit, readRetryAfter } from "../../src/cloud/retry-after.ts";
import { Power } from "../../src/domain/cloud.ts";
import { CloudError } from "../../src/ports/cloud.ts";

const NOW = new Date("2026-11-16T09:00:00Z");

describe("a word for the power", () => {
  test.each([
    { words: ["Running", "RUNNING", " active ", "on", "started"], power: "running" },
    {
      words: ["Stopped", "off", "SHUTOFF", "powered off", "powered_off", "Powered-Off", "poweredOff", "halted"],
      power: "off",
    },
    { words: ["Starting", "booting", "POWERING_ON"], power: "starting" },
    { words: ["Stopping", "shutting-down", "Shutting down"], power: "stopping" },
    { words: ["", "paused", "shutdown", "constructor", "__proto__", "Läuft"], power: "unknown" },
  ])("means $power: $words", ({ words, power }) => {
    for (const word of words) expect(powerOf(word)).toBe(power);
  });

  test("never means anything but one of five", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (word) => void Power.parse(powerOf(word))));
  });
});

describe("a word for an operation's status", () => {
  test.each([
    { words: ["in-progress", "IN_PROGRESS", "running", "queued", "pending"], state: "running" },
    { words: ["completed", "finished", "Done", "success"], state: "succeeded" },
    { words: ["errored", "failed", "Error", "cancelled"], state: "failed" },
  ])("means $state: $words", ({ words, state }) => {
    for (const status of words) expect(stateOf({ status })).toBe(state);
  });

  test("that is not known never means success", () => {
    const known = new Set(["completed", "complete", "finished", "done", "success", "successful", "succeeded"]);
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (status, completed_at) => {
        fc.pre(
          !known.has(
            status
              .trim()
              .toLowerCase()
              .replaceAll(/[\s_-]+/g, " ")
              .trim(),
          ),
        );
        expect(stateOf({ status, completed_at })).not.toBe("succeeded");
      }),
    );
  });
});

describe("a server", () => {
  test.each([
    { disks: [40], diskGb: 40 },
    { disks: [40, 160], diskGb: 200 },
    { disks: [42_949_672_960], diskGb: 40 },
    { disks: [42_949_672_960, 10], diskGb: 50 },
    { disks: [5000], diskGb: 5000 },
    { disks: [], diskGb: undefined },
    { disks: undefined, diskGb: undefined },
    { disks: "40", diskGb: undefined },
  ])("with disks $disks has $diskGb GB", ({ disks, diskGb }) => {
    expect(vmOf(schemas.Server.parse({ hostname: "a", disks })).diskGb).toBe(diskGb);
  });

  test.each([
    { custom_name: "Shop", name: "Shop" },
    { custom_name: "  ", name: "a" },
    { custom_name: "", name: "a" },
    { custom_name: null, name: "a" },
    { custom_name: 7, name: "a" },
  ])("called $custom_name is shown as $name", ({ custom_name, name }) => {
    expect(vmOf(schemas.Server.parse({ hostname: "a", custom_name })).name).toBe(name);
  });

  test("of which nothing but its hostname can be read is a VM all the same", () => {
    const strange = {
      hostname: "a",
      custom_name: [],
      disks: [{}],
      state: 1,
      tags: ["x", 1, null],
      snapshot_ids: "many",
    };
    expect(vmOf(schemas.Server.parse(strange))).toEqual({
      id: "a",
      name: "a",
      tags: ["x"],
      diskGb: undefined,
      power: "unknown",
      snapshotCount: undefined,
    });
  });
});

describe("whatever the cloud says", () => {
  const json = fc.jsonValue();
  const shaped = (keys: string[]) => fc.dictionary(fc.constantFrom(...keys), json);

  test("is read or refused, and what is read is whole", () => {
    const keys = ["id", "job_id", "status", "type", "action", "progress", "started_at", "completed_at", "error"];
    fc.assert(
      fc.property(shaped(keys), fc.constantFrom(APIS.actions, APIS.snapshots), (given, api) => {
        const read = schemas.Begun.safeParse(given);
        if (!read.success) return;
        const operation = operationOf(api, read.data, { kind: "other", startedAt: NOW });
        if (typeof operation === "string") return;
        expect(operation.id).not.toBe("");
        expect(Number.isNaN(operation.startedAt.getTime())).toBe(false);
        if (operation.percent !== undefined) expect(operation.percent >= 0 && operation.percent <= 100).toBe(true);
      }),
    );
  });

  test("never breaks the reading of a server or of pages", () => {
    fc.assert(
      fc.property(shaped(["hostname", "custom_name", "disks", "state", "tags", "snapshot_ids"]), (given) => {
        const read = schemas.Server.safeParse(given);
        if (read.success) vmOf(read.data);
      }),
    );
    fc.assert(fc.property(json, (given) => void schemas.State.safeParse(given)));
    fc.assert(fc.property(shaped(["links", "meta"]), (given) => void schemas.Paging.parse(given)));
  });

  test("fits into a short line", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (text) => {
        const line = forPeople(text);
        expect(line.length).toBeLessThanOrEqual(300);
        expect(line).not.toMatch(/[\r\n\t]/);
      }),
    );
  });

  test("about waiting is a wait of one second to ten minutes, or none", () => {
    const isSane = (ms: number | undefined) => ms === undefined || (ms >= 1000 && ms <= LONGEST_RETRY_MS);
    const header = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(fc.property(header, (text) => isSane(readRetryAfter(text, NOW))));
    fc.assert(
      fc.property(header, header, header, (limit, remaining, reset) =>
        isSane(readRateLimit({ limit, remaining, reset }, NOW)?.ms),
      ),
    );
  });
});

describe("a path", () => {
  const routes = Object.keys(APIS.actions.routes) as CallName[];

  test("has the parts of its route, whatever the names in it", () => {
    const name = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        name,
        name,
        fc.constantFrom(...routes),
        fc.constantFrom("actions", "snapshots"),
        (vm, id, call, which) => {
          const api = APIS[which as "actions" | "snapshots"];
          try {
            const { path } = askFor(api, call, { vm, operation: id, snapshot: id, name: id });
            expect(path).toMatch(/^[\x21-\x7e]+$/);
            expect(path.split("/")).toHaveLength(api.routes[call].path.split("/").length);
            expect(new URL(path, "http://host").pathname).toBe(path);
          } catch (error) {
            if (!(error instanceof CloudError)) throw error;
            expect(error.problem).toMatchObject({ kind: "invalid", outcome: "not_sent" });
          }
        },
      ),
    );
  });
});
