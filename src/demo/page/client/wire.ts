import type { Aim, Deed, Done, LogEntry, PageState } from "../state.ts";
import type { Choice } from "./chosen.ts";

interface Heard {
  state(state: PageState): void;
  /** Whether the server is there. */
  link(isUp: boolean): void;
}

/** The requests between Slack, bot and cloud so far; kept apart from the page's state, which changes more often. */
export class Journal {
  entries: readonly LogEntry[] = [];
  readonly #listeners = new Set<() => void>();
  /** The page keeps no more than this. */
  readonly #most = 2000;

  add(entries: readonly LogEntry[]): void {
    this.entries = [...this.entries, ...entries].slice(-this.#most);
    this.#tell();
  }

  clear(): void {
    this.entries = [];
    this.#tell();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Listens to what this person sees. A new connection brings everything anew. Returns the way to stop. */
export function listen(as: string, journal: Journal, heard: Heard): () => void {
  const source = new EventSource(`/events?as=${encodeURIComponent(as)}`);
  source.addEventListener("open", () => {
    journal.clear();
    heard.link(true);
  });
  source.addEventListener("error", () => heard.link(false));
  source.addEventListener("state", ({ data }) => heard.state(JSON.parse(data) as PageState));
  source.addEventListener("log", ({ data }) => journal.add(JSON.parse(data) as LogEntry[]));
  return () => source.close();
}

export async function carryOut(deed: Deed): Promise<Done> {
  try {
    const response = await fetch("/do", { method: "POST", body: JSON.stringify(deed) });
    return (await response.json()) as Done;
  } catch {
    return { ok: false, error: "The demo server does not answer." };
  }
}

export async function suggestions(as: string, aim: Aim, query: string): Promise<Choice[]> {
  try {
    const response = await fetch(`/suggest?${new URLSearchParams({ as, aim: JSON.stringify(aim), query })}`);
    return (await response.json()) as Choice[];
  } catch {
    return []; // shown as "nothing found"
  }
}
