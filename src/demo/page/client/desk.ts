import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Reader } from "../../slack/mrkdwn.ts";
import type { Deed, PageState } from "../state.ts";

/** What a confirm dialog says. */
export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
  isDanger: boolean;
}

/** What every part of the page may need: what there is, who reads it, and the ways to act. */
export interface Desk {
  state: PageState;
  reader: Reader;
  /** Does it; what does not work is shown. Resolves to whether it worked. */
  act(deed: Deed): Promise<boolean>;
  /** Resolves to whether the answer was yes. */
  ask(question: Question): Promise<boolean>;
  /** Shows a message, wherever it is. */
  show(channel: string, ts: string): void;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("Nothing is drawn outside of a desk");
  return desk;
}

/** The page's reader: names of people, the app and channels; dates by the workspace's clock. */
export function readerOf({ me, people, channels, now }: PageState): Reader {
  const person = people.find(({ id }) => id === me);
  const names = new Map([...people, ...channels].map(({ id, name }) => [id, name]));
  return {
    now: new Date(now),
    tz: person?.tz ?? "UTC",
    locale: person?.locale ?? "en-GB",
    names: (id) => names.get(id),
  };
}
