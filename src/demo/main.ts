import { showWorkspace } from "./show-workspace.ts";
import { playTour } from "./tour.ts";

// `node src/demo/main.ts`: the demo workspace in the browser. With `--tour`: the main job, played in the terminal.
const print = (line: string) => process.stdout.write(`${line}\n`);
process.exitCode = process.argv.includes("--tour") ? await playTour(print) : await showWorkspace(print);
