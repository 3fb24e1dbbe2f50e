import { systemClock } from "../clock.ts";
import { run } from "../run.ts";

// `node src/demo/bot.ts <factor> <start in ms>`: whoever is given the same two agrees with this process on the time.
const [factor, start] = process.argv.slice(2).map(Number);
await run(systemClock(factor, new Date(start ?? Date.now())));
