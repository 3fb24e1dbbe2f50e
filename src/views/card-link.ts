import { isDirect, type UserId } from "../domain/ids.ts";
import type { Place } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";

/** The web address of a message; undefined while the workspace is not known. */
export type LinkTo = (place: Place) => string | undefined;

/** Where this reader can open a request's card; undefined as long as it has none, and for one in others' direct messages. */
export function cardLink({ request, card }: Stored, reader: UserId, linkTo: LinkTo): string | undefined {
  const { message } = card;
  if (!message || (isDirect(message.channel) && request.requestedBy.id !== reader)) return undefined;
  return linkTo(message);
}
