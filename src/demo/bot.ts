import { run } from "../run.ts";
import { adjustableClock, type Pace } from "./adjustable-clock.ts";

// `node src/demo/bot.ts '<pace as JSON>'`: the real bot on a clock whose speed its parent may change at any time.
const clock = adjustableClock(
  JSON.parse(process.argv[2] ?? "null") ?? { factor: 1, since: Date.now(), at: Date.now() },
);
process.once("disconnect", () => process.exit()); // a demo that was killed leaves nothing behind
process.on("message", (pace: Pace) => clock.setPace(pace));
await run(clock);
