import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PageState, ShownChannel } from "../state.ts";
import { html } from "./dom.ts";
import { newsIn } from "./news.ts";

/** Says what has changed to those who do not see it. */
export function Announcer({ state, channel }: { state: PageState; channel: ShownChannel }): VNode {
  const before = useRef(state);
  const [said, setSaid] = useState<readonly string[]>([]);
  useEffect(() => {
    const news = newsIn(before.current, state, channel);
    before.current = state;
    if (news.length > 0) setSaid((last) => [...last, ...news].slice(-5));
  }, [state, channel.id]);
  return html`<div class="unseen" role="log" aria-label="News" aria-live="polite">${said.map((line) => html`<p>${line}</p>`)}</div>`;
}
