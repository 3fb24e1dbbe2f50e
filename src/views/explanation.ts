import type { Texts } from "../texts/en.ts";

/** What the policy says of a deed, and how it comes to it. */
interface Explained {
  deed: { action: "create"; how: "offline" | "live" } | { action: Exclude<keyof Words["deeds"], "offline" | "live"> };
  mayAct: boolean;
  explanation: {
    decision:
      | { kind: "allowed"; rule: number | "none"; approval?: Approval; confirm?: "typed"; reason?: "required" }
      | { kind: "denied"; rule: number | "none"; why: keyof Texts["approval"]["forbidden"] };
    rules: readonly { selectors: readonly { selector: string; wanted: readonly string[] }[] }[];
    people: readonly { who: string }[];
  };
}

interface Approval {
  by: readonly { text: string }[];
  count: number;
  not: "requester" | "nobody";
  expiresMs: number;
}

type Words = Texts["explanation"];

/** A limit that counts for it, with how much of it is left. */
interface Limited {
  number: number;
  per: keyof Words["limit"]["whose"];
  action: readonly string[] | undefined;
  room: {
    hour?: { left: number; most: number; againAt?: Date };
    running?: { left: number; most: number };
  };
}

/** A line for each deed: whether, on what conditions, and which rule says so. Then, if any may be done, what limits it. */
export function explanationLines(
  vm: string,
  explained: readonly Explained[],
  limits: readonly Limited[],
  texts: Texts,
): string[] {
  const { head, nothing } = texts.explanation;
  const isAny = explained.some(({ mayAct, explanation }) => mayAct && explanation.decision.kind === "allowed");
  const lines = [
    ...explained.map((each) => lineOf(each, texts)),
    ...(isAny ? limits.map((limit) => limitLine(limit, texts.explanation)) : []),
  ];
  return [head(vm), ...lines.map((line) => `• ${line}`), nothing];
}

function limitLine({ number, per, action, room: { hour, running } }: Limited, { limit: words }: Words): string {
  const left = [
    ...(hour ? [words.hour(hour.left, hour.most, hour.againAt)] : []),
    ...(running ? [words.running(running.left, running.most)] : []),
  ];
  return [words.head(number), ...left, words.counted(words.whose[per], action)].join(" ");
}

function lineOf({ deed, mayAct, explanation }: Explained, texts: Texts): string {
  const { decision, people } = explanation;
  const words = texts.explanation;
  const what = words.deeds[deed.action === "create" ? deed.how : deed.action];
  if (!mayAct) return [words.no(what), texts.refusals.not_member].join(" ");
  if (decision.kind === "denied") {
    const others = decision.why === "not_named" ? [words.allowedTo(people.map(({ who }) => who))] : [];
    return [words.no(what), texts.approval.forbidden[decision.why], ...others, ...ruleOf(explanation, words)].join(" ");
  }
  const { approval, reason, confirm, rule } = decision;
  return [
    ...(approval ? [words.afterApproval(what), ...approvalOf(approval, words)] : [words.yes(what)]),
    ...(reason ? [words.reason] : []),
    ...(confirm ? [words.typed] : []),
    ...(rule === "none" ? [words.noPolicy] : ruleOf(explanation, words)),
  ].join(" ");
}

const approvalOf = ({ count, by, not, expiresMs }: Approval, words: Words): string[] => [
  words.approval(
    count,
    by.map(({ text }) => text),
  ),
  ...(not === "requester" ? [words.notOwn] : []),
  words.expires(expiresMs),
];

/** The deciding rule, with what it is about. */
function ruleOf({ decision, rules }: Explained["explanation"], words: Words): string[] {
  if (decision.rule === "none") return [];
  const wants = (rules.at(-1)?.selectors ?? []).map(({ selector, wanted }) => `${selector}: ${wanted.join(", ")}`);
  return [words.rule(decision.rule, wants)];
}
