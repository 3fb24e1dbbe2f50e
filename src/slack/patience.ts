import type { UserId } from "../domain/ids.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import type { Desk } from "./desk.ts";

/** Slack waits 3 s for the answer to a dialog or a select; what is not known by then is found out afterwards. */
const PATIENCE_MS = 2000;

/** What is not known in time is undefined. */
export type InTime = <T>(promise: Promise<T>) => Promise<T | undefined>;

/** One time limit, from now on, for all that one answer waits for. */
export function patience(milliseconds = PATIENCE_MS): InTime {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
  return (promise) => Promise.race([promise, late]);
}

/** The reader's language; English when Slack does not tell in time. */
export async function textsFor({ directory }: Desk, user: UserId, inTime: InTime): Promise<Texts> {
  const person = await inTime(directory.person(user).catch(() => undefined));
  return textsIn(person?.language);
}
