import { once } from "node:events";
import { servePage } from "./page/server.ts";
import { openStage } from "./stage.ts";

const USUAL_PORT = 4000;

/** Serves the demo workspace until it is stopped. Returns the exit code. */
export async function showWorkspace(print: (line: string) => void): Promise<number> {
  const wished = Number(process.env.PORT || USUAL_PORT);
  if (!Number.isInteger(wished) || wished < 0 || wished > 65_535) {
    print(`PORT is "${process.env.PORT}", which is no port.`);
    return 78;
  }
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const stage = await openStage();
  const page = await servePage(stage, wished);
  const isTaken = wished !== 0 && !page.url.endsWith(`:${wished}`);
  if (isTaken) print(`Port ${wished} is taken, so this is on the next free one.`);
  print(`The demo workspace is open at ${page.url} (Ctrl+C ends it; with --tour it plays in the terminal).`);
  const failed = stage.ready.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => error,
  );
  const error = await Promise.race([stopped.then(() => undefined), failed]);
  if (error !== undefined) print(error instanceof Error ? error.message : String(error));
  await page.close();
  await stage.close();
  return error === undefined ? 0 : 1;
}
