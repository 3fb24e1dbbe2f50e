import { expect } from "vitest";
import type { Call, Fault } from "../../src/demo/server.ts";
import type { Message } from "../../src/demo/slack.ts";
import { draw } from "../../src/demo/slack.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, statusOf } from "../rig.ts";

const SLOW = { shutdownMs: 10_000, snapshotMs: 20_000, bootMs: 10_000 };

async function shutDown(rig: Rig) {
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
}

const isCall = (method: string) => (call: Call) => call.path === `/api/${method}`;

journey.concurrent(
  "Slack is down during a job: the work goes on, and afterwards one card shows the end",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    await shutDown(rig);
    await rig.shows("shutting_down");
    rig.slack.outage(true);
    await rig.until(
      () => rig.cloud.vm("web-01").snapshots.length === 1 && rig.cloud.vm("web-01").power === "Running",
      "the whole job",
    );
    expect(statusOf(rig.card())).toBe("shutting_down");
    rig.slack.outage(false);
    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
    expect(new Set(rig.thread(done)).size).toBe(rig.thread(done).length);
  },
);

journey.concurrent(
  "Slack is down and the bot is restarted meanwhile: the VM comes back, and the card shows it later",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    await shutDown(rig);
    await rig.shows("snapshotting");
    rig.slack.outage(true);
    await rig.restart();
    await rig.until(
      () => rig.cloud.vm("web-01").snapshots.length === 1 && rig.cloud.vm("web-01").power === "Running",
      "the whole job",
    );
    expect((await fetch(`http://127.0.0.1:${rig.bot.port}/healthz`)).status).toBe(503);
    rig.slack.outage(false);
    await rig.shows("done");
    expect(rig.slack.cards()).toHaveLength(1);
  },
);

journey.concurrent("Slack is down when the wish comes in: it is kept, and its card follows", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  rig.slack.outage(true);
  expect((await rig.slack.command(BORIS, OPS, "create web-01 --live")).status).toBe(200);
  await rig.until(
    () => rig.slack.server.journal.some(({ call, fault }) => fault && isCall("users.info")(call)),
    "a failed call",
  );
  rig.slack.outage(false);
  await rig.shows("done");
});

for (const method of ["chat.update", "chat.postMessage", "users.info"]) {
  journey.concurrent(
    `429 of ${method}: no such call before its Retry-After has passed, and the end is shown`,
    async ({ begin }) => {
      const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
      let limitedAt: number | undefined;
      const early: number[] = [];
      rig.slack.server.intercept((call) => {
        if (!isCall(method)(call)) return undefined;
        const now = Number(rig.clock.now());
        if (limitedAt === undefined) {
          limitedAt = now;
          return {
            kind: "answer",
            reply: { status: 429, headers: { "retry-after": "30" }, body: { ok: false, error: "ratelimited" } },
            applied: false,
          };
        }
        if (now < limitedAt + 30_000) early.push(now - limitedAt);
        return undefined;
      });
      await shutDown(rig);
      const done = await rig.shows("done");
      await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
      expect(limitedAt).toBeDefined();
      expect(early).toEqual([]);
      expect(rig.slack.cards()).toHaveLength(1);
    },
  );
}

journey.concurrent(
  "429 of auth.test at the start: no such call before its Retry-After has passed",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    const calls: number[] = [];
    rig.slack.server.intercept((call) => {
      if (!isCall("auth.test")(call)) return undefined;
      calls.push(Number(rig.clock.now()));
      if (calls.length > 1) return undefined;
      return {
        kind: "answer",
        reply: { status: 429, headers: { "retry-after": "20" }, body: { ok: false, error: "ratelimited" } },
        applied: false,
      };
    });
    await rig.restart();
    await rig.until(() => calls.length > 1, "a second sign-in");
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(20_000);
  },
);

const LOST: Record<string, Fault> = {
  "the connection breaks": { kind: "reset", applied: true },
  "500": { kind: "answer", reply: { status: 500 }, applied: true },
  HTML: { kind: "answer", reply: { status: 200, body: "<html>" }, applied: true },
};

for (const [what, fault] of Object.entries(LOST)) {
  journey.concurrent(`a card is posted, but ${what}: it is found again and adopted`, async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    let losses = 0;
    rig.slack.server.intercept((call) => (isCall("chat.postMessage")(call) && losses++ === 0 ? fault : undefined));
    await shutDown(rig);
    const done = await rig.shows("done");
    expect(losses).toBeGreaterThan(1);
    expect(rig.slack.cards()).toEqual([done]);
  });

  journey.concurrent(`a line of the story is posted, but ${what}: it is not told twice`, async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] });
    let losses = 0;
    rig.slack.server.intercept((call) =>
      isCall("chat.postMessage")(call) && call.body.includes("thread_ts") && losses++ === 0 ? fault : undefined,
    );
    await shutDown(rig);
    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
    expect(losses).toBeGreaterThan(1);
    expect(new Set(rig.thread(done)).size).toBe(rig.thread(done).length);
    expect(rig.thread(done)).toHaveLength(8);
  });
}

journey.concurrent(
  "a post whose answer is lost, then a restart: the card is adopted by the next process",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    rig.slack.server.intercept((call) =>
      isCall("chat.postMessage")(call) ? { kind: "reset", applied: true } : undefined,
    );
    await rig.slack.command(BORIS, OPS, "create web-01");
    await rig.slack.waitFor(() => rig.slack.cards().length > 0, "the orphan");
    rig.slack.server.intercept(undefined);
    await rig.restart();
    await rig.slack.waitFor(
      () => rig.thread(rig.card()).length >= 0 && statusOf(rig.card()) === "choosing",
      "the card",
    );
    await rig.slack.click(BORIS, rig.card(), "request.live");
    await rig.shows("done");
    expect(rig.slack.cards()).toHaveLength(1);
  },
);

const inWords = (card: Message) => draw(card);

journey.concurrent(
  "the bot is not in the channel: the card is in the requester's direct messages and says why",
  async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", timing: QUICK }],
      slack: { channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS], botIsMember: false }] },
    });
    await rig.slack.command(BORIS, OPS, "create web-01");
    const card = await rig.shows("choosing");
    expect(rig.slack.directMessages(BORIS)).toContain(card);
    expect(inWords(card)).toContain("Shutter cannot write in #COPS, so this card is here.");
    expect(card.text).toContain(`Shutter cannot write in <#${OPS}>`);
    await rig.slack.click(BORIS, card, "request.live");
    const done = await rig.shows("done");
    await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
    expect(rig.slack.messages(OPS)).toEqual([]);
  },
);

journey.concurrent(
  "a private channel without the bot: the card is in the requester's direct messages",
  async ({ begin }) => {
    const rig = await begin({
      vms: [{ name: "web-01", timing: QUICK }],
      slack: { channels: [{ id: OPS, name: "ops", private: true, members: [ANNA], botIsMember: false }] },
    });
    await rig.slack.command(ANNA, OPS, "create web-01 --live");
    const done = await rig.shows("done");
    expect(rig.slack.directMessages(ANNA)).toContain(done);
    expect(inWords(done)).toContain("Shutter kann in #COPS nicht schreiben, deshalb ist diese Karte hier.");
  },
);

journey.concurrent(
  "the channel is archived during the job: the card moves to the direct messages and shows the end",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: SLOW }] }, ["second card"]);
    await shutDown(rig);
    const old = await rig.shows("snapshotting");
    rig.slack.changeChannel(OPS, { archived: true });
    const done = await rig.shows("done");
    expect(done.ts).not.toBe(old.ts);
    expect(rig.slack.directMessages(BORIS)).toContain(done);
    expect(rig.slack.cards()).toHaveLength(2);
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  },
);

journey.concurrent("an archived channel from the start: the card is in the direct messages", async ({ begin }) => {
  const rig = await begin({
    vms: [{ name: "web-01", timing: QUICK }],
    slack: { channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS], archived: true }] },
  });
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  const done = await rig.shows("done");
  expect(rig.slack.directMessages(BORIS)).toContain(done);
});

journey.concurrent(
  "the card is deleted meanwhile: it is posted anew, and only the new one counts",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: { ...SLOW, snapshotMs: 60_000 } }] });
    await shutDown(rig);
    const old = await rig.shows("snapshotting");
    await fetch(`${rig.slack.apiUrl}chat.delete`, {
      method: "POST",
      headers: { authorization: `Bearer ${rig.slack.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: old.channel, ts: old.ts }),
    });
    expect(rig.slack.cards()).toEqual([]);
    const done = await rig.shows("done");
    expect(done.ts).not.toBe(old.ts);
    expect(rig.slack.cards()).toEqual([done]);
  },
);

journey.concurrent(
  "a private answer whose response_url no longer works reaches its reader all the same",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01" }] });
    rig.slack.server.intercept((call) =>
      call.path.startsWith("/response/")
        ? { kind: "answer", reply: { status: 404, body: "expired_url" }, applied: false }
        : undefined,
    );
    await rig.slack.command(BORIS, OPS, "create web-99");
    expect(await rig.told(BORIS)).toContain("There is no VM `web-99` in this account.");
    expect(rig.slack.privateAnswers(BORIS)[0]!.via).toBe("ephemeral");
  },
);

journey.concurrent(
  "healthz says why while Slack does not let the bot sign in, and is well again by itself",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01" }] });
    const health = async () => {
      const answer = await fetch(`http://127.0.0.1:${rig.bot.port}/healthz`);
      return { status: answer.status, body: await answer.json() };
    };
    expect(await health()).toMatchObject({ status: 200, body: { status: "ok" } });
    rig.slack.outage(true);
    await rig.restart();
    expect(await health()).toMatchObject({ status: 503, body: { reason: "not signed in to Slack" } });
    rig.slack.outage(false);
    await rig.until(
      () => rig.logs.filter(({ message }) => message === "signed in to Slack").length === 2,
      "the sign-in",
    );
    expect(await health()).toMatchObject({ status: 200 });
  },
);
