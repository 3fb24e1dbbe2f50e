import type { Block, BlockOf } from "./blocks.ts";
import { drawElement } from "./draw-element.ts";
import { drawRichText } from "./draw-rich-text.ts";
import type { Element } from "./elements.ts";
import { plainOf, type Reader } from "./mrkdwn.ts";
import type { Cell } from "./tables.ts";
import type { TextObject } from "./texts.ts";
import type { Values } from "./types.ts";

export interface Drawable {
  text?: string;
  blocks?: readonly { type: string }[];
  files?: readonly { name: string; title: string }[];
  /** A dialog's title and buttons, and what stands in it. */
  title?: string;
  submit?: string;
  close?: string;
  state?: Values;
  errors?: Record<string, string>;
}

/**
 * Block Kit as plain text for a terminal, as one reader sees it. Without blocks it is the text; formatting characters
 * (`*bold*`) stay, since they read well.
 */
export function draw(
  shown: Drawable,
  now: Date = new Date(0),
  tz = "UTC",
  locale = "en-US",
  names: Reader["names"] = () => undefined,
): string {
  const canvas: Canvas = { reader: { now, tz, locale, names }, state: shown.state ?? {}, errors: shown.errors ?? {} };
  const blocks = (shown.blocks ?? []) as readonly Block[];
  const lines =
    blocks.length > 0 ? blocks.map((block) => drawBlock(block, canvas)) : [plainOf(shown.text ?? "", canvas.reader)];
  const files = (shown.files ?? []).map(({ name, title }) => `📎 ${title === name ? name : `${title} (${name})`}`);
  const buttons = [shown.submit, shown.close].flatMap((label) => (label ? `[ ${label} ]` : []));
  return [
    ...(shown.title ? [`══ ${shown.title} ══`] : []),
    ...lines.filter((line) => line !== "" || files.length === 0),
    ...files,
    ...(buttons.length > 0 ? [buttons.join("  ")] : []),
  ].join("\n");
}

interface Canvas {
  reader: Reader;
  state: Values;
  errors: Record<string, string>;
}

type Drawers = { readonly [T in Block["type"]]: (block: BlockOf<T>, canvas: Canvas) => string };

const drawers: Drawers = {
  header: ({ text }, { reader }) => `▌ ${words(text, reader)}`,
  section: ({ text, fields = [], accessory, block_id }, canvas) =>
    [
      ...(text ? [words(text, canvas.reader)] : []),
      ...fields.map((field) => `  · ${words(field, canvas.reader).replaceAll("\n", " ")}`),
      ...(accessory
        ? [accessory.type === "image" ? `(${accessory.alt_text})` : drawn(accessory, block_id, canvas)]
        : []),
    ].join("\n"),
  context: ({ elements }, { reader }) =>
    `  ${elements.map((each) => (each.type === "image" ? `(${each.alt_text})` : words(each, reader))).join("  ")}`,
  divider: () => "────────────────",
  image: ({ alt_text, title }) => `(${title ? `${title.text}: ` : ""}${alt_text})`,
  actions: ({ elements, block_id }, canvas) => elements.map((each) => drawn(each, block_id, canvas)).join("  "),
  input: ({ label, element, hint, optional, block_id }, canvas) => {
    const error = canvas.errors[block_id ?? ""];
    return [
      `${label.text}${optional ? " (optional)" : ""}: ${drawn(element, block_id, canvas)}`,
      ...(hint ? [`  ${hint.text}`] : []),
      ...(error ? [`  ! ${error}`] : []),
    ].join("\n");
  },
  rich_text: (block, { reader }) => drawRichText(block, reader),
  markdown: ({ text }) => text,
  alert: ({ text, level }, { reader }) => `! ${level && level !== "default" ? `${level}: ` : ""}${words(text, reader)}`,
  table: ({ rows }, { reader }) => drawRows(rows, reader),
  data_table: ({ caption, rows }, { reader }) => `${caption}\n${drawRows(rows, reader)}`,
  task_card: ({ title, status }) => `${marks[status]} ${title}`,
  plan: ({ title, tasks = [] }) => [title, ...tasks.map((task) => `  ${marks[task.status]} ${task.title}`)].join("\n"),
};

const marks = { pending: "○", in_progress: "▸", complete: "✓", error: "✗" };

function drawBlock(block: Block, canvas: Canvas): string {
  const drawer = drawers[block.type] as ((block: Block, canvas: Canvas) => string) | undefined;
  return drawer ? drawer(block, canvas) : `(${block.type})`;
}

const drawRows = (rows: readonly (readonly Cell[])[], reader: Reader): string =>
  rows
    .map((row) => row.map((cell) => (cell.type === "rich_text" ? drawRichText(cell, reader) : cell.text)).join(" │ "))
    .join("\n");

function words(text: TextObject, reader: Reader): string {
  return text.type === "mrkdwn" ? plainOf(text.text, reader) : text.text;
}

function drawn(element: Element, blockId: string | undefined, { state, reader }: Canvas): string {
  return drawElement(element, state[blockId ?? ""]?.[element.action_id ?? ""], reader);
}
