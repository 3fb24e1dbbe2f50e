import { expect } from "vitest";
import type { DemoCloud } from "../../src/demo/cloud.ts";
import { ANNA, BORIS } from "../rig.ts";
import type { End, Play, Scene } from "./scene.ts";

/** Long enough for a bot on a busy machine to look at least once in each phase. */
export const TIMING = { shutdownMs: 20_000, snapshotMs: 40_000, bootMs: 20_000 };

const TAKEN: End = { cards: ["create done"], wentOff: true, done: ["snapshot"], snapshots: ["web-01-N"] };

async function asks({ says, shows }: Play): Promise<void> {
  await says(ANNA, 'create web-01 --reason "Kernel update"');
  await shows(["choosing"]);
}

async function chooses(play: Play): Promise<void> {
  await asks(play);
  await play.presses(ANNA, "request.shutdown");
}

/** Shut down, snapshot, on again. Before Anna chooses, Boris presses the button, which is not his. */
export const OFFLINE: Scene = {
  vm: { name: "web-01", diskGb: 40, timing: TIMING },
  async people(play) {
    await asks(play);
    await play.presses(BORIS, "request.shutdown");
    await play.presses(ANNA, "request.shutdown");
  },
  end: { ...TAKEN, toldPrivately: [BORIS] },
};

/** The cloud takes so long that the card is there before it can ask for a choice. */
export const SLOW_LOOK: Scene = {
  ...OFFLINE,
  holds: { call: "GET state, asked", until: ({ shows }) => shows(["queued", "choosing"]) },
};

/** The snapshot breaks off. */
export const FAILING: Scene = {
  vm: { name: "web-01", timing: TIMING, trouble: { snapshotFails: "out of space" } },
  people: chooses,
  end: { cards: ["create failed"], wentOff: true, done: ["snapshot"], snapshots: [] },
};

/** Three times the cloud answers 500 instead of switching the VM on. */
export const HARD_TO_START: Scene = {
  vm: { name: "web-01", timing: TIMING, trouble: { powerOnFails: 3 } },
  people: chooses,
  end: TAKEN,
};

/** Anna changes her mind while the guest does not react to the shutdown, and never will. */
export const CANCELLED: Scene = {
  vm: { name: "web-01", timing: TIMING, trouble: { ignoresShutdown: true } },
  settings: { shutdown_timeout: "5m" },
  async people(play) {
    await chooses(play);
    // On a slow machine the time is up before the guest could be asked.
    await Promise.race([hasAskedGuest(play), play.shows(["shutdown_stuck"])]);
    await play.presses(ANNA, "request.cancel");
  },
  end: { cards: ["create cancelled"], wentOff: false, snapshots: [] },
};

/** As before, but then the guest goes off all the same. */
export const CANCELLED_TOO_LATE: Scene = {
  vm: { name: "web-01", timing: TIMING, trouble: { ignoresShutdown: true } },
  async people(play) {
    await chooses(play);
    await play.shows(["shutting_down"]);
    await hasAskedGuest(play);
    await play.presses(ANNA, "request.cancel");
    await play.shows(["powering_on"]);
    await goesOffNow(play);
  },
  end: { cards: ["create cancelled"], wentOff: true, snapshots: [] },
};

/** Before that there is nothing to undo, and a cancel ends the request at once. */
function hasAskedGuest({ cloud, vm }: Play): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (cloud.vm(vm).operations.length > 0) resolve();
    };
    cloud.onChange(look);
    look();
  });
}

/** The demo cloud has no door for a guest that obeys late; somebody who asks it once more is one. */
async function goesOffNow({ cloud, vm }: Play): Promise<void> {
  cloud.trouble(vm, { ignoresShutdown: undefined });
  const { access_token } = await post(cloud, "/oauth/token", {
    grant_type: "client_credentials",
    client_id: cloud.clientId,
    client_secret: cloud.clientSecret,
  });
  await post(cloud, `/ccloud/servers/${vm}/actions`, { type: "shutdown" }, access_token);
}

async function post(cloud: DemoCloud, path: string, body: object, token?: string): Promise<Record<string, string>> {
  const headers = { "content-type": "application/json", "x-from": "harness", authorization: `Bearer ${token}` };
  const response = await fetch(`${cloud.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
  return (await response.json()) as Record<string, string>;
}
