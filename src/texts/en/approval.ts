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
    hard_off: "power the VM off hard",
  },
  outage: (ms: number) => `The VM will be off for about ${short(ms)}.`,
  noOutage: "The VM keeps running.",
  names: (names: readonly string[]) => `The snapshots: ${names.map((name) => code(name, 80)).join(", ")}.`,
  deletes: "What is deleted cannot be brought back.",
  fingerprint: (short: string) => `Fingerprint of this request: ${code(short)}`,
  whose: (by: readonly string[], missing: number, isFirst: boolean) =>
    `${missing === 1 ? "One" : missing} ${isFirst ? "" : "more "}${missing === 1 ? "approval is" : "approvals are"} needed, from ${by.map((each) => code(each, 80)).join(" or ")}.`,
  notRequester: "Whoever asked for it cannot approve it.",
  so: (names: readonly string[]) => `Approved so far: ${names.join(", ")}.`,
  until: (at: Date) => `Otherwise the request expires ${moment(at)}.`,
  untilStuck: (at: Date) => `Otherwise the card asks anew what to do, ${moment(at)}.`,
  approvedBy: (names: readonly string[], at: Date) => `Approved by ${names.join(", ")}, ${moment(at)}`,
  emergency: (by: Who, reason: string) =>
    `:rotating_light: *Emergency:* ${person(by)} went on without approval. Why: ${code(reason, 300)}`,
  deniedBy: (by: Who, reason: string) => `${person(by)} denied it. Why: ${code(reason, 500)}`,
  expired: "Not enough people approved it in time.",
  nothing: "Nothing has been changed.",

  approve: "Approve",
  deny: "Deny…",
  breakGlass: "Emergency…",
  askAgain: "Ask again",
  askAgainHint: "*Ask again* makes the same request once more.",
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

  /** `asks` is a sentence; `where` says where to decide. */
  message: (vm: string, asks: string, reason: string | undefined, until: Date, where: string) =>
    [
      `*${code(vm)}:* ${asks} Your approval is needed, until ${moment(until)}.`,
      ...(reason === undefined ? [] : [`Why: ${code(reason, 300)}`]),
      where,
    ].join("\n"),
  onCard: (link: string) => `<${link}|To the card>`,
  atHome: "The card is in direct messages that you cannot see; decide on Shutter's *Home* tab.",
  told: (vm: string, by: Who, reason: string, link: string | undefined) =>
    `:rotating_light: *Emergency on ${code(vm)}:* ${person(by)} went on without approval. Why: ${code(reason, 300)}${link ? ` <${link}|The card>` : ""}`,

  not: {
    own_request: "You have asked for this yourself; somebody else has to approve it. Nothing has been changed.",
    not_an_approver: "You are not among those who may approve this. Nothing has been changed.",
    directory_silent:
      "Slack does not say at the moment who may approve this, so nobody may. Nothing has been changed. Try again in a minute.",
    guest: "Guests may not approve this. Nothing has been changed.",
    no_emergency: "You are not among those who may declare an emergency. Nothing has been changed.",
    requester_lost: "Whoever asked for this may not do it any more. It can still be denied. Nothing has been changed.",
    changed: "What was to be approved has changed. It has to be asked for anew. Nothing has been changed.",
  },
  forbidden: {
    denied: "The policy forbids this here.",
    not_named: "The policy allows this only to others.",
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
  needsName:
    "The policy wants the VM's name typed for this. Open the dialog again and type it there. Nothing has been changed.",
  needsReason: "The policy wants to know why. Say it with `--reason` or in the dialog. Nothing has been changed.",
  limit: {
    running: {
      person: (most: number) => `At most ${most} of your requests may be under way at once, and that many are.`,
      channel: (most: number) =>
        `In this channel at most ${most} may be under way at once, of all together, and that many are.`,
      person_in_channel: (most: number) =>
        `In this channel at most ${most} of your requests may be under way at once, and that many are.`,
    },
    hour: {
      person: (most: number) => `You may ask for at most ${most} in an hour.`,
      channel: (most: number) => `In this channel at most ${most} may be asked for in an hour, by all together.`,
      person_in_channel: (most: number) => `In this channel you may ask for at most ${most} in an hour.`,
    },
    wait: "Wait until one has ended. Nothing has been changed.",
    next: (at: Date) => `The next one is possible ${moment(at)}. Nothing has been changed.`,
  },
};
