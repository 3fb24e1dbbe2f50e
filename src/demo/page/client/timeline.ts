import type { PageState, Refused, ShownChannel, ShownMessage, ShownPrivate } from "../state.ts";

/** What stands in a channel, oldest first. */
export type Entry =
  | { kind: "message"; key: string; at: number; message: ShownMessage; replies: readonly ShownMessage[] }
  | { kind: "private"; key: string; at: number; answer: ShownPrivate }
  | { kind: "refused"; key: string; at: number; refused: Refused };

export function timelineOf(state: PageState, channel: ShownChannel): Entry[] {
  const here = state.messages.filter((message) => message.channel === channel.id);
  const isHere = (id: string | undefined) => (id === undefined ? channel.kind === "direct" : id === channel.id);
  const entries: Entry[] = [
    ...here
      .filter(({ threadTs }) => threadTs === undefined)
      .map((message): Entry => {
        const replies = here.filter(({ threadTs }) => threadTs === message.ts);
        return { kind: "message", key: message.ts, at: Number(message.ts) * 1000, message, replies };
      }),
    ...state.privates
      .filter((answer) => isHere(answer.channel))
      .map((answer): Entry => ({ kind: "private", key: answer.id, at: Number(answer.id) * 1000, answer })),
    ...state.refused
      .filter((refused) => refused.channel === undefined || isHere(refused.channel))
      .map(
        (refused, index): Entry => ({
          kind: "refused",
          key: `${refused.at} ${index}`,
          at: Date.parse(refused.at),
          refused,
        }),
      ),
  ];
  return entries.sort((one, other) => one.at - other.at);
}

/** Where something is that this person has not seen: by channel, the time of the latest that they see there. */
export const latestIn = (state: PageState, channel: ShownChannel): number => timelineOf(state, channel).at(-1)?.at ?? 0;
