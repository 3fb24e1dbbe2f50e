import type { Deed } from "../state.ts";

/** What has been typed into a dialog and not been told to Slack yet. */
const waiting = new Map<string, Deed>();

export const noteDraft = (key: string, deed: Deed): unknown => waiting.set(key, deed);

export function takeDraft(key: string): Deed | undefined {
  const deed = waiting.get(key);
  waiting.delete(key);
  return deed;
}

/** All of them, each once. */
export function takeDrafts(): Deed[] {
  const deeds = [...waiting.values()];
  waiting.clear();
  return deeds;
}
