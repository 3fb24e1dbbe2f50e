import type { Language } from "../domain/request.ts";
import { de } from "./de.ts";
import { en, type Texts } from "./en.ts";

const ALL: Readonly<Record<Language, Texts>> = { en, de };

/** The words of a language; English for somebody whose language is not known. */
export const textsIn = (language: Language | undefined): Texts => ALL[language ?? "en"];

/** Shutter's language for a Slack locale such as `de-DE`; English where it has none of its own. */
export const languageOf = (locale: string | undefined): Language =>
  locale?.toLowerCase().startsWith("de") ? "de" : "en";
