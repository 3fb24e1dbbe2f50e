import type { PageState, Refused, ShownChannel, ShownMessage, ShownPrivate } from "../state.ts";

/** What stands in a thread: what the app has said there, to all or to this person. */
export type Reply =
  | { kind: "message"; key: string; message: ShownMessage }
  | { kind: "private"; key: string; answer: ShownPrivate };

/** What stands in a channel, oldest first. */
export type Entry =
  | { kind: "message"; key: string; at: number; message: ShownMessage; replies: readonly Reply[] }
  | { kind: "private"; key: string; at: number; answer: ShownPrivate }
  | { kind: "refused"; key: string; at: number; refused: Refused };

export function timelineOf(state: PageState, channel: ShownChannel): Entry[] {
  const here = state.messages.filter((message) => message.channel === channel.id);
  const isHere = (id: string | undefined) => (id === undefined ? channel.kind === "direct" : id === channel.id);
  const privates = state.privates.filter((answer) => isHere(answer.channel));
  const isParent = (ts: string | undefined) => here.some((message) => message.ts === ts && !message.threadTs);
  const entries: Entry[] = [
    ...here
      .filter(({ threadTs }) => threadTs === undefined)
      .map(
        (message): Entry => ({
          kind: "message",
          key: message.ts,
          at: Number(message.ts) * 1000,
          message,
          replies: repliesTo(message.ts, here, privates),
        }),
      ),
    ...privates
      .filter(({ threadTs }) => !isParent(threadTs))
      .map((answer): Entry => ({ kind: "private", key: answer.id, at: Number(answer.id) * 1000, answer })),
    ...state.refused
      .filter(({ surface, channel: id }) => surface === "message" && (id === undefined || isHere(id)))
      .map((refused): Entry => ({ kind: "refused", key: `${refused.n}`, at: Date.parse(refused.at), refused })),
  ];
  return entries.sort((one, other) => one.at - other.at);
}

function repliesTo(ts: string, messages: readonly ShownMessage[], privates: readonly ShownPrivate[]): Reply[] {
  const replies: Reply[] = [
    ...messages
      .filter(({ threadTs }) => threadTs === ts)
      .map((message): Reply => ({ kind: "message", key: message.ts, message })),
    ...privates
      .filter(({ threadTs }) => threadTs === ts)
      .map((answer): Reply => ({ kind: "private", key: answer.id, answer })),
  ];
  return replies.sort((one, other) => Number(one.key) - Number(other.key));
}

/** Where something is that this person has not seen: by channel, the time of the latest that they see there. */
export const latestIn = (state: PageState, channel: ShownChannel): number => timelineOf(state, channel).at(-1)?.at ?? 0;
