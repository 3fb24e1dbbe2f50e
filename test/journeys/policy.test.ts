import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, statusOf } from "../rig.ts";
import { answerTo } from "./answer-to.ts";
import { refusedIn } from "./audit-rows.ts";
import { EMIL, LAB, memoryOf, slack, submitted } from "./deputies.ts";
import { asked } from "./managing.ts";

/** What `shutter.yml` allows, forbids and limits. */

const rule = (...lines: string[]) => `policy:\n${lines.map((line) => `  - ${line}\n`).join("")}`;
const vms = [{ name: "web-01", tags: ["prod"], timing: QUICK }];
const NOW_OPEN = 'during: "mon-sun 00:00-24:00"';
const NEVER = 'outside: "mon-sun 00:00-24:00"';
const YES = "approval: { by: [group:sre] }";

journey.concurrent(
  "one way needs approval, the other does not: it is asked when a way is chosen",
  async ({ begin }) => {
    const rig = await begin({
      slack,
      vms,
      yaml: rule(
        `{ when: { action: create, how: offline, vm: "tag:prod", ${NOW_OPEN} }, allow: everyone, ${YES} }`,
        "{ allow: everyone }",
      ),
    });
    await rig.slack.command(ANNA, OPS, "create web-01");
    await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
    const card = await rig.shows("awaiting_approval");
    expect(card.text).toContain("anna asks to shut the VM down, take a snapshot and switch it on again.");
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
    await rig.slack.click(BORIS, card, "request.approve");
    await rig.shows("done");
    expect(rig.cloud.vm("web-01").snapshots).toMatchObject([{ live: false }]);
  },
);

journey.concurrent("outside of its hours a rule does not hold", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms,
    yaml: rule(`{ when: { action: create, ${NEVER} }, allow: everyone, ${YES} }`, "{ allow: everyone }"),
  });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.shows("done");
});

journey.concurrent(
  "approved is what was asked: the other way, which is forbidden, stays forbidden",
  async ({ begin }) => {
    const rig = await begin({
      slack,
      vms,
      yaml: rule(
        "{ when: { action: create, how: offline }, deny: true }",
        `{ when: { action: create }, allow: everyone, ${YES} }`,
      ),
    });
    await rig.slack.command(ANNA, OPS, "create web-01");
    const card = await rig.shows("awaiting_approval");
    await rig.slack.click(BORIS, card, "request.approve");
    const choosing = await rig.shows("choosing");
    await rig.slack.click(ANNA, choosing, "request.shutdown");
    expect(await rig.told(ANNA)).toBe("The policy forbids this here. (rule 1 of the policy) Nothing has been changed.");
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
    await rig.slack.click(ANNA, choosing, "request.live");
    await rig.shows("done");
  },
);

journey.concurrent("two ways with two rules: the yes to one is none to the other", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms,
    yaml: rule(
      `{ when: { action: create, how: offline }, allow: everyone, ${YES} }`,
      `{ when: { action: create }, allow: everyone, approval: { by: [${EMIL}] } }`,
    ),
  });
  await rig.slack.command(ANNA, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.live");
  const card = await rig.shows("awaiting_approval");
  await rig.slack.click(BORIS, card, "request.approve");
  await rig.told(BORIS);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  await rig.slack.click(EMIL, card, "request.approve");
  await rig.shows("done");
});

journey.concurrent("a policy that is read anew counts for the next click", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: rule("{ allow: everyone }") });
  await rig.slack.command(ANNA, OPS, "create web-01");
  const choosing = await rig.shows("choosing");
  await rig.bot.obey(rulesIn(parseBehaviour(rule("{ deny: true }"), "shutter.yml").behaviour!));
  await rig.slack.click(ANNA, choosing, "request.shutdown");
  expect(await rig.told(ANNA)).toMatch(/^The policy forbids this here/);
  await rig.slack.click(ANNA, choosing, "request.cancel");
  await rig.shows("cancelled");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("what was approved and is forbidden since is not done", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: rule(`{ allow: everyone, ${YES} }`) });
  await rig.slack.command(ANNA, OPS, "create web-01 --off");
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  const choosing = await rig.shows("choosing");
  await rig.bot.obey(rulesIn(parseBehaviour(rule("{ deny: true }"), "shutter.yml").behaviour!));
  await rig.slack.click(ANNA, choosing, "request.shutdown");
  expect(await rig.told(ANNA)).toMatch(/^The policy forbids this here/);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("an emergency covers what it was declared for, and nothing that comes after", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms: [{ ...vms[0]!, trouble: { ignoresShutdown: true } }],
    yaml: `snapshots: { shutdown_timeout: 20s }\nbreak_glass: { by: [${EMIL}], tell: "#ops" }\n${rule(
      `{ when: { action: power_off }, allow: [${ANNA}], ${YES} }`,
      `{ allow: everyone, ${YES} }`,
    )}`,
  });
  await rig.slack.command(ANNA, OPS, "create web-01 --off");
  await submitted(rig, EMIL, "break_glass", memoryOf(await rig.shows("awaiting_approval")));
  await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown");
  const stuck = await rig.shows("shutdown_stuck");
  await rig.slack.click(BORIS, stuck, "request.power_off");
  expect(await rig.told(BORIS)).toMatch(/^The policy allows this only to others\. \(rule 1/);
  await rig.slack.click(ANNA, stuck, "request.power_off");
  await rig.shows("awaiting_approval");
  expect(rig.cloud.vm("web-01").hardPowerOffs).toBe(0);
  await rig.slack.click(ANNA, rig.card(), "request.cancel");
  await rig.shows("cancelled");
});

journey.concurrent("channels and their members: what is allowed here is not allowed there", async ({ begin }) => {
  const rig = await begin({
    slack: {
      ...slack,
      channels: [
        { id: OPS, name: "ops", members: [ANNA] },
        { id: LAB, name: "lab", members: [ANNA, BORIS] },
      ],
    },
    vms,
    yaml: rule('{ when: { channel: "#ops" }, allow: members }', "{ deny: true }"),
  });
  await rig.slack.command(BORIS, OPS, "create web-01 --live");
  expect(await rig.told(BORIS)).toMatch(/^The policy allows this only to others\. \(rule 1/);
  await rig.slack.command(ANNA, LAB, "create web-01 --live");
  expect(await rig.told(ANNA)).toMatch(/^The policy forbids this here\. \(rule 2/);
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  await rig.shows("done");
});

journey.concurrent("so many requests an hour, and no more", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms: ["web-01", "web-02", "web-03"].map((name) => ({ name, timing: QUICK })),
    yaml: "limits: [{ requests_per_hour: 2 }]",
  });
  for (const vm of ["web-01", "web-02"]) {
    await rig.slack.command(ANNA, OPS, `create ${vm} --live`);
    await rig.shows("done", vm);
  }
  await rig.slack.command(ANNA, OPS, "create web-03 --live");
  expect(await rig.told(ANNA)).toMatch(/^You may ask for at most 2 in an hour\. The next one is possible/);
  await rig.slack.command(BORIS, OPS, "create web-03 --live");
  await rig.shows("done", "web-03");
});

journey.concurrent("so many at once, and no more; those that wait for approval count", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms: ["web-01", "web-02"].map((name) => ({ name, timing: QUICK })),
    yaml: `limits: [{ running: 1 }]\n${rule(`{ allow: everyone, ${YES} }`)}`,
  });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await rig.slack.command(ANNA, OPS, "create web-02 --live");
  expect(await rig.told(ANNA)).toMatch(/^At most 1 of your requests may be under way at once/);
  await rig.slack.click(ANNA, card, "request.cancel");
  await rig.shows("cancelled");
  await rig.slack.command(ANNA, OPS, "create web-02 --live");
  await rig.shows("awaiting_approval", "web-02");
});

journey.concurrent("a reason that is wanted is asked for", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms,
    yaml: rule("{ allow: everyone, approval: { by: [group:sre], reason: required } }"),
  });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  expect(await asked(rig, ANNA)).toMatchObject({ callbackId: "confirm", title: "Why" });
  expect(rig.slack.cards()).toEqual([]);
  await rig.slack.command(ANNA, OPS, 'create web-01 --live --reason "the upgrade"');
  expect((await rig.shows("awaiting_approval")).text).toContain("the upgrade");
});

journey.concurrent("what only looks needs no rule", async ({ begin }) => {
  const rig = await begin({ slack, vms: [{ ...vms[0]!, snapshots: 2 }], yaml: rule("{ deny: true }") });
  for (const command of ["list", "list web-01", "status", "history", "help"])
    expect((await answerTo(rig, ANNA, command)).text).not.toMatch(/policy forbids/);
  expect(rig.slack.cards().map(statusOf)).toEqual([]);
});

journey.concurrent("a flood does not get past a limit by being quick", async ({ begin }) => {
  const names = ["web-01", "web-02", "web-03", "web-04", "web-05"];
  const rig = await begin({
    slack,
    vms: names.map((name) => ({ name, timing: QUICK })),
    yaml: "limits: [{ requests_per_hour: 2 }]",
  });
  await Promise.all(names.map((name) => rig.slack.command(ANNA, OPS, `create ${name} --live`)));
  await rig.told(ANNA, 3);
  await rig.slack.waitFor(() => rig.slack.cards().filter((card) => statusOf(card) === "done").length === 2, "two ends");
  expect(rig.slack.cards()).toHaveLength(2);
});

journey.concurrent("a reason that only one way needs is asked for when that way is chosen", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms,
    yaml: rule(
      "{ when: { action: create, how: offline }, allow: everyone, approval: { by: [group:sre], reason: required } }",
      "{ allow: everyone }",
    ),
  });
  await rig.slack.command(ANNA, OPS, "create web-01");
  const choosing = await rig.shows("choosing");
  await rig.slack.click(ANNA, choosing, "request.shutdown");
  expect(await asked(rig, ANNA)).toMatchObject({ callbackId: "confirm", title: "Why" });
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  await rig.slack.click(ANNA, choosing, "request.live");
  await rig.shows("done");
});

journey.concurrent("guests may do what a rule allows to guests by name, and nothing else", async ({ begin }) => {
  const rig = await begin({
    slack,
    vms: [...vms, { name: "test-01", timing: QUICK }],
    yaml: rule(
      '{ when: { vm: "test-*", how: live, action: create }, allow: [everyone, guests] }',
      "{ allow: everyone }",
    ),
  });
  const told = async (command: string) => (await answerTo(rig, CLARA, command)).text;
  expect(await told("may create test-01 --live")).toContain("*Yes:* take a live snapshot. Rule 1 says so");
  expect(await told("create web-01 --live")).toBe(
    "The policy does not allow this to guests. (rule 2 of the policy) Nothing has been changed.",
  );
  expect(await told("off test-01")).toMatch(/^The policy does not allow this to guests\. \(rule 2/);
  expect(rig.slack.cards()).toEqual([]);

  await rig.slack.command(CLARA, OPS, "create test-01");
  const choosing = await rig.shows("choosing");
  await rig.slack.click(CLARA, choosing, "request.shutdown");
  const refusal = await rig.slack.waitFor(() => rig.slack.privateAnswers(CLARA)[3], "the refusal");
  expect(refusal.text).toMatch(/^The policy does not allow this to guests\. \(rule 2/);
  await rig.slack.click(CLARA, choosing, "request.live");
  await rig.shows("done");
  expect(rig.cloud.vm("test-01").snapshots).toMatchObject([{ live: true }]);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent(
  "a guest whom no rule names any more can do nothing more with a card of theirs",
  async ({ begin }) => {
    const rig = await begin({ slack, vms, yaml: rule("{ allow: guests }") });
    await rig.slack.command(CLARA, OPS, "create web-01");
    const choosing = await rig.shows("choosing");
    await rig.bot.obey(rulesIn(parseBehaviour(rule("{ allow: everyone }"), "shutter.yml").behaviour!));
    await rig.slack.click(CLARA, choosing, "request.cancel");
    expect(await rig.told(CLARA)).toMatch(/^Only full members/);
    expect(statusOf(choosing)).toBe("choosing");
  },
);

journey.concurrent("a yes that was enough then is not enough for what needs more by now", async ({ begin }) => {
  const one = rule(`{ when: { how: offline }, allow: everyone, ${YES} }`, "{ allow: everyone }");
  const rig = await begin({ slack, vms, yaml: one });
  await rig.slack.command(ANNA, OPS, "create web-01 --off");
  await rig.slack.click(BORIS, await rig.shows("awaiting_approval"), "request.approve");
  const choosing = await rig.shows("choosing");
  const two = one.replace("group:sre]", "group:sre], count: 2");
  await rig.bot.obey(rulesIn(parseBehaviour(two, "shutter.yml").behaviour!));
  await rig.slack.click(ANNA, choosing, "request.shutdown");
  expect((await rig.shows("awaiting_approval")).text).toContain("2 approvals are needed");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});

journey.concurrent("an approver is not told that they may not, when it is whoever asked", async ({ begin }) => {
  const rig = await begin({ slack, vms, yaml: rule(`{ allow: [${ANNA}], ${YES} }`) });
  await rig.slack.command(ANNA, OPS, "create web-01 --live");
  const card = await rig.shows("awaiting_approval");
  await rig.bot.obey(rulesIn(parseBehaviour(rule(`{ allow: [${EMIL}], ${YES} }`), "shutter.yml").behaviour!));
  await rig.slack.click(BORIS, card, "request.approve");
  expect(await rig.told(BORIS)).toMatch(/^Whoever asked for this may not do it any more/);
  expect(refusedIn(rig)).toEqual([`${BORIS} approve: requester_lost`]);
  await submitted(rig, BORIS, "deny", memoryOf(card));
  await rig.shows("denied");
});
