import { parseBehaviour } from "../src/behaviour.ts";
import { evaluate } from "../src/policy/evaluate.ts";
import { type Explanation, explain } from "../src/policy/explain.ts";
import { explanationText } from "../src/policy-explain-text.ts";
import { ANNA, askedAt, RULES, shutterYml } from "./thousand-rules.ts";

/**
 * Milliseconds of CPU, to which others on the machine do not add: of the first time that anything is asked, and of those
 * that come later.
 */
export interface Times {
  first: number;
  explain: number[];
  /** As `npm run policy` does, every rule with everything that it wants. */
  write: number[];
  evaluate: number[];
}

const TIMES = 50;

const { behaviour, mistakes } = parseBehaviour(shutterYml(), "shutter.yml");
if (!behaviour) throw new Error(mistakes.join("\n"));
const { policy } = behaviour;
const asked = askedAt(new Date());

function milliseconds(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const often = (run: () => unknown): number[] => Array.from({ length: TIMES }, () => milliseconds(run));

function writtenOut(): string[] {
  const explained = { deed: { action: "create", how: "offline" }, mayAct: true, explanation: explain(policy, asked) };
  const { person, channel, ...rest } = asked;
  return explanationText({ person: { ...person, name: ANNA.name }, channel, ...rest }, policy, [explained as never]);
}

let explanation: Explanation | undefined;
const first = milliseconds(() => {
  explanation = explain(policy, asked);
});
if (explanation?.decision.kind !== "allowed" || explanation.rules.length !== RULES)
  throw new Error(`The last of ${RULES} rules should allow it: ${JSON.stringify(explanation?.decision)}`);

const times: Times = {
  first,
  explain: often(() => explain(policy, asked)),
  write: often(writtenOut),
  evaluate: often(() => evaluate(policy, asked)),
};
process.stdout.write(JSON.stringify(times));
