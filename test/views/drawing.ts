import type { Language } from "../../src/domain/request.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { type Brush, card } from "../../src/views/card.ts";
import { type Data, LIMITS, NOW, ORDINARY, type Sample, samples } from "../samples.ts";

/** Cards of the samples, and what can be pressed on them. */

export const LANGUAGES: Language[] = ["en", "de"];
export const LINK = "https://demo.slack.com/archives/COPS/p1";

export const brush = (language: Language, more: Partial<Brush> = {}): Brush => ({
  texts: textsIn(language),
  limits: LIMITS,
  now: NOW,
  linkTo: () => LINK,
  isMoved: true,
  ...more,
});

export interface Pressable {
  block_id: string;
  action_id: string;
  value: string;
  style?: string;
  text: { text: string };
  accessibility_label?: string;
  confirm?: { title: { text: string }; text: { text: string }; style?: string };
}

/** Buttons in rows and beside paragraphs, in the order in which they stand. */
export const buttonsIn = (blocks: readonly object[]): Pressable[] =>
  (blocks as { type: string; block_id: string; elements: Pressable[]; accessory?: Pressable }[]).flatMap(
    ({ type, block_id, elements, accessory }) =>
      (type === "actions" ? elements : accessory ? [accessory] : []).map((button) => ({ ...button, block_id })),
  );

export const drawnOf = ({ request, fate }: Sample, language: Language = "en") =>
  card(request, brush(language, { fate }));

export function sampleOf(name: string, language: Language = "en", data: Data = ORDINARY): Sample {
  const found = samples(data, language).find((sample) => sample.name === name);
  if (!found) throw new Error(`There is no sample "${name}"`);
  return found;
}

export const drawn = (name: string, language: Language = "en", data: Data = ORDINARY) =>
  drawnOf(sampleOf(name, language, data), language);
