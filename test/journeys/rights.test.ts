import { expect } from "vitest";
import type { Message } from "../../src/demo/slack.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, statusOf } from "../rig.ts";

const STRANGER = "USTRANGER";
const ROBOT = "UROBOT";
const GONE = "UGONE";
const users = [
  { id: ANNA, name: "anna", locale: "de-DE" },
  { id: BORIS, name: "boris", locale: "en-US" },
  { id: CLARA, name: "clara", locale: "en-GB", guest: true },
  { id: STRANGER, name: "sam", locale: "en-US", stranger: true },
  { id: ROBOT, name: "robot", locale: "en-US", bot: true },
  { id: GONE, name: "gus", locale: "en-US", deleted: true },
];
const slack = { users, channels: [{ id: OPS, name: "ops", members: users.map(({ id }) => id) }] };
const NOT_MEMBER = "Only full members of this workspace may do that. Nothing has been changed.";

const idOf = (card: Message) => String(card.metadata?.event_payload.id);

/** A press as Slack would send it, signed, with whatever in it. */
const pressed = (rig: Rig, by: object, at: { channel: string; ts: string }, action: object) =>
  rig.slack.send({
    payload: {
      type: "block_actions",
      user: by,
      team: { id: rig.slack.teamId },
      channel: { id: at.channel },
      message: { ts: at.ts },
      container: { type: "message", channel_id: at.channel, message_ts: at.ts },
      actions: [{ type: "button", block_id: "b", action_ts: "1", ...action }],
    },
  });

for (const [who, id] of Object.entries({
  "a guest": CLARA,
  "somebody of another workspace": STRANGER,
  "a bot": ROBOT,
  "somebody deactivated": GONE,
})) {
  journey.concurrent(`${who} may look but not act, and is told so in private`, async ({ begin }) => {
    const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
    await rig.slack.command(id, OPS, "create web-01 --live");
    expect(await rig.told(id)).toBe(NOT_MEMBER);
    expect(rig.slack.messages()).toEqual([]);

    await rig.slack.command(BORIS, OPS, "create web-01");
    const choosing = await rig.shows("choosing");
    for (const [at, action] of ["request.shutdown", "request.live", "request.cancel"].entries()) {
      await rig.slack.click(id, choosing, action);
      expect(await rig.told(id, at + 2)).toBe(NOT_MEMBER);
    }
    await rig.slack.command(id, OPS, "cancel web-01");
    expect(await rig.told(id, 5)).toBe(NOT_MEMBER);
    await rig.slack.command(id, OPS, "status");
    expect(await rig.told(id, 6)).toContain("Open requests");
    expect(statusOf(choosing)).toBe("choosing");
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
  });
}

journey.concurrent("a member's id from another team is nobody here", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const choosing = await rig.shows("choosing");
  const answer = await pressed(rig, { id: BORIS, team_id: "T0OTHER" }, choosing, {
    action_id: "request.live",
    value: idOf(choosing),
  });
  expect(answer.status).toBe(200);
  expect(await rig.told(BORIS)).toBe(NOT_MEMBER);
  expect(statusOf(choosing)).toBe("choosing");
});

journey.concurrent("choosing belongs to the requester; another member is told whose it is", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(ANNA, OPS, "create web-01");
  const choosing = await rig.shows("choosing");
  for (const [at, action] of ["request.shutdown", "request.live", "request.cancel"].entries()) {
    await rig.slack.click(BORIS, choosing, action);
    expect(await rig.told(BORIS, at + 1)).toBe("Only anna, who asked for this, may do that. Nothing has been changed.");
  }
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("trying again belongs to the requester", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK, trouble: { snapshotFails: true } }] });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.slack.click(BORIS, await rig.shows("failed"), "request.retry");
  expect(await rig.told(BORIS)).toContain("Only anna, who asked for this, may do that.");
  expect(rig.slack.cards()).toHaveLength(1);
});

journey.concurrent(
  "a button's value is not believed: another request's id, none at all, one that never was",
  async ({ begin }) => {
    const rig = await begin({
      slack,
      vms: [
        { name: "web-01", timing: QUICK },
        { name: "web-02", timing: QUICK },
      ],
    });
    await rig.slack.command(BORIS, OPS, "create web-01");
    await rig.slack.command(BORIS, OPS, "create web-02");
    const one = await rig.shows("choosing", "web-01");
    const two = await rig.shows("choosing", "web-02");

    await rig.slack.click(BORIS, one, "request.live", { value: idOf(two), evenIfGone: true });
    expect(await rig.told(BORIS)).toBe("This button does not belong to this card. Nothing has been changed.");
    await rig.slack.click(BORIS, one, "request.live", { value: "r0000000000000000", evenIfGone: true });
    expect(await rig.told(BORIS, 2)).toContain("Shutter does not know this request.");
    for (const value of ["", "__proto__", "x".repeat(2000), "' OR 1=1 --"]) {
      expect((await rig.slack.click(BORIS, one, "request.live", { value, evenIfGone: true })).status).toBe(200);
    }
    expect([statusOf(one), statusOf(two)]).toEqual(["choosing", "choosing"]);
    expect(rig.cloud.vms().flatMap(({ operations }) => operations)).toEqual([]);
  },
);

journey.concurrent("a copy of the card in another place is not the card", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const card = await rig.shows("choosing");
  const by = { id: BORIS, team_id: rig.slack.teamId };
  const action = { action_id: "request.live", value: idOf(card) };
  await pressed(rig, by, { channel: OPS, ts: "1700000000.000100" }, action);
  expect(await rig.told(BORIS)).toContain("This button does not belong to this card.");
  await pressed(rig, by, { channel: "COTHER", ts: card.ts }, action);
  await rig.slack.waitFor(
    () => rig.slack.directMessages(BORIS).length + rig.slack.privateAnswers(BORIS).length >= 2,
    "a second answer",
  );
  expect(statusOf(card)).toBe("choosing");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("buttons that a card never had do nothing", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const card = await rig.shows("choosing");
  for (const [at, action] of ["request.power_off", "request.wait", "vm.power_on", "request.retry"].entries()) {
    await rig.slack.click(BORIS, card, action, { value: idOf(card), evenIfGone: true });
    expect(await rig.told(BORIS, at + 1)).not.toBe("");
  }
  for (const action of [
    "request.approve",
    "snapshot.delete",
    "vm.shutdown",
    "vm.power_off",
    "no.such",
    "constructor",
  ]) {
    expect((await rig.slack.click(BORIS, card, action, { value: idOf(card), evenIfGone: true })).status).toBe(200);
  }
  expect(statusOf(card)).toBe("choosing");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("stale clicks: who comes second is told who came first, and when", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: { ...QUICK, snapshotMs: 30_000 } }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const card = await rig.shows("choosing");
  await rig.slack.click(BORIS, card, "request.live");
  await rig.shows("snapshotting");
  await rig.slack.click(BORIS, card, "request.shutdown", { evenIfGone: true });
  expect(await rig.told(BORIS)).toMatch(
    /^boris decided this at <!date\^\d+\^\{time\}\|[^>]+>\. The choice has already been made;/,
  );
  await rig.shows("done");
  await rig.slack.click(BORIS, card, "request.live", { evenIfGone: true });
  expect(await rig.told(BORIS, 2)).toContain("This request has already ended.");
  expect(rig.cloud.vm("web-01")).toMatchObject({ offPeriods: [], snapshots: [{}] });
});

journey.concurrent("a right that is taken away between drawing and click counts", async ({ begin }) => {
  const rig = await begin({ slack, speed: 100, vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const card = await rig.shows("choosing");
  rig.slack.changeUser(BORIS, { deleted: true });
  const later = Number(rig.clock.now()) + 61_000; // who people are is asked for at least once a minute
  await rig.until(() => Number(rig.clock.now()) > later, "a minute to pass");
  await rig.slack.click(BORIS, card, "request.live");
  expect(await rig.told(BORIS)).toBe(NOT_MEMBER);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("somebody whom Slack does not know does nothing", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const card = await rig.shows("choosing");
  await pressed(rig, { id: "UNOBODY", team_id: rig.slack.teamId }, card, {
    action_id: "request.live",
    value: idOf(card),
  });
  await rig.until(
    () => rig.slack.server.journal.some(({ call }) => call.body.includes("UNOBODY")),
    "the question who that is",
  );
  expect(statusOf(card)).toBe("choosing");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});
