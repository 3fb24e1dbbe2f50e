import { expect } from "vitest";
import { draw, type Message } from "../../src/demo/slack.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, statusOf } from "../rig.ts";

const DORA = "UDORA";
const EMIL = "UEMIL";
const SECURITY = "CSECURITY";
const slack = {
  users: [
    { id: ANNA, name: "anna", realName: "Anna", locale: "de-DE", email: "anna@example.com" },
    { id: BORIS, name: "boris", realName: "Boris", locale: "en-US" },
    { id: CLARA, name: "clara", realName: "Clara", locale: "en-GB", guest: true },
    { id: DORA, name: "dora", realName: "Dora", locale: "de-DE", email: "dora@example.com" },
    { id: EMIL, name: "emil", realName: "Emil", locale: "en-US", deleted: true },
  ],
  channels: [
    { id: OPS, name: "ops", members: [ANNA, BORIS, CLARA, DORA] },
    { id: SECURITY, name: "security", members: [DORA] },
  ],
  groups: [{ id: "SSRE", handle: "sre", users: [ANNA, BORIS, CLARA, EMIL] }],
};
const vms = [{ name: "web-01", timing: QUICK }];

const policy = (by: string, more = "") => `
policy:
  - when: { action: create }
    allow: everyone
    approval: { by: [${by}]${more} }
  - otherwise: deny
break_glass: { by: everyone, tell: "#security" }
`;

const direct = (rig: Rig, user: string) => rig.slack.directMessages(user).map(({ text }) => text);
const asked = (rig: Rig, ...users: string[]) =>
  rig.slack.waitFor(
    () => users.every((user) => direct(rig, user).length > 0),
    `messages to ${users.join(", ")}`,
    20_000,
  );

/** Anna declares an emergency. */
async function declares(rig: Rig, card: Message, why: string): Promise<void> {
  await rig.slack.click(ANNA, card, "request.break_glass");
  await rig.slack.waitFor(() => rig.slack.view(ANNA), "a dialog");
  rig.slack.fill(ANNA, "decision.why", why);
  await rig.slack.submit(ANNA);
}

journey.concurrent("approvers each get one message with the card's link, in their language", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("group:sre, dora@example.com, U0NOBODY") });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await asked(rig, BORIS, DORA);
  const link = `https://demo.slack.com/archives/${OPS}/p${card.ts.replace(".", "")}`;
  const { text: boris } = rig.slack.directMessages(BORIS)[0]!;
  expect(boris).toMatch(/^\*`web-01`:\* anna asks to take a live snapshot\. Your approval is needed, until <!date/);
  expect(boris).toContain(`<${link}|To the card>`);
  expect(direct(rig, DORA)).toHaveLength(1);
  expect(direct(rig, DORA)[0]).toContain(
    "anna möchte einen Live-Snapshot erstellen. Dafür wird deine Freigabe gebraucht",
  );
  expect(direct(rig, DORA)[0]).toContain(`<${link}|Zur Karte>`);
  expect(rig.thread(card).join("\n")).not.toContain("<@");
  // Neither who asks, nor guests, nor those who have left.
  for (const user of [ANNA, CLARA, EMIL]) expect(direct(rig, user)).toEqual([]);

  await rig.restart();
  await rig.slack.command(BORIS, OPS, "status");
  await rig.told(BORIS);
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.shows("done");
  expect([...direct(rig, BORIS), ...direct(rig, DORA)]).toHaveLength(2);
});

journey.concurrent("reminders repeat no message", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("group:sre", ", remind: 1m, expires: 3m") });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await asked(rig, BORIS);
  await rig.until(() => rig.thread(card).some((line) => line.includes("noch")), "a reminder");
  await rig.shows("expired");
  expect(direct(rig, BORIS)).toHaveLength(1);
  await rig.until(() => rig.thread(card).some((line) => line.startsWith(`<@${ANNA}> `)), "a mention");
});

journey.concurrent("everybody at once is nobody in particular", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("everyone, members, guests") });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.shows("done");
  for (const user of [BORIS, CLARA, DORA]) expect(direct(rig, user)).toEqual([]);
});

journey.concurrent("who asks is asked too where their own yes counts", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy(BORIS, ", not: nobody") });
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  await rig.shows("awaiting_approval");
  await asked(rig, BORIS);
});

journey.concurrent("who comes into the group while it waits is asked as well", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("group:sre") });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.shows("awaiting_approval");
  await asked(rig, BORIS);
  await rig.slack.changeGroup("SSRE", { users: [ANNA, BORIS, DORA] });
  await asked(rig, DORA);
  expect(direct(rig, BORIS)).toHaveLength(1);
});

journey.concurrent("who is denied is told by mention in the thread", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("group:sre") });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await rig.slack.click(BORIS, card, "request.deny");
  await rig.slack.waitFor(() => rig.slack.view(BORIS), "a dialog");
  await rig.slack.fill(BORIS, "decision.why", "not today");
  await rig.slack.submit(BORIS);
  await rig.shows("denied");
  await rig.until(() => rig.thread(card).some((line) => line.startsWith(`<@${ANNA}> boris`)), "a mention");
});

journey.concurrent("a rate limit delays a message, a refusal and a lost answer do not repeat it", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("group:sre, dora@example.com") });
  const tries = { [BORIS]: 0, [DORA]: 0 };
  rig.slack.server.intercept((call) => {
    const to = new URLSearchParams(call.body).get("channel");
    if (call.path !== "/api/chat.postMessage" || !(to === BORIS || to === DORA)) return undefined;
    tries[to] += 1;
    if (to === DORA) return { kind: "reset", applied: true };
    if (tries[BORIS] > 1) return undefined;
    return { kind: "answer", applied: false, reply: { status: 429, headers: { "retry-after": "2" }, body: "" } };
  });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await asked(rig, BORIS, DORA);
  await rig.restart();
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.shows("done");
  expect(tries).toEqual({ [BORIS]: 2, [DORA]: 1 });
  expect(direct(rig, DORA)).toHaveLength(1);
});

journey.concurrent("an emergency is told once where the policy says", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: policy("group:sre") });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await declares(rig, card, "the <!channel> burns");
  await rig.shows("done");
  const [told] = await rig.slack.waitFor(
    () => rig.slack.messages(SECURITY).length > 0 && rig.slack.messages(SECURITY),
    "it being told",
  );
  expect(told!.text).toContain("*Notfall bei `web-01`:* anna");
  expect(told!.text).toContain("`the &lt;!channel&gt; burns`");
  expect(draw(told!, rig.clock.now())).toContain("Zur Karte");
  await rig.restart();
  await rig.slack.command(BORIS, OPS, "status");
  await rig.told(BORIS);
  expect(rig.slack.messages(SECURITY)).toHaveLength(1);
  expect(statusOf(card)).toBe("done");
});

journey.concurrent(
  "an emergency whose message got no answer is told again, rather than not at all",
  async ({ begin }) => {
    const rig = await begin({ slack, vms, yaml: policy("group:sre"), speed: 60 }, ["error logged"]);
    let tries = 0;
    rig.slack.server.intercept(({ path, body }) => {
      if (!path.endsWith("/chat.postMessage") || !body.includes(SECURITY)) return undefined;
      tries += 1;
      return tries === 1 ? { kind: "reset", applied: false } : undefined;
    });
    await rig.slack.command(ANNA, OPS, "create web-01 --live");
    const card = await rig.shows("awaiting_approval");
    await rig.slack.click(ANNA, card, "request.break_glass");
    await rig.slack.waitFor(() => rig.slack.view(ANNA), "a dialog");
    await rig.slack.fill(ANNA, "decision.why", "it burns");
    await rig.slack.submit(ANNA);
    await rig.slack.waitFor(() => rig.slack.messages(SECURITY).length === 1, "it being told", 20_000);
    expect(tries).toBe(2);
  },
);

journey.concurrent("an emergency that cannot be told is an error for the operators", async ({ begin }) => {
  const yaml = policy("group:sre").replace("#security", "#nowhere");
  const rig = await begin({ slack, vms, yaml }, ["error logged"]);
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await declares(rig, card, "it burns");
  await rig.until(
    () => rig.logs.some(({ level, message }) => level === "error" && message.includes("emergency")),
    "an error",
  );
});
