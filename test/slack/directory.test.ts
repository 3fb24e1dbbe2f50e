import { describe, expect, onTestFinished, test } from "vitest";
import { startDemoSlack } from "../../src/demo/slack.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { UserId } from "../../src/domain/ids.ts";
import { createDirectory, personOf } from "../../src/slack/directory.ts";
import { webClient } from "../../src/slack/web.ts";
import { manualClock } from "../manual-clock.ts";

const ANNA = UserId.parse("U0ANNA");
const HOME = "T0DEMO";

describe("who somebody is", () => {
  const user = { id: ANNA, team_id: HOME, name: "anna" };

  test.each([
    { what: "a full member", is: {}, kind: "member" },
    { what: "somebody whose team Slack does not tell", is: { team_id: undefined }, kind: "member" },
    { what: "a guest", is: { is_restricted: true }, kind: "guest" },
    { what: "a guest of one channel", is: { is_ultra_restricted: true }, kind: "guest" },
    { what: "somebody from another workspace", is: { team_id: "T0OTHER" }, kind: "stranger" },
    { what: "somebody whom Slack calls a stranger", is: { is_stranger: true }, kind: "stranger" },
    { what: "a guest from another workspace", is: { team_id: "T0OTHER", is_restricted: true }, kind: "stranger" },
    { what: "a bot", is: { is_bot: true }, kind: "bot" },
    { what: "a bot from another workspace", is: { is_bot: true, is_stranger: true }, kind: "bot" },
    { what: "somebody who has left", is: { deleted: true }, kind: "deactivated" },
    { what: "a bot that was taken away", is: { deleted: true, is_bot: true }, kind: "deactivated" },
  ])("$what is a $kind", ({ is, kind }) => {
    expect(personOf({ ...user, ...(is as object) }, HOME).kind).toBe(kind);
  });

  test("is called what they chose, else what they are called", () => {
    const profile = { display_name: "Änni", real_name: "Anna A." };
    expect(personOf({ ...user, real_name: "Anna Adam", profile }, HOME).name).toBe("Änni");
    expect(personOf({ ...user, profile: { ...profile, display_name: "" } }, HOME).name).toBe("Anna A.");
    expect(personOf({ ...user, real_name: "Anna Adam", profile: {} }, HOME).name).toBe("Anna Adam");
    expect(personOf(user, HOME).name).toBe("anna");
    expect(personOf({ id: ANNA }, HOME).name).toBe(ANNA);
  });

  test.each([
    { locale: "de-DE", language: "de" },
    { locale: "fr-FR", language: "en" },
    { locale: undefined, language: undefined },
  ])("with locale $locale reads $language", ({ locale, language }) => {
    expect(personOf({ ...user, ...(locale && { locale }) }, HOME).language).toBe(language);
  });
});

describe("the directory", () => {
  async function aDirectory() {
    const clock = manualClock();
    const slack = await startDemoSlack({
      clock,
      signingSecret: "s",
      users: [
        { id: ANNA, name: "anna", locale: "de-DE" },
        { id: "U0SAM", name: "sam", stranger: true },
      ],
      channels: [],
    });
    onTestFinished(() => slack.close());
    const directory = createDirectory(webClient(slack.botToken, slack.apiUrl), clock, () => slack.teamId);
    const calls = () => slack.server.journal.filter(({ call }) => call.path === "/api/users.info").length;
    return { slack, clock, directory, calls };
  }

  test("asks once, however many want to know, and again after a minute", async () => {
    const { slack, clock, directory, calls } = await aDirectory();
    const found = await Promise.all([1, 2, 3].map(() => directory.person(ANNA)));
    expect(found).toEqual(Array(3).fill({ id: ANNA, name: "anna", kind: "member", language: "de" }));
    slack.changeUser(ANNA, { guest: true });
    clock.advance(MINUTE_MS - 1);
    expect((await directory.person(ANNA)).kind).toBe("member");
    expect(calls()).toBe(1);
    clock.advance(1);
    expect((await directory.person(ANNA)).kind).toBe("guest");
    expect(calls()).toBe(2);
  });

  test("does not remember that Slack did not tell", async () => {
    const { slack, directory } = await aDirectory();
    slack.outage(true);
    await expect(directory.person(ANNA)).rejects.toThrow();
    slack.outage(false);
    expect((await directory.person(ANNA)).name).toBe("anna");
  });

  test("throws for somebody whom Slack does not know, and knows strangers as such", async () => {
    const { directory } = await aDirectory();
    await expect(directory.person(UserId.parse("U0NOBODY"))).rejects.toMatchObject({ code: "user_not_found" });
    expect((await directory.person(UserId.parse("U0SAM"))).kind).toBe("stranger");
  });
});
