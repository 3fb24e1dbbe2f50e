import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LogEntry } from "../state.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import type { Journal } from "./wire.ts";

/** So many of the newest entries are drawn. */
const DRAWN = 150;

const LANES = [
  { key: "", label: "All" },
  { key: "slack bot", label: "Slack → bot" },
  { key: "bot slack", label: "Bot → Slack" },
  { key: "bot cloud", label: "Bot → cloud" },
];

/** Requests between Slack, bot and cloud as they happen, newest last. */
export function LogPanel({ journal }: { journal: Journal }): VNode {
  const [words, setWords] = useState("");
  const [lane, setLane] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const entries = useEntries(journal);
  const wanted = entries.filter((entry) => (!lane || lane === laneOf(entry)) && fits(entry, words.toLowerCase()));
  const drawn = wanted.slice(-DRAWN);

  useLayoutEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  });
  const onScroll = () => {
    const box = list.current!;
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  };

  return html`<div class="panel log" id="panel-log" role="tabpanel" aria-labelledby="tab-log">
    <div class="filters">
      <input type="search" class="field" aria-label="Filter the log" placeholder="Filter the log" value=${words}
        onInput=${(event: Event) => setWords((event.target as HTMLInputElement).value)} />
      <select class="field" aria-label="Between whom" value=${lane} onChange=${(event: Event) => setLane((event.target as HTMLSelectElement).value)}>
        ${LANES.map(({ key, label }) => html`<option value=${key}>${label}</option>`)}
      </select>
    </div>
    <p class="hint">${wanted.length > drawn.length ? `The newest ${drawn.length} of ${wanted.length}` : `${wanted.length} requests`}</p>
    <ol ref=${list} tabindex="0" aria-label="Requests" onScroll=${onScroll}>${drawn.map((entry) => html`<${Row} key=${entry.n} entry=${entry} />`)}</ol>
  </div>`;
}

/** Redrawn at most once a frame, however much happens. */
function useEntries(journal: Journal): readonly LogEntry[] {
  const [entries, setEntries] = useState(journal.entries);
  useEffect(() => {
    let frame = 0;
    const update = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setEntries(journal.entries);
      });
    };
    update();
    const stop = journal.onChange(update);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [journal]);
  return entries;
}

const laneOf = ({ from, to }: LogEntry): string => `${from} ${to}`;

const fits = ({ what, status, request, response }: LogEntry, words: string): boolean =>
  words === "" || [what, String(status ?? ""), request, response].some((text) => text.toLowerCase().includes(words));

/** The bodies are drawn when somebody opens them. */
function Row({ entry }: { entry: LogEntry }): VNode {
  const { reader } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const { from, to, what, status, at, request, response } = entry;
  const isBad = status === undefined || status >= 400 || status === 0;
  const time = new Intl.DateTimeFormat(reader.locale, { timeStyle: "medium", timeZone: reader.tz }).format(at);
  return html`<li><details onToggle=${(event: Event) => setOpen((event.target as HTMLDetailsElement).open)}>
    <summary><time>${time}</time> <span class=${`lane ${from}-${to}`}>${from} → ${to}</span>
      <code>${what}</code> <b class=${isBad ? "bad" : "good"}>${status || "no answer"}</b></summary>
    ${isOpen && html`<h4>Request</h4><pre tabindex="0">${request || "(empty)"}</pre><h4>Answer</h4><pre tabindex="0">${response || "(empty)"}</pre>`}
  </details></li>`;
}
