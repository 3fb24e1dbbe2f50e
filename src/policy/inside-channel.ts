import type { Channel, Somebody } from "./asked.ts";

/** Somebody with what the place says of them: whoever asks in direct messages is in them, and nobody is nowhere. */
export const insideChannel = (person: Somebody, channel: Channel | undefined): Somebody =>
  channel === undefined
    ? { ...person, isInChannel: false }
    : { ...person, isInChannel: person.isInChannel ?? (channel.isDirect || undefined) };
