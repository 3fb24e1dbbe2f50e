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
  blockId: 255,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  option: 75,
  label: 2000,
  placeholder: 150,
  title: 24,
  alert: 200,
  options: 100,
  boxes: 10,
  typed: 3000,
};

/** Slack's limit for the text of chat.update. */
const TEXT_LIMIT = 4000;

/** Never leaves half a character behind. */
export const clip = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;

const plainText = (text: string, length: number) => ({ type: "plain_text", text: clip(text, length), emoji: false });

/** `verbatim`: what looks like an address or a channel's name in somebody's name becomes no link. */
const mrkdwn = (text: string, length: number) => ({ type: "mrkdwn", text: clipLines(text, length), verbatim: true });

/** Cuts between lines, so that no code span, mention or date is cut in two; within a line only where it is the first. */
function clipLines(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept: string[] = [];
  let used = 2;
  for (const line of text.split("\n")) {
    used += line.length + 1;
    if (used > length) break;
    kept.push(line);
  }
  return kept.length > 0 ? [...kept, "…"].join("\n") : clipMrkdwn(text, length);
}

/** No date, mention or escaped character is cut in two. */
const clipMrkdwn = (text: string, length: number): string =>
  text.length > length ? clip(text, length).replace(/(?:<[^>]*|&[a-z]*)…$/, "…") : text;

export const header = (text: string) => ({ type: "header", text: plainText(text, LIMITS.header) });

/** One paragraph, or several lines. */
export const section = (...lines: string[]) => ({ type: "section", text: mrkdwn(lines.join("\n"), LIMITS.section) });

/** A paragraph with one button beside it. */
export const sectionWith = (text: string, beside: Button, blockId?: string) => ({
  ...section(text),
  ...(blockId !== undefined && { block_id: blockId }),
  accessory: button(beside),
});

/** A paragraph with something to choose beside it. */
export const labelled = (text: string, element: object, blockId: string) => ({
  ...section(text),
  block_id: clip(blockId, LIMITS.blockId),
  accessory: element,
});

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
  value?: string;
  /** What a screen reader says, where several buttons of a page are labelled alike. */
  spoken?: string;
  style?: "primary" | "danger";
  confirm?: { title: string; text: string; yes: string; no: string; style?: "primary" | "danger" };
}

export const actions = (...buttons: Button[]) => ({ type: "actions", elements: buttons.map(button) });

/** Something to choose, and buttons, in one row. */
export const controls = (blockId: string, element: object, ...buttons: Button[]) => ({
  type: "actions",
  block_id: clip(blockId, LIMITS.blockId),
  elements: [element, ...buttons.map(button)],
});

const button = ({ actionId, label, value, spoken, style, confirm }: Button) => ({
  type: "button",
  action_id: actionId,
  text: plainText(label, LIMITS.button),
  ...(value !== undefined && { value: clip(value, LIMITS.buttonValue) }),
  ...(spoken !== undefined && { accessibility_label: clip(spoken, LIMITS.button) }),
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

type Option = ReturnType<typeof option>;

/** Slack's limit for an option's value; what is longer cannot be offered. */
export const OPTION_VALUE_LENGTH = 75;
/** Slack's limit for the value of a button; what is longer is cut. */
export const BUTTON_VALUE_LENGTH = LIMITS.buttonValue;
/** So many boxes to tick stand in one field. */
export const MOST_BOXES = LIMITS.boxes;

/** A menu; `chosen` is one of the options. */
export const select = (actionId: string, options: readonly Option[], empty: string, chosen?: Option) => ({
  type: "static_select",
  action_id: actionId,
  placeholder: placeholder(empty),
  options: options.slice(0, LIMITS.options),
  ...(chosen && { initial_option: chosen }),
});

/** A menu whose options are looked up while one types. */
export const search = (actionId: string, empty: string, chosen?: Option) => ({
  type: "external_select",
  action_id: actionId,
  min_query_length: 0,
  placeholder: placeholder(empty),
  ...(chosen && { initial_option: chosen }),
});

/** Boxes to tick; `ticked` are some of the options. */
export const checkboxes = (actionId: string, options: readonly Option[], ticked: readonly Option[]) => ({
  type: "checkboxes",
  action_id: actionId,
  options: options.slice(0, MOST_BOXES),
  ...(ticked.length > 0 && { initial_options: ticked }),
});

/** A line to type into. */
export function textField(actionId: string, maxLength: number, value?: string) {
  const max_length = Math.min(maxLength, LIMITS.typed);
  return {
    type: "plain_text_input",
    action_id: actionId,
    max_length,
    ...(value !== undefined && { initial_value: clip(value, max_length) }),
  };
}

/** Something to heed before going on, in plain text. In dialogs only. */
export const alert = (text: string, level: "info" | "warning" | "error") => ({
  type: "alert",
  level,
  text: plainText(text, LIMITS.alert),
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

/** The top-level text, which notifications and screen readers read. */
export const topLevel = (text: string): string => clipMrkdwn(text, TEXT_LIMIT);

/** The same from sentences: where not all of them fit, the last are left out whole. */
export function topLevelOf(sentences: readonly string[]): string {
  const whole = sentences.join(" ");
  if (whole.length <= TEXT_LIMIT) return whole;
  let used = " …".length;
  const fitting = sentences.findIndex((sentence) => {
    used += sentence.length + 1;
    return used > TEXT_LIMIT;
  });
  return topLevel([...sentences.slice(0, Math.max(1, fitting)), "…"].join(" "));
}
