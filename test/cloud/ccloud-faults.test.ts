import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { ccloud } from "../../src/cloud/ccloud/ccloud.ts";
import { SnapshotId } from "../../src/domain/ids.ts";
import type { Cloud } from "../../src/ports/cloud.ts";
import { CloudError } from "../../src/ports/cloud.ts";
import { manualClock } from "../manual-clock.ts";
import { aCcloud, WEB } from "./ccloud-rig.ts";
import { problemOf } from "./problem-of.ts";

/** Real time: long enough for an answer of this machine, short enough to wait for one that never comes. */
const SHORT_MS = 300;

const changes: { what: string; call(cloud: Cloud): Promise<unknown> }[] = [
  { what: "a shutdown", call: (cloud) => cloud.shutdown(WEB) },
  { what: "a power-off", call: (cloud) => cloud.powerOff(WEB) },
  { what: "a power-on", call: (cloud) => cloud.powerOn(WEB) },
  { what: "a snapshot", call: (cloud) => cloud.startSnapshot(WEB, "x") },
  { what: "a restore", call: (cloud) => cloud.restore(WEB, SnapshotId.parse("4711")) },
  { what: "a new name", call: (cloud) => cloud.renameSnapshot(WEB, SnapshotId.parse("4711"), "x") },
  { what: "a deletion", call: (cloud) => cloud.deleteSnapshot(WEB, SnapshotId.parse("4711")) },
];

describe.each(["actions", "snapshots"] as const)("with snapshots as %s, the lost answer", (snapshotApi) => {
  const vms = [{ name: "web-01", snapshots: 1 }];

  test.each(changes)("to $what leaves open what became of it, and it is not asked again", async ({ call }) => {
    const faults = [false, true].flatMap((applied) => [
      { kind: "reset" as const, applied },
      { kind: "hang" as const, applied },
    ]);
    await Promise.all(
      faults.map(async (how) => {
        const { cloud, calls, fault } = await aCcloud({ snapshotApi, vms, deadlineMs: SHORT_MS });
        await cloud.check();
        fault("", how);
        expect(await problemOf(call(cloud))).toMatchObject({ kind: "transient", outcome: "unknown" });
        expect(calls()).toHaveLength(2);
      }),
    );
  });

  test("to a snapshot may hide one", async () => {
    const { cloud, demo, fault } = await aCcloud({ snapshotApi });
    fault("POST /ccloud", { kind: "reset", applied: true });
    await problemOf(cloud.startSnapshot(WEB, "x"));
    expect(demo.vm("web-01").operations).toMatchObject([{ type: "snapshot" }]);
    expect(await cloud.operations(WEB)).toMatchObject([{ kind: "snapshot", state: "running" }]);
  });

  test("to a read leaves nothing open", async () => {
    const { cloud, fault } = await aCcloud({ snapshotApi, deadlineMs: SHORT_MS });
    await cloud.check();
    for (const kind of ["reset", "hang"] as const) {
      fault("", { kind, applied: true });
      for (const call of [cloud.power(WEB), cloud.operations(WEB), cloud.snapshots(WEB), cloud.check()]) {
        expect(await problemOf(call)).toMatchObject({ kind: "transient", outcome: "refused" });
      }
    }
  });
});

describe("a cloud that cannot be reached", () => {
  test("was sent nothing", async () => {
    const { cloud } = await aCcloud({ baseUrl: "http://127.0.0.1:1/api/v1" });
    for (const { call } of changes) {
      expect(await problemOf(call(cloud))).toMatchObject({ kind: "transient", outcome: "not_sent" });
    }
    const error = await cloud.powerOn(WEB).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CloudError);
    expect((error as CloudError).cause).toBeInstanceOf(Error);
    expect((error as CloudError).message).toBe("ccloud³ cannot be reached (ECONNREFUSED)");
  });

  test("because the bot is closing was sent nothing", async () => {
    const { cloud } = await aCcloud();
    await cloud.check();
    const closing = cloud.close();
    expect(await problemOf(cloud.powerOn(WEB))).toMatchObject({ kind: "transient", outcome: "not_sent" });
    await closing;
  });
});

describe("an answer without end", () => {
  test("is not read beyond its limit", async () => {
    let sent = 0;
    const cloud = await against((response) => {
      const chunk = Buffer.alloc(64 * 1024, "x");
      const push = () => {
        while (sent < 100 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return response.once("drain", push);
        }
        return response.end();
      };
      push();
    });
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ kind: "protocol", outcome: "refused" });
    expect(await problemOf(cloud.powerOff(WEB))).toMatchObject({ kind: "protocol", outcome: "unknown" });
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });

  test("that comes by drops ends with the deadline", async () => {
    const cloud = await against((response) => void response.write('{"state":'), SHORT_MS);
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ kind: "transient", outcome: "refused" });
    expect(await problemOf(cloud.powerOn(WEB))).toMatchObject({ kind: "transient", outcome: "unknown" });
  });

  test("does not change what its status says", async () => {
    const cloud = await against((response) => {
      response.writeHead(409, { "content-length": 99 });
      response.write("{");
    }, SHORT_MS);
    expect(await problemOf(cloud.powerOn(WEB))).toMatchObject({ kind: "busy", outcome: "refused" });
  });

  test("that breaks off was lost", async () => {
    const cloud = await against((response) => {
      response.writeHead(201, { "content-length": 99 });
      response.write('{"action":', () => response.destroy());
    });
    expect(await problemOf(cloud.startSnapshot(WEB, "x"))).toMatchObject({ kind: "transient", outcome: "unknown" });
  });
});

/** The adapter against a server that hands out tokens and answers everything else by hand. */
async function against(answer: (response: ServerResponse) => void, deadlineMs?: number): Promise<Cloud> {
  const server: Server = createServer((request, response) => {
    request.resume();
    if (request.url === "/oauth/token") response.end('{"access_token":"t"}');
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const cloud = ccloud({
    baseUrl,
    clientId: "id",
    clientSecret: "secret",
    snapshotApi: "actions",
    clock: manualClock(),
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await cloud.close();
  });
  return cloud;
}
