import { section } from "./blocks.ts";

/** What a section holds, with some room for the mark of a cut. */
const SECTION = 2990;

/** Lines as few sections as they fit into, none of them cut; of more than `most` sections the rest is counted. */
export function paragraphs(lines: readonly string[], most: number): { blocks: object[]; left: number } {
  const kept: string[][] = [];
  let room = 0;
  for (const [index, line] of lines.entries()) {
    const isNew = kept.length === 0 || line.length + 1 > room;
    if (isNew && kept.length === most) return { blocks: drawn(kept), left: lines.length - index };
    if (isNew) {
      kept.push([]);
      room = SECTION;
    }
    kept.at(-1)!.push(line);
    room -= line.length + 1;
  }
  return { blocks: drawn(kept), left: 0 };
}

const drawn = (kept: readonly string[][]) => kept.map((lines) => section(...lines));
