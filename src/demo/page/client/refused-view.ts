import { useRef, useState } from "preact/hooks";
import type { PageState, Refused } from "../state.ts";

/** The latest dialog that Slack refused to this person since they look at the page, and the way to put it away. */
export function useRefusedView(state: PageState | undefined): [Refused | undefined, () => void] {
  const looking = useRef({ me: "", since: 0 });
  const [putAway, setPutAway] = useState(0);
  const all = (state?.refused ?? []).filter(({ surface }) => surface === "modal");
  const latest = all.at(-1);
  if (state && looking.current.me !== state.me) looking.current = { me: state.me, since: latest?.n ?? 0 };
  const isNew = latest !== undefined && latest.n > Math.max(looking.current.since, putAway);
  return [isNew ? latest : undefined, () => setPutAway(latest?.n ?? 0)];
}
