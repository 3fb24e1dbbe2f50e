import { code, moment, short } from "../format.ts";

/** So many names say enough. */
const MOST = 10;

/** What somebody may do, and which rule says so. */
export const explanation = {
  head: (vm: string) => `*You, ${code(vm)}, here and now:*`,
  deeds: {
    offline: "take a snapshot with the VM off",
    live: "take a live snapshot",
    restore: "restore a snapshot",
    delete: "delete snapshots",
    rename: "rename a snapshot",
    power_on: "switch the VM on",
    shutdown: "shut the VM down",
    power_off: "power the VM off hard",
  },
  yes: (deed: string) => `*Yes:* ${deed}.`,
  afterApproval: (deed: string) => `*With approval:* ${deed}.`,
  no: (deed: string) => `*No:* ${deed}.`,
  approval: (count: number, by: readonly string[]) =>
    `It waits for ${count === 1 ? "one approval" : `${count} approvals, by different people,`} from ${these(by)}.`,
  notOwn: "You cannot approve it yourself.",
  expires: (ms: number) => `Otherwise it expires after ${short(ms)}.`,
  reason: "You have to say why.",
  typed: "To confirm it, you type the VM's name.",
  allowedTo: (who: readonly string[]) => `It names ${these(who)}.`,
  rule: (rule: number, wants: readonly string[]) =>
    `Rule ${rule} says so${wants.length === 0 ? ", which always fits" : `: ${wants.map((want) => code(want, 150)).join(" ")}`}.`,
  noPolicy: "No policy is configured, so every full member may.",
  /** `again`: when there is room once more, where none is left. */
  limit: {
    head: (number: number) => `*Limit ${number}:*`,
    hour: (left: number, most: number, again: Date | undefined) =>
      left > 0 || again === undefined
        ? `${left} of ${most} requests in this hour ${left === 1 ? "is" : "are"} left.`
        : `None of ${most} requests in this hour is left; the next one is possible ${moment(again)}.`,
    running: (left: number, most: number) =>
      left > 0
        ? `${left} of ${most} that may be under way at once ${left === 1 ? "is" : "are"} left.`
        : `None of ${most} that may be under way at once is left; wait until one has ended.`,
    whose: {
      person: "what you ask for anywhere",
      channel: "what everybody together asks for in this channel",
      person_in_channel: "what you ask for in this channel",
    },
    counted: (whose: string, actions: readonly string[] | undefined) =>
      `It counts ${whose}${actions ? `: ${actions.map((action) => code(action)).join(", ")}` : ""}.`,
  },
  nothing: "Nothing has been done.",

  noDeed: (typed: string | undefined, example: string) =>
    `${typed === undefined ? "What do you want to know?" : `Shutter knows no rule about ${code(typed)}.`} For example ${code(example)}.`,
};

function these(names: readonly string[]): string {
  const more = names.length - MOST;
  const shown = names.slice(0, MOST).map((name) => code(name, 80));
  return [shown.join(", "), ...(more > 0 ? [`and ${more} more`] : [])].join(" ");
}
