import { folded } from "../domain/likeness.ts";
import type { Channel } from "./asked.ts";
import type { Fit } from "./fit.ts";
import { mistaken, oneOrMany, quoted, type Reading, read, wrong } from "./written.ts";

/** A channel as the policy names it. Ids never change; a name belongs to whichever channel has it now. */
export type ChannelNamed = { text: string } & (
  | { kind: "name"; name: string }
  | { kind: "id"; id: string }
  | { kind: "direct" }
);

const EXAMPLE = 'a channel such as "#ops" (in quotes), C0123ABC or direct';

function readOne(text: string): Reading<ChannelNamed> {
  if (text === "direct") return read({ text, kind: "direct" });
  if (/^[CG][A-Z0-9]{2,}$/.test(text)) return read({ text, kind: "id", id: text });
  const [, name] = /^#([^\s#,@]{1,80})$/.exec(text) ?? [];
  if (name !== undefined) return read({ text, kind: "name", name: folded(name) });
  const meant = /^[\p{L}\p{N}_-]{1,80}$/u.test(text) ? `; did you mean "#${text}"?` : `; it takes ${EXAMPLE}`;
  return mistaken(`holds ${quoted(text)}, which is no channel${meant}`);
}

/** One or several channels. */
export const ChannelsSchema = oneOrMany(readOne, EXAMPLE);

/** One channel in which people can be told something. */
export const PublicPlaceSchema = oneOrMany(readOne, EXAMPLE).transform((channels, context): ChannelNamed => {
  const [channel] = channels;
  if (channels.length > 1 || channel?.kind === "direct")
    wrong(context, 'must be one channel such as "#security" (in quotes) or C0123ABC');
  return channel!;
});

/** What the channel is called, as names are compared. */
export const nameToCompare = (channel: Channel | undefined): string | undefined =>
  channel?.name === undefined ? undefined : folded(channel.name);

/** Where it is asked. Unknown when only Slack could say what the channel is called, and it did not. */
export function fitsChannel(
  wanted: readonly ChannelNamed[],
  channel: Channel | undefined,
  name = nameToCompare(channel),
): Fit {
  if (channel === undefined) return "no";
  let fits: Fit = "no";
  for (const one of wanted) {
    const fit = fitsOne(one, channel, name);
    if (fit === "yes") return "yes";
    if (fit === "unknown") fits = "unknown";
  }
  return fits;
}

function fitsOne(wanted: ChannelNamed, { id, isDirect }: Channel, name: string | undefined): Fit {
  switch (wanted.kind) {
    case "direct":
      return isDirect ? "yes" : "no";
    case "id":
      return wanted.id === id ? "yes" : "no";
    case "name":
      if (isDirect) return "no";
      return name === undefined ? "unknown" : name === wanted.name ? "yes" : "no";
  }
}
