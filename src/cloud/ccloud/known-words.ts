export type Log = (message: string, values: object) => void;

/** A cloud that makes up words without end fills no memory and no log. */
const MOST_WORDS = 100;

/** Told of words that are not in the tables; logs each once, since the live service's words are mostly unknown. */
export function knownWords(log: Log): { missed(what: "power state" | "operation status", word: string): void } {
  const told = new Set<string>();
  return {
    missed(what, word) {
      const short = word.slice(0, 40);
      const key = `${what} ${short}`;
      if (told.size >= MOST_WORDS || told.has(key)) return;
      told.add(key);
      log("the cloud uses a word that is not known", { what, word: short });
    },
  };
}
