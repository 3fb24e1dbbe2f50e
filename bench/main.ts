import { parseArgs } from "node:util";
import type { Benchmark } from "./benchmark.ts";
import { policyAck } from "./policy-ack.ts";
import { policyExplain } from "./policy-explain.ts";
import { tableOf } from "./table.ts";

// `npm run bench` runs all of them, `npm run bench -- policy` those whose names begin so; `--pairs 5` is a short run, which
// says nothing about what must be.

const BENCHMARKS: readonly Benchmark[] = [policyAck, policyExplain];

const { values, positionals } = parseArgs({
  options: { pairs: { type: "string", default: "20" } },
  allowPositionals: true,
});
const pairs = Number(values.pairs);
const chosen = BENCHMARKS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.startsWith(word)),
);
if (chosen.length === 0 || !Number.isInteger(pairs) || pairs < 1) {
  process.stderr.write(
    `Usage: npm run bench -- [${BENCHMARKS.map(({ name }) => name).join(" | ")}] [--pairs <from 1>]\n`,
  );
  process.exit(64);
}

process.once("SIGINT", () => process.exit(130)); // in order, so that what was put down is cleared away
const rows = [];
for (const benchmark of chosen) {
  process.stderr.write(`${benchmark.name} …\n`);
  rows.push(...(await benchmark.run({ pairs })));
}
process.stdout.write(`${tableOf(rows).join("\n")}\n`);
if (rows.some(({ verdict }) => verdict === "missed")) process.exitCode = 1;
