import { setTimeout as rest } from "node:timers/promises";
import { textsIn } from "../src/texts/texts.ts";
import { type Benchmark, ms, type Row } from "./benchmark.ts";
import { startDoubles } from "./doubles.ts";
import { arrivals, compare, median, orderOf, quantile, type Round, verdictOf } from "./measure.ts";
import { type MeasuredBot, scratchFolder, startMeasuredBot } from "./measured-bot.ts";
import { RULES, SNAPSHOT, shutterYml, VM } from "./thousand-rules.ts";

/*
 * "Deciding does not slow the ack measurably": the bot with as many rules as a large company may have, and with a thousand,
 * beside the same bot without any, and a third one without any to see what a process differs from another of its kind by.
 *
 * The command asks for a snapshot by a name that the VM has given already. It is judged like any other, in both ways in
 * which a snapshot can be taken, and in both it is the last rule that allows it; then both bots look at the VM's snapshots,
 * write down the same refusal and answer the same sentence. Nothing is made, drawn or watched of which one bot would have
 * more to do than the other, and no batch leaves more behind than the one before. So the difference is the deciding: twice
 * all rules, and the look at what is asked of them, which is the VM's tags as the cloud lists them now.
 *
 * Commands come at times of their own, whether or not those before have been answered. An acknowledgement waits for no
 * decision about its own command, but it may for one about somebody else's.
 */

const COMMAND = `create ${VM.name} "${SNAPSHOT}"`;
const ANSWER = textsIn("en").answers.nameTaken(SNAPSHOT);
const COMMANDS = 50;
/** Often enough that some come while others are decided, and seldom enough that nobody queues where the machine is not busy. */
const MEAN_GAP_MS = 25;
/** Three fresh processes for so many pairs: each has its own luck with memory and compilation. */
const PAIRS_IN_A_LIFE = 5;
const MOST_FOR_ACK = 1.1;
const MANY = 50;

type Turn = { p50: number; p99: number; cpu: number };
type Turns = Record<keyof Round, Turn>;
type Bots = Record<keyof Round, MeasuredBot>;

export const policyAck: Benchmark = {
  name: "policy-ack",
  async run({ pairs }) {
    const doubles = await startDoubles();
    const scratch = scratchFolder();
    const start = (yml?: string) => startMeasuredBot(doubles, scratch, yml);
    const turnsWith = async (rules: number) => {
      const turns: Turns[] = [];
      while (turns.length < pairs)
        turns.push(...(await life(start, rules, Math.min(PAIRS_IN_A_LIFE, pairs - turns.length))));
      return turns;
    };
    try {
      const many = await turnsWith(MANY);
      const all = await turnsWith(RULES);
      return [
        row(MANY, "ack p50", many, "p50", MOST_FOR_ACK),
        row(MANY, "ack p99", many, "p99", MOST_FOR_ACK),
        row(MANY, "CPU per command", many, "cpu"),
        row(RULES, "ack p50", all, "p50", MOST_FOR_ACK),
        row(RULES, "ack p99", all, "p99"),
        row(RULES, "CPU per command", all, "cpu"),
      ];
    } finally {
      doubles.stop();
    }
  },
};

async function life(startBot: (yml?: string) => Promise<MeasuredBot>, rules: number, pairs: number): Promise<Turns[]> {
  const started: MeasuredBot[] = [];
  const start = async (yml?: string) => {
    const bot = await startBot(yml);
    started.push(bot);
    return bot;
  };
  try {
    const bots: Bots = { a: await start(), b: await start(shutterYml(rules)), aAgain: await start() };
    await asksAllRules(bots.b, rules);
    for (const bot of started) await turnOf(bot); // to get warm
    const turns: Turns[] = [];
    for (let n = 0; n < pairs; n++) turns.push(await roundOf(bots, n));
    return turns;
  } finally {
    await Promise.all(started.map((bot) => bot.stop()));
  }
}

/** That it is the last rule which decides is what this is about. */
async function asksAllRules(bot: MeasuredBot, rules: number): Promise<void> {
  const { answer } = await bot.says(`may create ${VM.name}`);
  if (!answer.includes(String(rules))) throw new Error(`Rule ${rules} should have decided: ${answer}`);
}

async function roundOf(bots: Bots, round: number): Promise<Turns> {
  const turns: Partial<Turns> = {};
  for (const whose of orderOf(round)) turns[whose] = await turnOf(bots[whose]);
  return turns as Turns;
}

/** So many commands for one bot while the others have nothing to do. */
async function turnOf(bot: MeasuredBot): Promise<Turn> {
  const before = await bot.cpuMs();
  const said = await Promise.all(
    arrivals(COMMANDS, MEAN_GAP_MS).map(async (at) => {
      await rest(at);
      return bot.says(COMMAND);
    }),
  );
  const after = await bot.cpuMs();
  const other = said.find(({ answer }) => answer !== ANSWER);
  if (other) throw new Error(`It should have been answered that the name is taken: ${other.answer}`);
  const acks = said.map(({ ackMs }) => ackMs);
  return { p50: quantile(acks, 0.5), p99: quantile(acks, 0.99), cpu: (after - before) / COMMANDS };
}

function row(rules: number, what: string, turns: readonly Turns[], of: keyof Turn, most?: number): Row {
  const rounds = turns.map(({ a, b, aAgain }): Round => ({ a: a[of], b: b[of], aAgain: aAgain[of] }));
  const compared = compare(rounds);
  const [without, withRules] = [median(rounds.map(({ a }) => a)), median(rounds.map(({ b }) => b))];
  return {
    id: policyAck.name,
    what: `${what}, ${rules} rules`,
    comparedWith: "no policy",
    figure: `${compared.ratio.toFixed(2)} (${ms(withRules)} to ${ms(without)})`,
    aToA: compared.aToA.toFixed(2),
    ...(most !== undefined && { must: `≤ ${most.toFixed(2)}`, verdict: verdictOf(compared, most) }),
  };
}
