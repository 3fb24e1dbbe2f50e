import { type Document, isMap, isScalar, LineCounter, parseDocument, type YAMLError } from "yaml";
import { asIfQuoted, needsQuotes, unquotedIn } from "./unquoted.ts";

type Path = readonly PropertyKey[];

/** A file that can be read: what is in it, and where something stands, as `file:line:col`. */
interface Written {
  content: unknown;
  placeOf: (where: Path) => string;
}

/** YAML as people write it; what is no YAML is told by its place. */
export function readYaml(text: string, path: string): Written | { mistakes: readonly string[] } {
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const parsed = parse(text, lines);
  if (parsed.kind === "read")
    return { content: parsed.content, placeOf: (where) => place(offsetOf(parsed.document, where)) };

  const words = unquotedIn(text);
  const rest = parse(asIfQuoted(text, words));
  const left = rest.kind === "read" ? [] : rest.flaws;
  if (words.length === 0 || left.length >= parsed.flaws.length) return { mistakes: parsed.flaws.map(told) };
  const all = [...words.map((word) => ({ offset: word.offset, says: needsQuotes(word) })), ...left];
  return { mistakes: all.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)).map(told) };

  function told({ offset, says }: Flaw): string {
    return offset === undefined ? `${path}: ${says}` : `${place(offset)}: ${says}`;
  }
}

/** Nothing in it but comments, blanks and marks where a document begins or ends. `{}` is something. */
export function isBlank(text: string): boolean {
  const { contents, errors } = parseDocument(text, { prettyErrors: false });
  const isNothing = contents === null || (isScalar(contents) && contents.value === null);
  return errors.length === 0 && isNothing;
}

interface Flaw {
  offset: number | undefined;
  says: string;
}

type Parsed = { kind: "read"; document: Document; content: unknown } | { kind: "flawed"; flaws: readonly Flaw[] };

function parse(text: string, lineCounter = new LineCounter()): Parsed {
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) return { kind: "flawed", flaws: document.errors.map(flawOf) };
  try {
    return { kind: "read", document, content: document.toJS() ?? {} };
  } catch (error) {
    // An alias without an anchor, or far too many.
    return { kind: "flawed", flaws: [{ offset: undefined, says: (error as Error).message }] };
  }
}

const SAYS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  MULTIPLE_DOCS: "must be one document; a line that begins with --- begins another",
};

const flawOf = ({ code, message, pos }: YAMLError): Flaw => ({ offset: pos[0], says: SAYS[code] ?? message });

/** Where something stands in the file; what is not there, where it would have to be. */
function offsetOf(document: Document, where: Path): number {
  const parent = document.getIn(where.slice(0, -1), true) ?? document.contents;
  const pair = isMap(parent)
    ? parent.items.find((item) => String((item.key as { value?: unknown }).value) === String(where.at(-1)))
    : undefined;
  const key = pair?.key as { range?: [number, number, number] } | undefined;
  const value = document.getIn(where, true) as { range?: [number, number, number] } | undefined;
  const found = key?.range?.[0] ?? value?.range?.[0];
  if (found !== undefined) return found;
  return where.length === 0 ? 0 : offsetOf(document, where.slice(0, -1));
}
