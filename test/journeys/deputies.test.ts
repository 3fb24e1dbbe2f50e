import { expect } from "vitest";
import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import type { Message } from "../../src/demo/slack.ts";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, type RigOptions } from "../rig.ts";
import { refusedIn } from "./audit-rows.ts";
import {
  asksFor,
  CLEO,
  DORA,
  EMIL,
  expectNoEffect,
  GONE,
  idOf,
  LAB,
  memoryOf,
  pressed,
  prod,
  ROBOT,
  SRE,
  STRANGER,
  seenByOthers,
  submitted,
  toldTo,
  yaml,
} from "./deputies.ts";

/** Each tries to make the bot do for them what they may not do themselves. Nothing comes of it, they alone are told so, and the audit says it. */

interface Case {
  it: string;
  /** Who is told, and what. */
  who: string;
  told: RegExp;
  /** What the audit says that they wanted, and why they did not get it. */
  row: `${string}: ${string}`;
  /** What was refused before, which nobody is told. */
  rowsBefore?: readonly string[];
  status?: string;
  options?: Partial<RigOptions>;
  tries(rig: Rig, card: Message): Promise<unknown>;
}

const approves = (user: string) => (rig: Rig, card: Message) => rig.slack.click(user, card, "request.approve");
const obeys = (rig: Rig, text: string) => rig.bot.obey(rulesIn(parseBehaviour(text, "shutter.yml").behaviour!));
const button = (card: Message, action = "approve") => ({ action_id: `request.${action}`, value: idOf(card) });
const member = (rig: Rig, id: string) => ({ id, team_id: rig.slack.teamId });
/** So many milliseconds of the rig's time go by. */
const pass = async (rig: Rig, ms: number) => {
  const then = Number(rig.clock.now()) + ms;
  await new Promise<void>((resolve) => rig.clock.after(then - Number(rig.clock.now()), resolve));
};
const NOT_ONE = { told: /^You are not among those who may approve this/, row: "approve: not_an_approver" } as const;
const FORGED = { told: /^This button does not belong to this card/, row: "approve: forged" } as const;
const ENDED = { told: /Nothing here waits for approval any more/, row: "approve: not_awaiting" } as const;
const RULED = { told: /^The policy forbids this here\. \(rule 1 of the policy\)/ } as const;

const CASES: readonly Case[] = [
  {
    it: "the requester approves",
    who: ANNA,
    told: /^You have asked for this yourself/,
    row: "approve: own_request",
    tries: approves(ANNA),
  },
  { it: "a member who is not named approves", who: EMIL, ...NOT_ONE, tries: approves(EMIL) },
  {
    it: "a guest in the group approves",
    who: CLARA,
    told: /^Guests may not approve/,
    row: "approve: guest",
    tries: approves(CLARA),
  },
  { it: "somebody of Slack Connect in the group approves", who: STRANGER, ...NOT_ONE, tries: approves(STRANGER) },
  { it: "a bot in the group approves", who: ROBOT, ...NOT_ONE, tries: approves(ROBOT) },
  { it: "somebody deactivated in the group approves", who: GONE, ...NOT_ONE, tries: approves(GONE) },
  {
    it: "a member's id comes from another team",
    who: BORIS,
    ...NOT_ONE,
    tries: (rig, card) => pressed(rig, { id: BORIS, team_id: "T0OTHER" }, card, button(card)),
  },
  {
    it: "one person approves twice",
    who: BORIS,
    told: /^You have approved this already/,
    row: "approve: already_approved",
    async tries(rig, card) {
      await approves(BORIS)(rig, card);
      await rig.slack.waitFor(() => card.text.includes("Approved so far: boris"), "the first yes");
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "one person approves from two devices at once",
    who: BORIS,
    told: /^You have approved this already/,
    row: "approve: already_approved",
    tries: (rig, card) => Promise.all([approves(BORIS)(rig, card), approves(BORIS)(rig, card)]),
  },
  {
    it: "the requester approves by the value of another's request",
    who: ANNA,
    ...FORGED,
    async tries(rig, card) {
      const other = await asksFor(rig, "web-02", EMIL);
      await pressed(rig, member(rig, ANNA), card, button(other));
    },
  },
  {
    it: "an approver's click carries another request's id",
    who: BORIS,
    ...FORGED,
    async tries(rig, card) {
      const other = await asksFor(rig, "web-02");
      await pressed(rig, member(rig, BORIS), other, button(card));
    },
  },
  {
    it: "a click carries the id of a request that never was",
    who: BORIS,
    told: /^Shutter does not know this request/,
    row: "approve: unknown_request",
    tries: (rig, card) => pressed(rig, member(rig, BORIS), card, { ...button(card), value: "r0000000000000000" }),
  },
  {
    it: "the card was copied to another message of the channel",
    who: BORIS,
    ...FORGED,
    tries: (rig, card) => pressed(rig, member(rig, BORIS), { channel: OPS, ts: "1700000000.000100" }, button(card)),
  },
  {
    it: "the card was copied to another channel",
    who: BORIS,
    ...FORGED,
    tries: (rig, card) => pressed(rig, member(rig, BORIS), { channel: LAB, ts: card.ts }, button(card)),
  },
  {
    it: "a click comes from no message at all",
    who: BORIS,
    ...FORGED,
    tries: (rig, card) => pressed(rig, member(rig, BORIS), undefined, button(card)),
  },
  {
    it: "the right is removed between drawing and click",
    who: BORIS,
    ...NOT_ONE,
    async tries(rig, card) {
      await rig.slack.changeGroup(SRE, { users: [CLEO, DORA] });
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "the right is removed, Slack's word of it is lost, and minutes go by",
    who: BORIS,
    ...NOT_ONE,
    options: { speed: 600 },
    async tries(rig, card) {
      await approves(CLEO)(rig, card);
      await rig.slack.waitFor(() => card.text.includes("cleo"), "a yes, after which the group is known");
      await rig.slack.changeGroup(SRE, { users: [CLEO, DORA] }, { lost: true });
      await pass(rig, 301_000);
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "the account is deactivated, and a minute goes by",
    who: BORIS,
    ...NOT_ONE,
    options: { speed: 200 },
    async tries(rig, card) {
      rig.slack.changeUser(BORIS, { deleted: true });
      await pass(rig, 61_000);
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "a counted yes loses its right, and the next one is not enough",
    who: BORIS,
    ...NOT_ONE,
    async tries(rig, card) {
      await approves(BORIS)(rig, card);
      await rig.slack.waitFor(() => card.text.includes("boris"), "the first yes");
      await rig.slack.changeGroup(SRE, { users: [CLEO, DORA] });
      await approves(CLEO)(rig, card);
      await rig.slack.waitFor(() => card.text.includes("cleo"), "the second yes");
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "two users in turn: after an approver, somebody else is not taken for them",
    who: EMIL,
    ...NOT_ONE,
    async tries(rig, card) {
      await approves(BORIS)(rig, card);
      await approves(EMIL)(rig, card);
    },
  },
  {
    it: "Slack does not say who is in the group",
    who: BORIS,
    told: /^Slack does not say at the moment who may approve this/,
    row: "approve: directory_silent",
    async tries(rig, card) {
      await rig.slack.changeGroup(SRE, { handle: "sre" }); // what is known counts no more
      rig.slack.server.intercept((call) =>
        call.path.includes("usergroups.list") ? { kind: "reset", applied: false } : undefined,
      );
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "the policy is read anew in between, and wants others",
    who: BORIS,
    ...NOT_ONE,
    async tries(rig, card) {
      await obeys(rig, yaml.replaceAll("by: [group:sre]", `by: [${EMIL}]`).replaceAll("count: 2", "count: 1"));
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "the policy is read anew in between, and forbids it",
    who: BORIS,
    ...RULED,
    row: "approve: denied by rule 1",
    async tries(rig, card) {
      await obeys(rig, yaml.replace("tag:locked", "tag:prod"));
      await approves(BORIS)(rig, card);
    },
  },
  {
    it: "the same click comes twice, with the same signature",
    who: EMIL,
    ...NOT_ONE,
    rowsBefore: [`${BORIS} approve: replayed`],
    async tries(rig, card) {
      const answer = await approves(BORIS)(rig, card);
      await answer.replay();
      await rig.slack.waitFor(() => card.text.includes("Approved so far: boris"), "the yes");
      await approves(EMIL)(rig, card);
    },
  },
  {
    it: "it has been denied, and an old screen still has the button",
    who: BORIS,
    ...ENDED,
    status: "denied",
    async tries(rig, card) {
      await submitted(rig, CLEO, "deny", memoryOf(card));
      await rig.shows("denied");
      await rig.slack.click(BORIS, card, "request.approve", { evenIfGone: true });
    },
  },
  {
    it: "it has been taken back, and an old screen still has the button",
    who: BORIS,
    ...ENDED,
    status: "cancelled",
    async tries(rig, card) {
      await rig.slack.click(ANNA, card, "request.cancel");
      await rig.shows("cancelled");
      await rig.slack.click(BORIS, card, "request.approve", { evenIfGone: true });
    },
  },
  {
    it: "it has expired, and an old screen still has the button",
    who: BORIS,
    ...ENDED,
    status: "expired",
    options: { speed: 4000 },
    async tries(rig, card) {
      await rig.shows("expired");
      await rig.slack.click(BORIS, card, "request.approve", { evenIfGone: true });
    },
  },
  {
    it: "somebody not named denies",
    who: EMIL,
    ...NOT_ONE,
    row: "deny: not_an_approver",
    async tries(rig, card) {
      await rig.slack.click(EMIL, card, "request.deny");
      await rig.slack.waitFor(() => rig.slack.view(EMIL), "the dialog");
      rig.slack.fill(EMIL, "decision.why", "because");
      await rig.slack.submit(EMIL);
    },
  },
  {
    it: "the dialog of an approver is sent by somebody else",
    who: EMIL,
    ...NOT_ONE,
    row: "deny: not_an_approver",
    tries: (rig, card) => submitted(rig, EMIL, "deny", memoryOf(card)),
  },
  {
    it: "the dialog remembers another request than its card",
    who: BORIS,
    ...FORGED,
    row: "deny: forged",
    async tries(rig, card) {
      const other = await asksFor(rig, "web-02");
      await submitted(rig, BORIS, "deny", { ...memoryOf(other), request: idOf(card) });
    },
  },
  {
    it: "the dialog remembers a request and no card",
    who: BORIS,
    ...FORGED,
    row: "deny: forged",
    tries: (rig, card) => submitted(rig, BORIS, "deny", { request: idOf(card) }),
  },
  {
    it: "somebody not named declares an emergency",
    who: BORIS,
    told: /^You are not among those who may declare an emergency/,
    row: "break_glass: no_emergency",
    tries: (rig, card) => submitted(rig, BORIS, "break_glass", memoryOf(card)),
  },
  {
    it: "a guest declares an emergency",
    who: CLARA,
    told: /^You are not among those who may declare an emergency/,
    row: "break_glass: no_emergency",
    tries: (rig, card) => submitted(rig, CLARA, "break_glass", memoryOf(card)),
  },
  {
    it: "an emergency is declared for what the policy forbids by now",
    who: EMIL,
    ...RULED,
    row: "break_glass: denied by rule 1",
    async tries(rig, card) {
      await obeys(rig, yaml.replace("tag:locked", "tag:prod"));
      await submitted(rig, EMIL, "break_glass", memoryOf(card));
    },
  },
  {
    it: "approve is pressed on a card that only asks how",
    who: BORIS,
    ...ENDED,
    async tries(rig) {
      await rig.slack.command(EMIL, OPS, "create free-01");
      const choosing = await rig.shows("choosing", "free-01");
      await rig.slack.click(BORIS, choosing, "request.approve", { value: idOf(choosing), evenIfGone: true });
    },
    options: { vms: [...prod.vms, { name: "free-01", timing: QUICK }] },
  },
  ...(["shutdown", "live", "power_off", "wait"] as const).map(
    (press): Case => ({
      it: `the requester presses ${press} on a card that waits for approval`,
      who: ANNA,
      told: /^This waits for approval/,
      row: `${press}: awaiting_approval`,
      tries: (rig, card) => rig.slack.click(ANNA, card, `request.${press}`, { value: idOf(card), evenIfGone: true }),
    }),
  ),
  {
    it: "the VM has gone when the last one approves",
    who: CLEO,
    told: /^The cloud does not say at the moment what kind of VM this is/,
    row: "approve: vm_unknown",
    async tries(rig, card) {
      await approves(BORIS)(rig, card);
      await rig.slack.waitFor(() => card.text.includes("boris"), "the first yes");
      rig.cloud.destroy("web-01");
      await pass(rig, 61_000);
      await approves(CLEO)(rig, card);
    },
    options: { speed: 100 },
  },
  {
    it: "a guest switches a VM off by its id",
    who: CLARA,
    told: /^Only full members of this workspace may do that/,
    row: "power: not_member",
    tries: (rig) =>
      pressed(
        rig,
        member(rig, CLARA),
        { channel: OPS, ts: "1700000000.000100" },
        { action_id: "vm.power_off", value: "web-01" },
      ),
  },
  {
    it: "somebody of Slack Connect switches a VM off from a Home of theirs",
    who: STRANGER,
    told: /^Only full members of this workspace may do that/,
    row: "power: not_member",
    tries: (rig) =>
      pressed(
        rig,
        member(rig, STRANGER),
        undefined,
        { action_id: "vm.power_off", value: "web-01" },
        {
          view: { id: "VHOME", type: "home", state: { values: {} } },
        },
      ),
  },
  ...[
    ["create", "create locked-01"],
    ["create", "create locked-01 --live"],
    ["create", 'before "the upgrade" locked-01'],
    ["rename", "rename locked-01 old new"],
    ["power", "shutdown locked-01"],
    ["power", "off locked-01"],
  ].map(
    ([what, command = ""]): Case => ({
      it: `the policy forbids it: ${command}`,
      who: EMIL,
      ...RULED,
      row: `${what}: denied by rule 1`,
      tries: (rig) => rig.slack.command(EMIL, OPS, command),
      options: LOCKED(),
    }),
  ),
  ...["vm.shutdown", "vm.power_off"].map(
    (action): Case => ({
      it: `the policy forbids it: ${action} with the VM's id`,
      who: EMIL,
      ...RULED,
      row: "power: denied by rule 1",
      tries: (rig) =>
        pressed(
          rig,
          member(rig, EMIL),
          { channel: OPS, ts: "1700000000.000100" },
          { action_id: action, value: "locked-01" },
        ),
      options: LOCKED(),
    }),
  ),
  ...(["delete", "restore"] as const).map(
    (kind): Case => ({
      it: `the policy forbids it: the dialog to ${kind}`,
      who: EMIL,
      ...RULED,
      row: `${kind}: denied by rule 1`,
      async tries(rig) {
        await rig.slack.command(EMIL, OPS, `${kind} locked-01 old`);
        await rig.slack.waitFor(() => rig.slack.view(EMIL) ?? rig.slack.privateAnswers(EMIL)[0], "the dialog, or a no");
        if (rig.slack.view(EMIL)) await rig.slack.submit(EMIL);
      },
      options: LOCKED(),
    }),
  ),
];

function LOCKED(): Partial<RigOptions> {
  const old = { name: "old", createdAt: new Date(Date.now() - 86_400_000), sizeGb: 1 };
  return { vms: [...prod.vms, { name: "locked-01", tags: ["locked"], timing: QUICK, snapshots: [old] }] };
}

journey.concurrent.for(CASES)(
  "no effect: $it",
  async ({ who, told, row, rowsBefore = [], status, options, tries }, { begin }) => {
    const rig = await begin({ ...prod, ...options });
    const card = await asksFor(rig);
    await tries(rig, card);
    const answer = await rig.slack.waitFor(() => toldTo(rig, who).find((text) => told.test(text)), `${who}: ${told}`);
    expectNoEffect(rig, card, status);
    expect(refusedIn(rig)).toEqual([...rowsBefore, `${who} ${row}`]);
    expect(seenByOthers(rig, who).filter((text) => text.includes(answer))).toEqual([]);
  },
);
