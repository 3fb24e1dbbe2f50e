import { expect } from "vitest";
import type { Call } from "../../src/demo/server.ts";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, statusOf } from "../rig.ts";

async function shutDown(rig: Rig) {
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
}

const isPower = ({ method, path }: Call) => method === "GET" && /\/servers\/web-01(\/state)?$/.test(path);

journey.concurrent(
  "a word for running that nobody knows: the card says so, and the VM is called on only when it is",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK, trouble: { words: { Running: "Quantum" } } }] });
    await rig.slack.command(BORIS, OPS, "create web-01");
    const choosing = await rig.shows("choosing");
    expect(choosing.text).toContain("The VM is in a state that Shutter does not know");
    await rig.slack.click(BORIS, choosing, "request.shutdown");
    await rig.slack.waitFor(
      () => statusOf(rig.card()) === "powering_on" && rig.card().text.includes("does not run"),
      "a loud card",
      20_000,
    );
    expect(buttonsOn(rig.card())).toEqual(["vm.power_on"]);
    rig.cloud.trouble("web-01", { words: undefined });
    await rig.shows("done");
  },
);

journey.concurrent("a word for off that nobody knows is never taken for off", async ({ begin }) => {
  const rig = await begin({
    vms: [{ name: "web-01", timing: QUICK, trouble: { words: { Stopped: "Asleep" } } }],
    yaml: "snapshots: { shutdown_timeout: 15s }",
  });
  await shutDown(rig);
  const stuck = await rig.shows("shutdown_stuck");
  expect(rig.cloud.vm("web-01").operations.map(({ type }) => type)).toEqual(["shutdown"]);
  await rig.slack.click(ANNA, stuck, "request.cancel");
  await rig.shows("cancelled");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", snapshots: [] });
});

journey.concurrent(
  "a state without fields: the request stops, the VM comes back, the card says what was missing",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    await shutDown(rig);
    await rig.until(() => rig.cloud.vm("web-01").operations.length > 0, "the shutdown");
    rig.cloud.server.intercept((call) =>
      isPower(call) && statusOf(rig.card()) !== "powering_on"
        ? {
            kind: "answer",
            reply: { status: 200, body: call.path.endsWith("/state") ? {} : { data: { hostname: "web-01" } } },
            applied: false,
          }
        : undefined,
    );
    const failed = await rig.shows("failed");
    expect(failed.text).toContain(
      "The cloud gave an answer that Shutter cannot read (GET /ccloud/servers/web-01/state: no 'state' or 'status').",
    );
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", offPeriods: [{ to: expect.any(Date) }] });
  },
);

journey.concurrent(
  "an action without a status: the request stops, the VM comes back, the card says what was missing",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 10_000 } }] });
    rig.cloud.server.intercept((call) =>
      /\/ccloud\/actions\/\d+$/.test(call.path)
        ? {
            kind: "answer",
            reply: {
              status: 200,
              body: {
                action: {
                  id: Number(call.path.split("/").at(-1)),
                  type: "snapshot",
                  started_at: "2026-01-01T00:00:00Z",
                },
              },
            },
            applied: false,
          }
        : undefined,
    );
    await shutDown(rig);
    const failed = await rig.shows("failed");
    expect(failed.text).toContain("no 'action.status').");
    expect(failed.text).toContain("What has become of it has to be looked up in the control panel.");
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", offPeriods: [{ to: expect.any(Date) }] });
  },
);

journey.concurrent("a status word that nobody knows is waited out, never taken for success", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 30_000 } }] });
  let isStrange = true;
  rig.cloud.server.intercept((call) =>
    isStrange && /\/ccloud\/actions\/\d+$/.test(call.path)
      ? {
          kind: "answer",
          reply: {
            status: 200,
            body: {
              action: {
                id: Number(call.path.split("/").at(-1)),
                type: "snapshot",
                status: "simmering",
                started_at: "2026-01-01T00:00:00Z",
              },
            },
          },
          applied: false,
        }
      : undefined,
  );
  await shutDown(rig);
  await rig.until(() => rig.cloud.vm("web-01").snapshots.length === 1, "the snapshot");
  expect(rig.cloud.vm("web-01").power).toBe("Stopped");
  isStrange = false;
  await rig.shows("done");
});

journey.concurrent(
  "the cloud forgets the operation it has given us: its snapshot is found by name",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    rig.cloud.server.intercept((call) =>
      /\/ccloud\/actions\/\d+$/.test(call.path)
        ? { kind: "answer", reply: { status: 404, body: { id: "not_found", message: "gone" } }, applied: false }
        : undefined,
    );
    await shutDown(rig);
    await rig.shows("done");
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  },
);

journey.concurrent(
  "snapshots as a resource of their own, the other guess about ccloud³, work as well",
  async ({ begin }) => {
    const rig = await begin({
      cloud: { snapshotApi: "snapshots" },
      env: { CCLOUD_SNAPSHOT_API: "snapshots" },
      vms: [{ name: "web-01", timing: QUICK }],
    });
    await shutDown(rig);
    await rig.shows("done");
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", snapshots: [{ live: false }] });
  },
);
