import { z } from "zod";
import { checkBlocks } from "./check.ts";
import { arg, Refused, refuseInvalid } from "./method.ts";
import { ONE_TABLE } from "./tables.ts";
import type { Metadata } from "./types.ts";

/** The part that all methods which write messages have in common. */
export const contentArgs = {
  text: z.string().optional(),
  blocks: arg.json,
  metadata: arg.json,
};

export interface SentContent {
  text: string;
  /** `undefined` when none were sent, which is not the same as an empty list. */
  blocks: unknown[] | undefined;
  metadata: Metadata | undefined;
}

const metadataShape = z.object({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) });

export function checkedContent(
  args: { text?: string | undefined; blocks?: unknown; metadata?: unknown },
  longestText: number,
  unknownBlocks: ReadonlySet<string>,
): SentContent {
  const text = args.text ?? "";
  if (text.length > longestText) throw new Refused("msg_too_long");
  if (text === "" && (args.blocks === undefined || (Array.isArray(args.blocks) && args.blocks.length === 0))) {
    throw new Refused("no_text");
  }
  return { text, blocks: checkedBlocks(args.blocks, unknownBlocks), metadata: checkedMetadata(args.metadata) };
}

function checkedBlocks(blocks: unknown, unknown: ReadonlySet<string>): unknown[] | undefined {
  if (blocks === undefined || blocks === null) return undefined;
  if (!Array.isArray(blocks)) throw new Refused("invalid_blocks_format");
  const complaints = checkBlocks(blocks, "message", unknown);
  if (complaints.some((each) => each.startsWith(ONE_TABLE))) return refuseInvalid("invalid_attachments", complaints);
  return complaints.length > 0 ? refuseInvalid("invalid_blocks", complaints) : blocks;
}

function checkedMetadata(metadata: unknown): Metadata | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata === "object" && Object.keys(metadata).length === 0) return { event_type: "", event_payload: {} };
  const parsed = metadataShape.safeParse(metadata);
  if (!parsed.success) throw new Refused("invalid_metadata_format");
  return parsed.data;
}
