import type { Insertable, Selectable } from "kysely";
import { isFollowedUp } from "../domain/decide/following-up.ts";
import { between } from "../domain/durations.ts";
import { ChannelId } from "../domain/ids.ts";
import { isOpen, Request } from "../domain/request.ts";
import type { Stored } from "../ports/store.ts";
import type { Tables } from "./tables.ts";

type Row = Selectable<Tables["requests"]>;

/** What of a row follows from the request itself. */
export function columnsOf(
  request: Request,
): Pick<
  Insertable<Tables["requests"]>,
  "vm" | "status" | "open" | "owes" | "took_ms" | "requester" | "follow_up" | "emergency" | "body"
> {
  const { snapshotStarted, snapshotEnded } = request.times;
  const isDone = request.state.status === "done" && snapshotStarted && snapshotEnded;
  return {
    vm: request.vm.id,
    status: request.state.status,
    open: isOpen(request) ? 1 : 0,
    owes: request.debt || request.watch || isFollowedUp(request) ? 1 : 0,
    requester: request.requestedBy.id,
    follow_up: request.followUp && request.followUp.asked > 0 ? 1 : 0,
    emergency: request.emergency ? 1 : 0,
    took_ms: isDone ? between(snapshotStarted, snapshotEnded) : null,
    body: JSON.stringify(request),
  };
}

export function storedOf(row: Row): Stored {
  const posting =
    row.posting_channel !== null && row.posting_since !== null
      ? { channel: ChannelId.parse(row.posting_channel), since: new Date(row.posting_since) }
      : undefined;
  const message =
    row.card_channel !== null && row.card_ts !== null
      ? { channel: ChannelId.parse(row.card_channel), ts: row.card_ts }
      : undefined;
  return {
    request: Request.parse(JSON.parse(row.body)),
    version: row.version,
    card: { face: row.face, drawn: row.drawn, ...(posting && { posting }), ...(message && { message }) },
  };
}
