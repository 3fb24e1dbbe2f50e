import { expect } from "vitest";
import type { Message } from "../../src/demo/slack.ts";
import { QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS, type Rig, type RigOptions, statusOf } from "../rig.ts";

/** A workspace in which some may approve, and people who try to get round it. */

export const CLEO = "UCLEO";
export const DORA = "UDORA";
export const EMIL = "UEMIL";
export const STRANGER = "USTRANGER";
export const ROBOT = "UROBOT";
export const GONE = "UGONE";
/** A channel that is not the card's. */
export const LAB = "CLAB";
export const SRE = "S0SRE";

const users = [
  { id: ANNA, name: "anna", locale: "en-US" },
  { id: BORIS, name: "boris", locale: "en-US" },
  { id: CLEO, name: "cleo", locale: "en-US" },
  { id: DORA, name: "dora", locale: "de-DE" },
  { id: EMIL, name: "emil", locale: "en-US" },
  { id: CLARA, name: "clara", locale: "en-GB", guest: true },
  { id: STRANGER, name: "sam", locale: "en-US", stranger: true },
  { id: ROBOT, name: "robot", locale: "en-US", bot: true },
  { id: GONE, name: "gus", locale: "en-US", deleted: true },
];
const members = users.map(({ id }) => id);

/** Boris, Cleo and Dora are the group; guest, stranger, robot and leaver are in it too, which helps them nothing. */
export const slack: NonNullable<RigOptions["slack"]> = {
  users,
  channels: [
    { id: OPS, name: "ops", members },
    { id: LAB, name: "lab", members },
  ],
  groups: [{ id: SRE, handle: "sre", users: [BORIS, CLEO, DORA, CLARA, STRANGER, ROBOT, GONE] }],
};

/** Two of the group for what is tagged; nobody for what is locked; everybody for the rest. */
export const yaml = `
snapshots: { shutdown_timeout: 20s }
policy:
  - when: { vm: "tag:locked" }
    deny: true
  - when: { vm: "tag:one" }
    allow: everyone
    approval: { by: [group:sre], count: 1, expires: 2h }
  - when: { vm: "tag:kept" }
    allow: everyone
    approval: { by: [group:sre], count: 2, expires: 2h, lost_right: counts }
  - when: { vm: "tag:prod" }
    allow: everyone
    approval: { by: [group:sre], count: 2, expires: 2h }
  - allow: everyone
break_glass: { by: [${EMIL}], reason: required, tell: "#ops" }
`;

export const prod: RigOptions = {
  slack,
  yaml,
  vms: [
    { name: "web-01", tags: ["prod"], timing: QUICK },
    { name: "web-02", tags: ["prod"], timing: QUICK },
  ],
};

export const idOf = (card: Message): string => String(card.metadata?.event_payload.id);

/** Anna asks for a live snapshot, which has to be approved first. */
export async function asksFor(rig: Rig, vm = "web-01", who = ANNA): Promise<Message> {
  await rig.slack.command(who, OPS, `create ${vm} --live`);
  return rig.shows("awaiting_approval", vm);
}

/** A press as Slack would send it, signed, with whatever in it. */
export const pressed = (
  rig: Rig,
  user: object,
  at: { channel: string; ts: string } | undefined,
  action: object,
  more: object = {},
) =>
  rig.slack.send({
    payload: {
      type: "block_actions",
      user,
      team: { id: rig.slack.teamId },
      ...(at && {
        channel: { id: at.channel },
        message: { ts: at.ts },
        container: { type: "message", channel_id: at.channel, message_ts: at.ts },
      }),
      actions: [{ type: "button", block_id: "b", action_ts: "1", ...action }],
      ...more,
    },
  });

/** The dialog for a reason, sent by whomever, about whatever. */
export const submitted = (
  rig: Rig,
  user: string,
  dialog: "deny" | "break_glass",
  memory: unknown,
  reason = "because",
) =>
  rig.slack.send({
    payload: {
      type: "view_submission",
      user: { id: user, team_id: rig.slack.teamId },
      team: { id: rig.slack.teamId },
      view: {
        id: `V${user}`,
        type: "modal",
        callback_id: dialog,
        private_metadata: typeof memory === "string" ? memory : JSON.stringify(memory),
        state: { values: { why: { "decision.why": { type: "plain_text_input", value: reason } } } },
      },
    },
  });

export const memoryOf = (card: Message) => ({ request: idOf(card), message: { channel: card.channel, ts: card.ts } });

/** What somebody alone can read: private answers, and what Shutter writes to them. */
export const toldTo = ({ slack }: Rig, user: string): string[] =>
  [...slack.privateAnswers(user), ...slack.directMessages(user)].map(({ text }) => text);

/** What others can read, in channels, threads, or alone. */
export function seenByOthers({ slack }: Rig, user: string): string[] {
  const answers = slack.privateAnswers().filter((answer) => answer.user !== user);
  const messages = slack.messages().filter(({ channel }) => channel !== slack.directChannel(user));
  return [...answers, ...messages].map(({ text }) => text);
}

/** Nothing has come of what somebody tried: no call with an effect has reached the cloud, and the card stands as it stood. */
export function expectNoEffect(rig: Rig, card: Message, status = "awaiting_approval"): void {
  for (const vm of rig.cloud.vms()) {
    expect(vm.operations).toEqual([]);
    expect(vm.hardPowerOffs).toBe(0);
    expect(vm.power).toBe("Running");
  }
  expect(statusOf(card)).toBe(status);
}
