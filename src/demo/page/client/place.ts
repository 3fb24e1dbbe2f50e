import type { PageState, ShownChannel } from "../state.ts";

export const PANES = ["channels", "chat", "cloud", "log"] as const;
export type Pane = (typeof PANES)[number];

/** Who looks, and where. It stands in the address, so that two windows can be two people. */
export interface Place {
  as: string;
  /** A channel's name; `app` stands for the direct messages with it. */
  channel: string;
  tab: "messages" | "home";
  /** On a narrow screen one pane is shown, on a wide one all. */
  pane: Pane;
}

export const APP = "app";

const isPane = (text: string | null): text is Pane => PANES.some((pane) => pane === text);

export function placeIn(address: string): Place {
  const asked = new URLSearchParams(address);
  const pane = asked.get("pane");
  return {
    as: asked.get("as") ?? "",
    channel: asked.get("in") ?? "ops",
    tab: asked.get("tab") === "home" ? "home" : "messages",
    pane: isPane(pane) ? pane : "chat",
  };
}

export function addressOf({ as, channel, tab, pane }: Place): string {
  const address = new URLSearchParams({ as, in: channel });
  if (tab === "home") address.set("tab", tab);
  if (pane !== "chat") address.set("pane", pane);
  return `?${address}`;
}

export const keyOf = (channel: ShownChannel): string => (channel.kind === "direct" ? APP : channel.name);

/** The channel that is shown; the first one for somebody who is not in the one that was asked for. */
export const channelAt = ({ channels }: PageState, { channel }: Place): ShownChannel =>
  channels.find((each) => keyOf(each) === channel) ?? channels[0]!;
