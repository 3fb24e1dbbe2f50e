import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import { controlsOn, homeSays, opensHome, readHome } from "../home-page.ts";
import { journey } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig } from "../rig.ts";
import { asksFor, CLEO, DORA, EMIL, expectNoEffect, idOf, pressed, prod, slack, yaml } from "./deputies.ts";

/** What was asked for in direct messages has its card there, where nobody else sees it; approvers decide at their Home. */

const member = (rig: Rig, id: string) => ({ id, team_id: rig.slack.teamId });

const AT_HOME = { view: { id: "VHOME", type: "home", state: { values: {} } } };

/** What is pressed at Home is answered in direct messages. */
const answered = (rig: Rig, user: string, text: RegExp) =>
  rig.slack.waitFor(
    () => rig.slack.directMessages(user).some((message) => text.test(message.text)),
    `an answer to ${user} like ${text}`,
  );

async function asksInPrivate(rig: Rig, command = 'create web-01 --live --reason "kernel upgrade"') {
  await rig.slack.command(ANNA, rig.slack.directChannel(ANNA), command);
  const card = await rig.shows("awaiting_approval");
  expect(card.channel).toBe(rig.slack.directChannel(ANNA));
  return card;
}

journey.concurrent(
  "each approver is told, sees what it is, and says yes; then nothing waits any more",
  async ({ begin }) => {
    const rig = await begin(prod);
    await opensHome(rig, BORIS, "Nothing waits for you.");
    const card = await asksInPrivate(rig);
    await rig.slack.waitFor(() => rig.slack.directMessages(BORIS).length === 1, "the message to Boris");
    const { text } = rig.slack.directMessages(BORIS)[0]!;
    expect(text).toMatch(/^\*`web-01`:\* anna asks to take a live snapshot\. Your approval is needed, until <!date/);
    expect(text).toContain("Why: `kernel upgrade`");
    expect(text).toContain("The card is in direct messages that you cannot see; decide on Shutter's *Home* tab.");
    const asking = await homeSays(
      rig,
      BORIS,
      "anna asks to take a live snapshot.",
      "The VM keeps running.",
      "kernel upgrade",
    );
    expect(controlsOn(asking).filter((control) => control.endsWith(idOf(card)))).toEqual([
      `request.approve ${idOf(card)}`,
      `request.deny ${idOf(card)}`,
    ]);
    await rig.slack.click(BORIS, asking, "request.approve");
    await homeSays(rig, BORIS, "Nothing waits for you.");
    const cleos = await opensHome(rig, CLEO, "anna asks to take a live snapshot.", "Approved so far: boris");
    await rig.slack.click(CLEO, cleos, "request.approve");
    const done = await rig.shows("done");
    expect(JSON.stringify(done.blocks)).toContain("boris, cleo");
    await homeSays(rig, CLEO, "Nothing waits for you.");
  },
);

journey.concurrent("a no from Home asks why, and ends it", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksInPrivate(rig);
  const asking = await opensHome(rig, DORA, "anna möchte einen Live-Snapshot erstellen.");
  await rig.slack.click(DORA, asking, "request.deny");
  await rig.slack.waitFor(() => rig.slack.view(DORA), "the dialog");
  rig.slack.fill(DORA, "decision.why", "not today");
  await rig.slack.submit(DORA);
  expect((await rig.shows("denied")).text).toContain("not today");
  expectNoEffect(rig, card, "denied");
});

journey.concurrent(
  "nobody else has it at their Home, and pressing it all the same has no effect",
  async ({ begin }) => {
    const rig = await begin(prod);
    const card = await asksInPrivate(rig);
    rig.bot.obey(rulesIn(parseBehaviour(yaml.replace(/^break_glass.*$/m, ""), "shutter.yml").behaviour!));
    await opensHome(rig, EMIL, "Nothing waits for you.", "anna");
    await opensHome(rig, CLARA, "anna");
    await opensHome(rig, ANNA, "Nothing waits for you.");
    for (const user of [EMIL, CLARA, ANNA]) expect(readHome(rig, user)).not.toContain("asks to take a live snapshot");
    const button = { action_id: "request.approve", value: idOf(card) };
    for (const [user, why] of [
      [EMIL, /^You are not among those who may approve this/],
      [ANNA, /^You have asked for this yourself/],
      [CLARA, /^Guests may not approve/],
    ] as const) {
      await pressed(rig, member(rig, user), undefined, button, AT_HOME);
      await answered(rig, user, why);
    }
    expectNoEffect(rig, card);
  },
);

journey.concurrent("an emergency is declared at Home where nobody else sees the card", async ({ begin }) => {
  const rig = await begin(prod);
  const card = await asksInPrivate(rig);
  const seen = await opensHome(rig, EMIL, "anna asks to take a live snapshot.");
  expect(controlsOn(seen).filter((control) => control.endsWith(idOf(card)))).toEqual([
    `request.break_glass ${idOf(card)}`,
  ]);
  await rig.slack.click(EMIL, seen, "request.break_glass");
  await rig.slack.waitFor(() => rig.slack.view(EMIL), "the dialog");
  rig.slack.fill(EMIL, "decision.why", "the shop is down");
  await rig.slack.submit(EMIL);
  expect((await rig.shows("done")).text).toContain("emil went on without approval");
});

journey.concurrent("what is asked for at Home is asked for in no channel, until the end", async ({ begin }) => {
  const yaml =
    "policy:\n  - { when: { channel: direct }, deny: true }\n  - { allow: everyone, approval: { by: [group:sre] } }\n";
  const rig = await begin({ ...prod, yaml });
  const home = await opensHome(rig, ANNA, "web-01");
  await rig.slack.click(ANNA, home, "home.create", { value: "web-01" });
  const dialog = await rig.slack.waitFor(
    () => (rig.slack.view(ANNA)?.submit ? rig.slack.view(ANNA) : undefined),
    "the dialog",
  );
  await rig.slack.choose(ANNA, dialog, "create.how", "live");
  await rig.slack.submit(ANNA);
  const card = await rig.shows("awaiting_approval");
  expect(card.channel).toBe(rig.slack.directChannel(ANNA));
  await rig.slack.click(BORIS, await opensHome(rig, BORIS, "anna asks"), "request.approve");
  await rig.shows("done");
});

journey.concurrent("nobody is a member of somebody else's direct messages", async ({ begin }) => {
  const yaml = "policy:\n  - { allow: everyone, approval: { by: members, not: nobody } }\n";
  const rig = await begin({ ...prod, yaml });
  const card = await asksInPrivate(rig);
  const button = { action_id: "request.approve", value: idOf(card) };
  await pressed(rig, member(rig, BORIS), undefined, button, AT_HOME);
  await answered(rig, BORIS, /^You are not among those who may approve this/);
  expectNoEffect(rig, card);
  await rig.slack.click(ANNA, card, "request.approve");
  await rig.shows("done");
});

journey.concurrent("what waits in a channel is at Home as well, until somebody has said yes", async ({ begin }) => {
  const rig = await begin({ ...prod, slack });
  const card = await asksFor(rig);
  await opensHome(rig, CLEO, "anna asks to take a live snapshot.");
  await rig.slack.click(CLEO, card, "request.approve");
  await homeSays(rig, CLEO, "Nothing waits for you.");
  const button = { action_id: "request.approve", value: idOf(card) };
  await pressed(rig, member(rig, CLEO), undefined, button, AT_HOME);
  await answered(rig, CLEO, /^You have approved this already/);
  expect(card.channel).toBe(OPS);
  expectNoEffect(rig, card);
});
