import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { ChannelId } from "../domain/ids.ts";
import { folded } from "../domain/likeness.ts";
import { type Channel, SlackRefusal } from "../ports/slack.ts";
import { allPages, PAGE } from "./paged.ts";
import { call } from "./web.ts";

const Listed = z.object({
  channels: z.array(z.object({ id: ChannelId, name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/**
 * The channel that has this name now, with or without its `#`; archived ones have none. Undefined when the bot sees no
 * such channel. Throws when Slack does not tell.
 */
export async function channelNamed(client: WebClient, name: string): Promise<Channel | undefined> {
  const wanted = folded(name.replace(/^#/, ""));
  return (await channelsNamed(client, [wanted])).get(wanted);
}

/** The same of several, which have to be folded: those that the bot sees, by their names. */
export async function channelsNamed(
  client: WebClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, Channel>> {
  const found = new Map<string, Channel>();
  const isLacking = () => names.some((name) => !found.has(name));
  if (isLacking()) await lookAmong("public_channel");
  if (isLacking()) await amongPrivate();
  return found;

  async function lookAmong(types: string): Promise<void> {
    const { items, isWhole } = await allPages(async (cursor) => {
      const asked = { types, exclude_archived: true, limit: PAGE, ...cursor };
      const answer = Listed.parse(await call(() => client.conversations.list(asked)));
      return { items: answer.channels, next: answer.response_metadata?.next_cursor ?? undefined };
    });
    for (const { id, name } of items)
      if (names.includes(folded(name)) && !found.has(folded(name)))
        found.set(folded(name), { id, name, isDirect: false });
    if (isLacking() && !isWhole) throw new Error("There are more channels than can be looked through");
  }

  /** Without the right to see private channels there are none to be seen. */
  async function amongPrivate(): Promise<void> {
    try {
      await lookAmong("private_channel");
    } catch (error) {
      if (!(error instanceof SlackRefusal && error.code === "missing_scope")) throw error;
    }
  }
}
