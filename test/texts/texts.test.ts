import { describe, expect, test } from "vitest";
import { readCommand } from "../../src/domain/command.ts";
import { DAY_MS } from "../../src/domain/durations.ts";
import { de } from "../../src/texts/de.ts";
import { en, type Texts } from "../../src/texts/en.ts";
import { languageOf, textsIn } from "../../src/texts/texts.ts";
import { answersOf, leavesOf, SAMPLED, wordsOf } from "./words.ts";

const LANGUAGES = [
  { language: "English", texts: en },
  { language: "German", texts: de },
];
const VM = "web-01";
const LONG_VM = "x".repeat(63);
const LONG = "x".repeat(300);
const HOSTILE = "<@U1> <!channel> <https://x|y> *b* _i_ ~s~ `c` & \u202e";

/** What a word of the command means, where it is not called so. */
const MEANT: Readonly<Record<string, object>> = {
  on: { kind: "power", to: "on" },
  shutdown: { kind: "power", to: "off" },
  off: { kind: "power", to: "hard_off" },
};

/** What Slack replaces or shows as typed: dates, links to channels and cards, code. */
const withoutMarkup = (text: string) =>
  text.replace(/`[^`]*`/g, "").replace(/<(!date|#|https:\/\/slack\.example)[^>]*>/g, "");

const paths = (words: [path: string, text: string][]) => [...new Set(words.map(([path]) => path))];

test("both languages have the same texts, of the same kind", () => {
  const shape = (texts: Texts) => Object.fromEntries(leavesOf(texts).map(([path, leaf]) => [path, typeof leaf]));
  expect(shape(de)).toEqual(shape(en));
});

test("every text that is a function is looked at here", () => {
  const functions = leavesOf(en).filter(([, leaf]) => typeof leaf === "function");
  expect(SAMPLED.toSorted()).toEqual(functions.map(([path]) => path).toSorted());
});

test.each([
  { locale: "de-DE", language: "de" },
  { locale: "de-AT", language: "de" },
  { locale: "DE", language: "de" },
  { locale: "en-GB", language: "en" },
  { locale: "fr-FR", language: "en" },
  { locale: undefined, language: "en" },
])("a reader whose Slack speaks $locale reads $language", ({ locale, language }) => {
  expect(textsIn(languageOf(locale)).locale).toBe(language);
});

describe.each(LANGUAGES)("$language", ({ texts }) => {
  test("leaves nothing empty and nothing undefined", () => {
    const wrong = wordsOf(texts, VM).filter(([, text]) => text.trim() === "" || /undefined|NaN|\[object/.test(text));
    expect(wrong).toEqual([]);
  });

  test("never shouts", () => {
    expect(wordsOf(texts, VM).filter(([, text]) => withoutMarkup(text).includes("!"))).toEqual([]);
  });

  test("gives examples that are understood as what they are for", () => {
    const commands = Object.entries(texts.help.commands);
    const understood = commands.map(([word, { example }]) => [word, readCommand(example.replace("/snapshot ", ""))]);
    expect(understood).toEqual(
      commands.map(([word]) => [word, { ok: true, command: expect.objectContaining(MEANT[word] ?? { kind: word }) }]),
    );
  });

  test("fits the dialog", () => {
    const { dialog } = texts;
    expect(tooLong({ title: dialog.title, submit: dialog.submit, close: dialog.close }, 24)).toEqual([]);
    expect(tooLong({ off: dialog.howOff, live: dialog.howLive }, 75)).toEqual([]);
    expect(tooLong({ off: dialog.howOffDetail, live: dialog.howLiveDetail }, 75)).toEqual([]);
    expect(tooLong({ vm: dialog.vmPlaceholder, reason: dialog.reasonPlaceholder }, 150)).toEqual([]);
  });

  test.each(["rename", "restore", "delete"] as const)("fits the dialog %s", (kind) => {
    const { managing } = texts;
    const { restore, errors } = managing;
    expect(tooLong([managing[kind].title, managing[kind].submit, managing.close], 24)).toEqual([]);
    expect(tooLong([restore.safetyFirst, restore.safetyDetail], 75)).toEqual([]);
    expect(tooLong([managing.whichPlaceholder], 150)).toEqual([]);
    const alerts = [
      managing.changed,
      managing.noneNamed(LONG),
      managing.severalNamed(LONG),
      restore.safetyFull(10, 10),
    ];
    expect(tooLong(alerts, 200)).toEqual([]);
    expect(tooLong([errors.lastOnes(LONG_VM), errors.full(10, 10), errors.reopen], 300)).toEqual([]);
  });

  test("fits the buttons", () => {
    expect(tooLong(texts.buttons, 75)).toEqual([]);
  });

  test("fits the questions before something goes off, with a long name", () => {
    const { confirm } = texts;
    const titles = [confirm.shutdownTitle, confirm.powerOffTitle, confirm.restoreTitle].map((title) => title(LONG_VM));
    const expected = { ms: 2 * DAY_MS, basis: "disk" } as const;
    const questions = [
      confirm.shutdown(LONG_VM, expected),
      confirm.shutdown(LONG_VM, undefined),
      confirm.powerOff(LONG_VM),
      confirm.shutdownOnly(LONG_VM),
      confirm.restore(LONG_VM, LONG_VM),
    ];
    expect(tooLong(titles, 100)).toEqual([]);
    expect(tooLong(questions, 300)).toEqual([]);
    const yes = [confirm.yesShutdown, confirm.yesPowerOff, confirm.yesRestore];
    expect(tooLong([...yes, confirm.no], 30)).toEqual([]);
  });

  test("lets no mention, link or turned text of a hostile name come to life", () => {
    const alive = answersOf(texts, HOSTILE).filter(([path, text]) => {
      if (PLAIN_TEXT.some((plain) => path.startsWith(plain))) return false;
      return /<@U1>|<!channel>|<https:\/\/x|\u202e/.test(text) || /[<>]/.test(withoutMarkup(text));
    });
    expect(alive).toEqual([]);
  });
});

describe("German", () => {
  test("is not English by oversight", () => {
    const english = wordsOf(en, VM);
    const same = wordsOf(de, VM).filter(([, text], at) => text === english[at]![1]);
    expect(paths(same).toSorted()).toEqual([
      "bar",
      "card.stepSnapshot",
      "dialog.vm",
      "help.commands.status.example",
      "help.commands.status.usage",
      "history.kinds.create",
      "home.languages.de",
      "home.languages.en",
      "home.snapshot",
      "home.tags",
      "home.vmsTitle",
      "list.by",
      "list.columns.snapshot",
      "list.columns.vm",
      "list.live",
      "list.offline",
      "list.unknown",
    ]);
  });

  test("has no English words", () => {
    const english = /\b(the|is|are|of|and|with|this|that|you|to|it|be|has|for|by|please)\b/i;
    expect(wordsOf(de, VM).filter(([, text]) => english.test(withoutMarkup(text)))).toEqual([]);
  });
});

/** The views make the data in these fit, and put them where Slack draws plain text (or escape it themselves). */
const PLAIN_TEXT = [
  "card.title.",
  "card.deleteOneTitle",
  "card.switchTitle.",
  "card.reason",
  "confirm.",
  "managing.noneNamed",
  "managing.severalNamed",
  "managing.typeName",
  "managing.errors.wrongName",
  "managing.errors.lastOnes",
];

const tooLong = (texts: Readonly<Record<string, string>> | readonly string[], length: number) =>
  Object.values(texts).filter((text) => text.length > length);
