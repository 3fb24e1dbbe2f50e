import { z } from "zod";
import { Line } from "../domain/story.ts";

/** What people were called then, by Slack's id. */
const Names = z.record(z.string(), z.string());

/** A line as it was written may have its people by their ids alone; those of earlier versions have the names as well. */
const Kept = z.looseObject({ by: z.looseObject({ id: z.string(), name: z.string().optional() }).optional() });

/** How a line is stored: `line` is hashed and exported, `names` is neither, and may be erased. */
export interface LineColumns {
  line: string;
  names: string | null;
}

/** Takes the names out of a line, so that the chain of hashes holds people's ids and outlives what they were called. */
export function columnsOfLine(line: Line): LineColumns {
  if (!("by" in line)) return { line: JSON.stringify(line), names: null };
  const { id, name } = line.by;
  return {
    line: JSON.stringify({ ...line, by: { id } }),
    names: name === "" ? null : JSON.stringify({ [id]: name }),
  };
}

/** The line with its names again. Somebody whose name has been erased has an empty one. */
export function lineOf({ line, names }: LineColumns): Line {
  const kept = Kept.parse(JSON.parse(line));
  if (!kept.by) return Line.parse(kept);
  const { id, name = "" } = kept.by;
  const known = new Map(Object.entries(namesIn(names)));
  return Line.parse({ ...kept, by: { id, name: known.get(id) ?? name } });
}

/** Whoever erases names by hand may leave anything there. */
function namesIn(text: string | null): z.infer<typeof Names> {
  try {
    return Names.safeParse(JSON.parse(text ?? "{}")).data ?? {};
  } catch {
    return {};
  }
}
