import { systemClock } from "./clock.ts";
import { run } from "./run.ts";

await run(systemClock());
