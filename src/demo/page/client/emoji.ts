/** Slack's names of the emoji that the app and its people use; any other stays as it was typed. */
const EMOJI: Readonly<Record<string, string>> = {
  warning: "⚠️",
  white_check_mark: "✅",
  x: "❌",
  hourglass_flowing_sand: "⏳",
  hourglass: "⌛",
  camera: "📷",
  camera_with_flash: "📸",
  electric_plug: "🔌",
  information_source: "ℹ️",
  rotating_light: "🚨",
  lock: "🔒",
  no_entry: "⛔",
  eyes: "👀",
  bell: "🔔",
  large_green_circle: "🟢",
  red_circle: "🔴",
  white_circle: "⚪",
  tada: "🎉",
  thumbsup: "👍",
  "+1": "👍",
};

export const emojiNamed = (name: string): string | undefined => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : undefined);
