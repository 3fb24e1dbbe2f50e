import { z } from "zod";
import { HOUR_MS, later } from "../domain/durations.ts";
import { ACTIONS, type Action, type Asked } from "./asked.ts";
import { type ChannelNamed, ChannelsSchema, fitsChannel } from "./channel.ts";
import { insideChannel } from "./inside-channel.ts";
import { named, type PeopleNamed, WhoSchema } from "./who.ts";
import { keys, oneOf, oneOrMany, wholeNumber, wrong } from "./written.ts";

/** How much may be asked for, against accidents and floods. */
export interface Limit {
  /** Without it: everybody who may act, guests too. */
  who: readonly PeopleNamed[] | undefined;
  channel: readonly ChannelNamed[] | undefined;
  action: readonly Action[] | undefined;
  requestsPerHour: number | undefined;
  running: number | undefined;
  /**
   * What is counted together: what each person asks for, wherever · what is asked for in each channel, by whomever · what
   * each person asks for in each channel.
   */
  per: "person" | "channel" | "person_in_channel";
}

const Written = keys({
  who: WhoSchema.optional(),
  channel: ChannelsSchema.optional(),
  action: oneOrMany(oneOf(ACTIONS, "action"), `an action: ${ACTIONS.join(", ")}`).optional(),
  requests_per_hour: wholeNumber.optional(),
  running: wholeNumber.optional(),
});

export const LIMIT_KEYS: readonly string[] = Object.keys(Written.shape);

const LimitSchema = Written.superRefine(({ requests_per_hour, running }, context) => {
  if (requests_per_hour === undefined && running === undefined)
    wrong(context, "must hold requests_per_hour or running");
}).transform(
  ({ who, channel, action, requests_per_hour, running }): Limit => ({
    who,
    channel,
    action,
    requestsPerHour: requests_per_hour,
    running,
    per: channel === undefined ? "person" : who === undefined ? "channel" : "person_in_channel",
  }),
);

export const LimitsSchema = z.array(LimitSchema, { error: "must be a list of limits" });

/** The limits that count for what is asked. One of which Slack does not say whether it does, counts. */
export function limitsOn<L extends Limit>(
  limits: readonly L[],
  asked: Pick<Asked, "action" | "channel" | "person">,
): L[] {
  const person = insideChannel(asked.person, asked.channel);
  return limits.filter(
    ({ who, channel, action }) =>
      (action === undefined || action.includes(asked.action)) &&
      (channel === undefined || fitsChannel(channel, asked.channel) !== "no") &&
      (who === undefined || ["yes", "silent"].includes(named(who, person))),
  );
}

/** What a limit leaves room for; each as far as it limits that. */
export interface Room {
  /** `againAt`: when there is room again, where none is left. */
  hour?: { left: number; most: number; againAt?: Date };
  running?: { left: number; most: number };
}

/** How much is left of a limit. What counts together is given as to `limitReached`. */
export function roomIn({ requestsPerHour, running: most }: Limit, { asked, running }: Used, now: Date): Room {
  const ends = endsOf(asked, now);
  const againAt = requestsPerHour === undefined ? undefined : ends.at(-requestsPerHour);
  return {
    ...(requestsPerHour !== undefined && {
      hour: {
        left: Math.max(0, requestsPerHour - ends.length),
        most: requestsPerHour,
        ...(againAt && { againAt }),
      },
    }),
    ...(most !== undefined && { running: { left: Math.max(0, most - running), most } }),
  };
}

/** What counts together: when it was asked for, at least that of the last hour, and how much is not at its end. */
export interface Used {
  asked: readonly Date[];
  running: number;
}

/** When each that was asked for within an hour is an hour old, the oldest first. */
const endsOf = (asked: readonly Date[], now: Date): Date[] =>
  asked
    .map((at) => later(at, HOUR_MS))
    .filter((until) => until > now)
    .sort((a, b) => a.getTime() - b.getTime());

export type Reached = { kind: "running"; most: number } | { kind: "requests_per_hour"; most: number; againAt: Date };

/** Whether a limit leaves no room for one more, and when it does again. */
export function limitReached(limit: Limit, used: Used, now: Date): Reached | undefined {
  const { hour, running } = roomIn(limit, used, now);
  if (running?.left === 0) return { kind: "running", most: running.most };
  return hour?.againAt && { kind: "requests_per_hour", most: hour.most, againAt: hour.againAt };
}
