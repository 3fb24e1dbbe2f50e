import { playTour } from "./tour.ts";

process.exitCode = await playTour((line) => process.stdout.write(`${line}\n`));
