import type { z } from "zod";
import { type Block, block, type Surface, surfaces } from "./blocks.ts";
import type { Element } from "./elements.ts";
import { tooMuchOfTables } from "./tables.ts";

/** Everything wrong with something, in Slack's words; empty when Slack would take it. */
export type Complaints = string[];

const MOST_BLOCKS = { message: 50, modal: 100, home: 100 } as const;

/**
 * Checks blocks as Slack does for this surface. Takes what came in, so anything at all. Types in `unknown` are treated
 * as if Slack had never heard of them.
 */
export function checkBlocks(
  blocks: readonly unknown[],
  surface: Surface,
  unknown: ReadonlySet<string> = new Set(),
): Complaints {
  const complaints: Complaints = [];
  if (blocks.length > MOST_BLOCKS[surface]) {
    complaints.push(complaint(`no more than ${MOST_BLOCKS[surface]} items allowed`, ["blocks"]));
  }
  blocks.forEach((candidate, index) => {
    const type = typeOf(candidate);
    const parsed = unknown.has(type) ? undefined : block.safeParse(candidate);
    if (parsed && !parsed.success) complaints.push(...told(parsed.error, ["blocks", index]));
    else if (!parsed || !surfaces[parsed.data.type].includes(surface)) {
      complaints.push(complaint(`unsupported type: ${type}`, ["blocks", index, "type"]));
    }
  });
  if (complaints.length > 0) return complaints;
  const checked = blocks as Block[];
  const tables = tooMuchOfTables(checked, surface === "message").map(([words, at]) => complaint(words, ["blocks", at]));
  return [...tables, ...checkIds(checked)];
}

const typeOf = (candidate: unknown): string =>
  typeof candidate === "object" && candidate !== null && "type" in candidate ? String(candidate.type) : "";

/** What zod found, in Slack's words. */
export function told(error: z.ZodError, at: PropertyKey[] = []): Complaints {
  return error.issues.map((issue) => complaint(inWords(issue), [...at, ...issue.path]));
}

function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_big":
      return issue.origin === "array"
        ? `no more than ${issue.maximum} items allowed`
        : `must be no more than ${issue.maximum} characters`;
    case "too_small":
      return issue.origin === "array"
        ? `no fewer than ${issue.minimum} items allowed`
        : `must be more than ${Number(issue.minimum) - 1} characters`;
    case "unrecognized_keys":
      return `invalid additional property: ${issue.keys.join(", ")}`;
    case "invalid_union":
      return issue.errors.length === 0 ? "unsupported type" : "failed to match all allowed schemas";
    default:
      return issue.message;
  }
}

function complaint(words: string, path: PropertyKey[]): string {
  return `${words} [json-pointer:/${path.map(String).join("/")}]`;
}

function checkIds(blocks: readonly Block[]): Complaints {
  const complaints: Complaints = [];
  const seen = new Set<string>();
  blocks.forEach((each, index) => {
    if (each.block_id && seen.has(each.block_id)) {
      complaints.push(complaint(`block_id "${each.block_id}" already exists`, ["blocks", index, "block_id"]));
    }
    if (each.block_id) seen.add(each.block_id);
    const ids = elementsOf(each).flatMap((element) => element.action_id ?? []);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) {
      complaints.push(complaint(`action_id "${id}" already exists for the block`, ["blocks", index]));
    }
  });
  return complaints;
}

/** What a person can act on in this block. */
export function elementsOf(each: Block): Element[] {
  if (each.type === "actions") return each.elements;
  if (each.type === "input") return [each.element];
  if (each.type === "section" && each.accessory && each.accessory.type !== "image") return [each.accessory];
  return [];
}

/**
 * Blocks as Slack keeps them: with an id for every block and element that came without, and with what it adds to texts.
 * Whoever compares what was sent with what is read back meets these additions.
 */
export function kept(blocks: readonly unknown[], newId: () => string): Block[] {
  return blocks.map((each) => {
    const copy = additions(structuredClone(each)) as Block;
    copy.block_id ??= newId();
    for (const element of elementsOf(copy)) element.action_id ??= newId();
    return copy;
  });
}

function additions(value: unknown): unknown {
  if (Array.isArray(value)) for (const item of value) additions(item);
  else if (typeof value === "object" && value !== null) {
    const object = value as Record<string, unknown>;
    if (object.type === "plain_text") object.emoji ??= true;
    if (object.type === "mrkdwn") object.verbatim ??= false;
    for (const item of Object.values(object)) additions(item);
  }
  return value;
}
