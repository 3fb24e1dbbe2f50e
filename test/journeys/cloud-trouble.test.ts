import { expect } from "vitest";
import type { Call, Fault } from "../../src/demo/server.ts";
import { journey } from "../journey.ts";
import { BORIS, OPS, type Rig, statusOf } from "../rig.ts";

const FAULTS: Record<string, Fault> = {
  "500s": { kind: "answer", reply: { status: 500, body: { id: "server_error", message: "Oh no" } }, applied: false },
  HTML: {
    kind: "answer",
    reply: { status: 200, headers: { "content-type": "text/html" }, body: "<html>busy</html>" },
    applied: false,
  },
  "lost connections": { kind: "reset", applied: false },
};

const SLOW = { shutdownMs: 10_000, snapshotMs: 20_000, bootMs: 10_000 };

async function shutDown(rig: Rig) {
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
}

const isAbout = (type: string) => (call: Call) => call.method === "POST" && call.body.includes(`"type":"${type}"`);

/** Every call from the first that fits on fails for so long. */
function failFrom(rig: Rig, begins: (call: Call) => boolean, fault: Fault, forMs: number): () => number {
  let until: number | undefined;
  let failed = 0;
  rig.cloud.server.intercept((call) => {
    const now = Number(rig.clock.now());
    if (until === undefined && begins(call)) until = now + forMs;
    if (until === undefined || now >= until) return undefined;
    failed += 1;
    return fault;
  });
  return () => failed;
}

const PHASES: Record<string, (call: Call) => boolean> = {
  "while the guest is asked": isAbout("shutdown"),
  "while the guest goes off": ({ n, path }) => n > 8 && path.endsWith("/state"),
  "while the snapshot is asked for": isAbout("snapshot"),
  "while the snapshot is made": ({ path }) => /\/ccloud\/actions\/\d+$/.test(path),
  "while the VM is switched on": isAbout("power_on"),
};

for (const [what, fault] of Object.entries(FAULTS)) {
  for (const [when, begins] of Object.entries(PHASES)) {
    journey.concurrent(
      `${what} ${when}: the request comes to a good end, with one snapshot at most and the VM on`,
      async ({ begin }) => {
        const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
        const failed = failFrom(rig, begins, fault, 12_000);
        await shutDown(rig);
        // An answer to a POST that is no answer may mean that it was done: then Shutter looks, and may give up safely.
        const end = await rig.slack.waitFor(
          () => ["done", "failed"].includes(String(statusOf(rig.slack.cards()[0]))) && rig.card(),
          "an end",
          20_000,
        );
        expect(statusOf(end)).toBe("done");
        expect(failed()).toBeGreaterThan(0);
        expect(rig.cloud.vm("web-01")).toMatchObject({
          power: "Running",
          offPeriods: [{}],
          snapshots: [{ live: false }],
        });
        expect(rig.cloud.vm("web-01").operations.filter(({ type }) => type === "snapshot")).toHaveLength(1);
        expect(rig.slack.cards()).toHaveLength(1);
      },
    );
  }
}

const LOST: Record<string, Fault> = {
  "the connection breaks after it was done": { kind: "reset", applied: true },
  "500 although it was done": { kind: "answer", reply: { status: 500 }, applied: true },
  "HTML although it was done": { kind: "answer", reply: { status: 200, body: "<html>" }, applied: true },
  "an answer without fields although it was done": { kind: "answer", reply: { status: 201, body: {} }, applied: true },
};

for (const [what, fault] of Object.entries(LOST)) {
  for (const type of ["shutdown", "snapshot", "power_on"]) {
    journey.concurrent(`POST ${type}, ${what}: it is found, and done only once`, async ({ begin }) => {
      const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
      let wasLost = false;
      rig.cloud.server.intercept((call) => {
        if (wasLost || !isAbout(type)(call)) return undefined;
        wasLost = true;
        return fault;
      });
      await shutDown(rig);
      await rig.slack.waitFor(
        () => ["done", "failed"].includes(String(statusOf(rig.slack.cards()[0]))),
        "an end",
        20_000,
      );
      expect(statusOf(rig.card())).toBe("done");
      expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
      const types = rig.cloud.vm("web-01").operations.map((operation) => operation.type);
      expect(types.filter((each) => each === "snapshot")).toHaveLength(1);
      expect(types.filter((each) => each === "shutdown")).toHaveLength(1);
    });
  }
}

journey.concurrent(
  "a lost answer to a snapshot that never began: it is asked for again, once it is sure",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    let losses = 0;
    rig.cloud.server.intercept((call) =>
      isAbout("snapshot")(call) && losses++ < 2 ? { kind: "reset", applied: false } : undefined,
    );
    await shutDown(rig);
    await rig.shows("done");
    expect(losses).toBe(3);
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  },
);

journey.concurrent(
  "while the cloud is silent the card says since when, and stops saying so afterwards",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    failFrom(rig, ({ path }) => /\/ccloud\/actions\/\d+$/.test(path), FAULTS["500s"]!, 40_000);
    await shutDown(rig);
    const troubled = await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.text.includes("The cloud gives no usable answer") && rig.card(),
      "a card that says so",
    );
    expect(JSON.stringify(troubled.blocks)).toContain("The cloud has given no usable answer since <!date^");
    const done = await rig.shows("done");
    expect(done.text).not.toContain("not answering");
  },
);

journey.concurrent("a token that is refused in mid job is renewed, and nobody notices", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
  await shutDown(rig);
  for (const status of ["shutting_down", "snapshotting", "powering_on"]) {
    await rig.shows(status);
    rig.cloud.expireTokens();
  }
  const done = await rig.shows("done");
  expect(JSON.stringify(done.versions)).not.toContain("no usable answer");
  expect(
    rig.cloud.server.journal.filter(({ call }) => call.path.endsWith("/oauth/token")).length,
  ).toBeGreaterThanOrEqual(4);
});

journey.concurrent("tokens that live for half a minute are renewed in time", async ({ begin }) => {
  const rig = await begin({
    cloud: { tokenSeconds: 30 },
    vms: [{ name: "web-01", timing: { ...SLOW, snapshotMs: 60_000 } }],
  });
  await shutDown(rig);
  await rig.shows("done");
  expect(rig.cloud.server.journal.filter(({ reply }) => reply?.status === 401)).toEqual([]);
});

journey.concurrent("a sign-in that is refused for a while, with the VM off: it comes back", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
  await shutDown(rig);
  await rig.shows("snapshotting");
  rig.cloud.expireTokens();
  const until = Number(rig.clock.now()) + 30_000;
  rig.cloud.server.intercept((call) =>
    call.path.endsWith("/oauth/token") && Number(rig.clock.now()) < until
      ? { kind: "answer", reply: { status: 401, body: { error: "invalid_client" } }, applied: false }
      : undefined,
  );
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
});

journey.concurrent("429 with Retry-After: no call before it has passed", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
  let limitedAt: number | undefined;
  const early: string[] = [];
  rig.cloud.server.intercept((call) => {
    const now = Number(rig.clock.now());
    if (limitedAt === undefined && /\/ccloud\/actions\/\d+$/.test(call.path)) {
      limitedAt = now;
      return { kind: "answer", reply: { status: 429, headers: { "retry-after": "15" }, body: {} }, applied: false };
    }
    if (limitedAt !== undefined && now < limitedAt + 15_000) early.push(`${call.method} ${call.path}`);
    return undefined;
  });
  await shutDown(rig);
  await rig.shows("done");
  expect(limitedAt).toBeDefined();
  expect(early).toEqual([]);
});

journey.concurrent(
  "a cloud that does not answer the command is told in private, and nothing is made of it",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01" }] });
    rig.cloud.server.intercept(() => FAULTS["500s"]);
    await rig.slack.command(BORIS, OPS, "create web-01");
    expect(await rig.told(BORIS)).toContain("The cloud did not answer as expected");
    expect(await rig.told(BORIS)).toContain("Nothing has been changed.");
    expect(rig.slack.messages()).toEqual([]);
  },
);

journey.concurrent(
  "a cloud that goes silent right after the wish: the card says so, and the request goes on",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    failFrom(rig, ({ path }) => path.endsWith("/state"), FAULTS["lost connections"]!, 20_000);
    await rig.slack.command(BORIS, OPS, "create web-01 --live");
    await rig.slack.waitFor(
      () => rig.slack.cards()[0]?.text.includes("The cloud gives no usable answer"),
      "a card that says so",
    );
    await rig.shows("done");
  },
);
