import type { SlackNeeds } from "./policy/slack-needs.ts";

/** What a scope of the bot token is for, where Shutter works without it. */
export interface Feature {
  scope: string;
  what: string;
  /** Whether the configuration makes use of it. */
  isNeeded: (needs: SlackNeeds) => boolean;
}

/** Each can be left out; what is not here, nothing works without. */
export const FEATURES: readonly Feature[] = [
  { scope: "files:write", what: "the history as a CSV file", isNeeded: () => false },
  { scope: "usergroups:read", what: "user groups (group:…) in shutter.yml", isNeeded: ({ groups }) => groups },
  { scope: "users:read.email", what: "e-mail addresses in shutter.yml", isNeeded: ({ emails }) => emails },
  { scope: "channels:read", what: "names and members of channels in shutter.yml", isNeeded: areChannelsNeeded },
  { scope: "groups:read", what: "names and members of private channels in shutter.yml", isNeeded: areChannelsNeeded },
];

function areChannelsNeeded({ channelNames, channelMembers }: SlackNeeds): boolean {
  return channelNames || channelMembers;
}

/** What the token lacks, as against the manifest: nothing works without it, the configuration needs it, or a feature is off. */
export interface Lacking {
  required: readonly string[];
  needed: readonly Feature[];
  off: readonly Feature[];
}

export function lackingOf(granted: readonly string[], manifest: readonly string[], needs: SlackNeeds): Lacking {
  const missing = manifest.filter((scope) => !granted.includes(scope));
  const features = FEATURES.filter(({ scope }) => missing.includes(scope));
  return {
    required: missing.filter((scope) => !features.some((feature) => feature.scope === scope)),
    needed: features.filter(({ isNeeded }) => isNeeded(needs)),
    off: features.filter(({ isNeeded }) => !isNeeded(needs)),
  };
}
