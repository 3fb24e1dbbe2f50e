import { between, MINUTE_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";
import { createKnowledge, type Knowledge } from "./knowledge.ts";

/** Nobody has asked for so long that nothing of it counts any more. */
const UNUSED_MS = 10 * MINUTE_MS;

/** The same knowledge of many things, each for itself. */
export interface KnowledgeOf<K, T> {
  get(key: K): Promise<T | undefined>;
  /** What the bot lacks to know one of those that were asked for lately. */
  trouble(): string | undefined;
}

export function createKnowledgeOf<K, T>(clock: Clock, read: (key: K) => Promise<T>): KnowledgeOf<K, T> {
  const known = new Map<K, { knowledge: Knowledge<T>; usedAt: Date }>();

  /** Whoever was used last stands last. */
  function dropUnused(now: Date): void {
    for (const [key, { usedAt }] of known) {
      if (between(usedAt, now) < UNUSED_MS) return;
      known.delete(key);
    }
  }

  return {
    get(key) {
      const now = clock.now();
      const knowledge = known.get(key)?.knowledge ?? createKnowledge(clock, () => read(key));
      known.delete(key);
      known.set(key, { knowledge, usedAt: now });
      dropUnused(now);
      return knowledge.get();
    },
    trouble: () =>
      known
        .values()
        .map(({ knowledge }) => knowledge.trouble())
        .find((each) => each !== undefined),
  };
}
