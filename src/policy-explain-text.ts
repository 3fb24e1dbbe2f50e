import type { DeedExplained, NumberedLimit } from "./engine/explain-deeds.ts";
import type { Deed } from "./engine/judge.ts";
import type { Channel, Somebody } from "./policy/asked.ts";
import type { RuleExplained, SelectorExplained } from "./policy/explain.ts";
import type { Limit } from "./policy/limits.ts";
import type { Outcome, Policy } from "./policy/policy.ts";
import { clockText, wallClock } from "./policy/wall-clock.ts";
import { en } from "./texts/en.ts";
import { plain, short } from "./texts/format.ts";

/** What is asked, as it was found. */
interface Asked {
  person: Somebody & { name: string };
  channel: Channel | undefined;
  vm: { name: string; id: string; tags: readonly string[] };
  at: Date;
  zone: string;
}

/** May it be done, at once or after others have said yes? */
export const isAllowed = ({ mayAct, explanation }: DeedExplained): boolean =>
  mayAct && explanation.decision.kind === "allowed";

/** For a terminal: who and what was found, then for each deed every rule up to the one that decides, and the end of it. */
export function explanationText(
  asked: Asked,
  policy: Policy | undefined,
  explained: readonly DeedExplained[],
): string[] {
  return [
    ...foundLines(asked),
    ...explained.flatMap((each) => [
      "",
      `${deedText(each.deed)}:`,
      ...each.explanation.rules.flatMap(ruleLines),
      ...peopleLines(each),
      endOf(each, policy),
    ]),
  ];
}

const PER = {
  person: "of each person, wherever it is asked for",
  channel: "of all together in the channel",
  person_in_channel: "of each person in the channel",
} as const satisfies Record<Limit["per"], string>;

/** Which of the limits count here. How much of them is left only the running bot knows, and says in Slack. */
export function limitsText(limits: readonly NumberedLimit[], all: number): string[] {
  if (all === 0) return [];
  const lines = limits.map(({ number, requestsPerHour, running, per, action }) => {
    const most = [
      ...(requestsPerHour === undefined ? [] : [`${requestsPerHour} requests an hour`]),
      ...(running === undefined ? [] : [`${running} at once`]),
    ];
    const which = action ? ` (${list(action)})` : "";
    return `  limit ${number}: ${most.join(" and ")}${which}, ${PER[per]}`;
  });
  return ["", "limits:", ...(lines.length > 0 ? lines : ["  none counts for this"])];
}

function foundLines({ person, channel, vm, at, zone }: Asked): string[] {
  const groups = person.groups === "unknown" ? [] : person.groups.map(({ handle }) => `group:${handle}`);
  return [
    `person   ${plain(person.name)} (${[person.id, person.kind, ...(person.email ? [person.email] : []), ...groups].join(", ")})`,
    `vm       ${plain(vm.name)} (${[vm.id, ...vm.tags.map((tag) => `tag:${tag}`)].map((each) => plain(each)).join(", ")})`,
    `channel  ${channelText(channel)}`,
    `time     ${clockText(wallClock(at, zone))} ${zone}`,
  ];
}

function channelText(channel: Channel | undefined): string {
  if (channel === undefined) return "none: as if asked at Home ('#ops' needs quotes in a shell)";
  if (channel.isDirect) return "direct messages";
  return channel.name === undefined ? channel.id : `#${channel.name} (${channel.id})`;
}

const deedText = (deed: Deed): string => (deed.action === "create" ? `create, ${deed.how}` : deed.action);

const FITS = { yes: "fits", no: "does not fit", unknown: "may fit; Slack does not say" } as const;

function ruleLines({ rule, fits, selectors }: RuleExplained): string[] {
  if (selectors.length === 0) return [`  rule ${rule} always fits`];
  return [`  rule ${rule} ${FITS[fits]}`, ...selectors.map(selectorLine)];
}

const MARKS = { yes: "✓", no: "✗", unknown: "?" } as const;

function selectorLine({ selector, fits, wanted, found }: SelectorExplained): string {
  const is = found.length === 0 ? "nothing" : list(found);
  return `    ${MARKS[fits]} ${selector} wants ${list(wanted)}; it is ${is}`;
}

const list = (texts: readonly string[]): string => texts.map((text) => plain(text)).join(", ");

const NAMED = { yes: "yes", no: "no", silent: "Slack does not say" } as const;

function peopleLines({ explanation: { decision, people } }: DeedExplained): string[] {
  if (people.length === 0) return [];
  const each = people.map(({ who, named }) => `${who} (${NAMED[named]})`);
  return [`  rule ${decision.rule} allows ${each.join(", ")}`];
}

function endOf({ mayAct, explanation: { decision } }: DeedExplained, policy: Policy | undefined): string {
  if (!mayAct) return `  → denied: ${en.refusals.not_member}`;
  if (decision.kind === "denied") return `  → denied: ${en.approval.forbidden[decision.why]}`;
  if (policy === undefined) return "  → allowed: no policy is configured, so every full member may";
  const { approval, reason, confirm } = decision;
  const conditions = [
    ...(approval ? [approvalText(approval)] : []),
    ...(reason ? ["a reason is required"] : []),
    ...(confirm ? ["the VM's name is typed to confirm"] : []),
  ];
  return [`  → allowed by rule ${decision.rule}`, ...conditions].join("; ");
}

type Approval = NonNullable<Extract<Outcome, { kind: "allow" }>["approval"]>;

function approvalText({ count, by, not, expiresMs }: Approval): string {
  const own = not === "requester" ? ", not the requester" : "";
  return `after ${count} yes from ${by.map(({ text }) => text).join(", ")}${own}, within ${short(expiresMs)}`;
}
