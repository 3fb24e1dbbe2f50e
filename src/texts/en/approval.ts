import type { Who } from "../../domain/ids.ts";
import { code, moment, person, short } from "../format.ts";

/** Approvals: what the card says, the dialogs, and why somebody may not. */
export const approval = {
  asks: (by: Who, what: string) => `${person(by)} asks to ${what}.`,
  what: {
    create: "take a snapshot",
    create_offline: "shut the VM down, take a snapshot and switch it on again",
    create_live: "take a live snapshot",
    restore: (snapshot: string) => `restore ${code(snapshot, 120)}; what was written since then is lost`,
    delete: (count: number, first: string) =>
      count === 1 ? `delete ${code(first, 120)}` : `delete ${count} snapshots`,
    rename: (from: string, to: string) => `rename ${code(from, 120)} to ${code(to, 120)}`,
    on: "switch the VM on",
    off: "shut the VM down; it stays off",
    hard_off: "pull the plug of the VM",
  },
  outage: (ms: number) => `The VM is off for about ${short(ms)}.`,
  noOutage: "The VM keeps running.",
  fingerprint: (short: string) => `What is approved: ${code(short)}`,
  whose: (by: readonly string[], missing: number) =>
    `${missing === 1 ? "One yes is" : `${missing} yes are`} needed, from ${by.map((each) => code(each, 80)).join(", ")}.`,
  notRequester: "The requester's own does not count.",
  so: (names: readonly string[]) => `Approved so far: ${names.join(", ")}.`,
  until: (at: Date) => `Without it this expires ${moment(at)}.`,
  untilStuck: (at: Date) => `Without it the card asks anew what to do, ${moment(at)}.`,
  approvedBy: (names: readonly string[], at: Date) => `Approved by ${names.join(", ")}, ${moment(at)}`,
  emergency: (by: Who, reason: string) =>
    `:rotating_light: *Emergency:* ${person(by)} went on without approval. Why: ${code(reason, 300)}`,
  deniedBy: (by: Who, reason: string) => `${person(by)} denied it. Why: ${code(reason, 500)}`,
  expired: "Not enough people have approved it in time.",
  nothing: "Nothing has been changed.",

  approve: "Approve",
  deny: "Deny…",
  breakGlass: "Emergency…",
  askAgain: "Ask again",
  confirmTitle: "Approve this?",
  yes: "Approve",
  no: "Go back",
  denyTitle: "Deny",
  breakGlassTitle: "Emergency",
  breakGlassText:
    "It goes on at once, without anybody's approval. Who did so and why is told to everybody, and stays in the audit.",
  reason: "Why",
  submitDeny: "Deny",
  submitBreakGlass: "Go on now",
  close: "Back",
  reasonMissing: "Say why.",

  message: (vm: string, by: Who, link: string) =>
    `${person(by)} asks for your approval for ${code(vm)}: <${link}|the card>.`,
  messageAtHome: (vm: string, by: Who) =>
    `${person(by)} asks for your approval for ${code(vm)}. The card is in direct messages that you cannot see; decide on Shutter's *Home* tab.`,
  told: (vm: string, by: Who, reason: string, link: string | undefined) =>
    `:rotating_light: *Emergency on ${code(vm)}:* ${person(by)} went on without approval. Why: ${code(reason, 300)}${link ? ` <${link}|The card>` : ""}`,

  not: {
    own_request: "You have asked for this yourself; somebody else has to approve it. Nothing has been changed.",
    not_an_approver: "You are not among those who may approve this. Nothing has been changed.",
    directory_silent: "Slack does not say at the moment who may approve this, so nobody may. Try again in a minute.",
    guest: "Guests may not approve this. Nothing has been changed.",
    no_emergency: "You are not among those who may declare an emergency. Nothing has been changed.",
    changed: "What was to be approved has changed. It has to be asked for anew. Nothing has been changed.",
  },
  forbidden: {
    denied: "The policy forbids this here.",
    not_named: "The policy allows this to others.",
    guest: "The policy does not allow this to guests.",
    stranger: "People of other workspaces may only look.",
    bot: "Bots may only look.",
    deactivated: "This account has been deactivated.",
    directory_silent: "Slack does not say at the moment who may do this, so nobody may. Try again in a minute.",
    channel_unknown: "Slack does not say at the moment what this channel is called. Try again in a minute.",
    vm_unknown: "The cloud does not say at the moment what kind of VM this is. Try again in a minute.",
    no_rule: "No rule of the policy allows this.",
  },
  byRule: (rule: number | "none") => (rule === "none" ? "" : `(rule ${rule} of the policy)`),
  /** What the policy wants first, where the dialog that asks for it could not be opened at once. */
  lacking: {
    name: {
      text: (vm: string) => `The policy wants the name ${code(vm)} typed for this. Nothing has been changed yet.`,
      label: "Type the name…",
    },
    reason: {
      text: (vm: string) => `The policy wants to know why, for ${code(vm)}. Nothing has been changed yet.`,
      label: "Say why…",
    },
    both: {
      text: (vm: string) =>
        `The policy wants to know why, and the name ${code(vm)} typed. Nothing has been changed yet.`,
      label: "Answer…",
    },
  },
  typeTitle: "Confirm",
  typeSubmit: "Go on",
  needsReason: "The policy wants to know why. Say it with `--reason` or in the dialog. Nothing has been changed.",
  limit: {
    running: (most: number) =>
      `${most} of your requests may run at once, and so many do. Wait until one has ended. Nothing has been changed.`,
    requests_per_hour: (most: number, at: Date) =>
      `${most} requests an hour are allowed. The next one is possible ${moment(at)}. Nothing has been changed.`,
  },
};
