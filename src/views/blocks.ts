import { escapeMrkdwn } from "../texts/format.ts";

/**
 * Block Kit, as much of it as Shutter draws. The only place that knows Slack's limits; whatever comes in, what goes out is
 * within them.
 */

/** Slack's documented limits, in characters. */
const LIMITS = {
  section: 3000,
  header: 150,
  context: 2000,
  button: 75,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  option: 75,
  label: 2000,
  placeholder: 150,
  title: 24,
};

/** Slack's limit for the text of chat.update. */
const TEXT_LIMIT = 4000;

/** Never leaves half a character behind. */
export const clip = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;

const plainText = (text: string, length: number) => ({ type: "plain_text", text: clip(text, length), emoji: false });

/** `verbatim`: what looks like an address or a channel's name in somebody's name becomes no link. */
const mrkdwn = (text: string, length: number) => ({ type: "mrkdwn", text: clipLines(text, length), verbatim: true });

/** Cuts between lines, so that no code span, mention or date is cut in two. */
function clipLines(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept: string[] = [];
  let used = 2;
  for (const line of text.split("\n")) {
    used += line.length + 1;
    if (used > length) break;
    kept.push(line);
  }
  return kept.length > 0 ? [...kept, "…"].join("\n") : "…";
}

export const header = (text: string) => ({ type: "header", text: plainText(text, LIMITS.header) });

/** One paragraph, or several lines. */
export const section = (...lines: string[]) => ({ type: "section", text: mrkdwn(lines.join("\n"), LIMITS.section) });

/** Small print in mrkdwn. */
export const context = (...texts: string[]) => ({
  type: "context",
  elements: texts.slice(0, 10).map((text) => mrkdwn(text, LIMITS.context)),
});

/** Small print that somebody typed: no formatting, mention or link comes to life in it. */
export const quoted = (text: string) => ({ type: "context", elements: [plainText(text, LIMITS.context)] });

export interface Button {
  actionId: string;
  label: string;
  value: string;
  style?: "primary" | "danger";
  confirm?: { title: string; text: string; yes: string; no: string; style?: "primary" | "danger" };
}

export const actions = (...buttons: Button[]) => ({ type: "actions", elements: buttons.map(button) });

const button = ({ actionId, label, value, style, confirm }: Button) => ({
  type: "button",
  action_id: actionId,
  text: plainText(label, LIMITS.button),
  value: clip(value, LIMITS.buttonValue),
  ...(style && { style }),
  ...(confirm && {
    confirm: {
      title: plainText(confirm.title, LIMITS.confirmTitle),
      text: plainText(confirm.text, LIMITS.confirmText),
      confirm: plainText(confirm.yes, LIMITS.confirmButton),
      deny: plainText(confirm.no, LIMITS.confirmButton),
      ...(confirm.style && { style: confirm.style }),
    },
  }),
});

export const option = (label: string, value: string, description?: string) => ({
  text: plainText(label, LIMITS.option),
  value,
  ...(description !== undefined && { description: plainText(description, LIMITS.option) }),
});

/** An input of a dialog. */
export function input(options: {
  blockId: string;
  label: string;
  element: object;
  hint?: string;
  optional?: boolean;
  dispatches?: boolean;
}) {
  return {
    type: "input",
    block_id: options.blockId,
    label: plainText(options.label, LIMITS.label),
    element: options.element,
    optional: options.optional ?? false,
    ...(options.hint !== undefined && { hint: plainText(options.hint, LIMITS.label) }),
    ...(options.dispatches && { dispatch_action: true }),
  };
}

export const placeholder = (text: string) => plainText(text, LIMITS.placeholder);

/** A dialog's title, submit or close. */
export const title = (text: string) => plainText(text, LIMITS.title);

type Words = { type: string; text: string };

/** The top-level text is mrkdwn, in which what was plain must not come to life. */
const inMrkdwn = ({ type, text }: Words): string => (type === "plain_text" ? escapeMrkdwn(text) : text);

/** What blocks say, in words: sections as they are, buttons by their labels. */
export const wordsOf = (blocks: readonly object[]): string[] =>
  blocks.flatMap((block) => {
    const { text, elements = [] } = block as { text?: Words; elements?: { text?: Words }[] };
    const labels = elements.flatMap(({ text: label }) => (label ? inMrkdwn(label) : [])).join(", ");
    return text ? [inMrkdwn(text)] : labels === "" ? [] : [labels];
  });

/** The top-level text, which notifications and screen readers read. No date or escaped character is cut in two. */
export const topLevel = (text: string): string =>
  text.length > TEXT_LIMIT ? clip(text, TEXT_LIMIT).replace(/(?:<[^>]*|&[a-z]*)…$/, "…") : text;
