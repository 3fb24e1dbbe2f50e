import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Command, type Mistake, readCommand } from "../../src/domain/command.ts";

const create = (vm: string, more: Partial<Extract<Command, { kind: "create" }>> = {}): Command => ({
  kind: "create",
  vm,
  name: undefined,
  how: "ask",
  reason: undefined,
  ...more,
});

const UNDERSTOOD: readonly (readonly [text: string, command: Command])[] = [
  ["", { kind: "dialog" }],
  ["   ", { kind: "dialog" }],
  ["create web-01", create("web-01")],
  ["  create   web-01  ", create("web-01")],
  ["CREATE Web-01", create("Web-01")],
  ["create web-01 before-upgrade", create("web-01", { name: "before-upgrade" })],
  ['create web-01 "before the upgrade"', create("web-01", { name: "before the upgrade" })],
  ['create "web 01"', create("web 01")],
  ["create web-01 --live", create("web-01", { how: "live" })],
  ["create --live web-01", create("web-01", { how: "live" })],
  ["create web-01 --LIVE", create("web-01", { how: "live" })],
  ["create web-01 --live --live", create("web-01", { how: "live" })],
  ["create web-01 --off", create("web-01", { how: "off" })],
  ["create web-01 --aus", create("web-01", { how: "off" })],
  ['create web-01 --reason "kernel upgrade"', create("web-01", { reason: "kernel upgrade" })],
  ['create web-01 --reason="kernel upgrade"', create("web-01", { reason: "kernel upgrade" })],
  ["create web-01 --reason=a=b", create("web-01", { reason: "a=b" })],
  ['create web-01 --reason "Anna\'s wish"', create("web-01", { reason: "Anna's wish" })],
  ['create web-01 --reason ""', create("web-01")],
  ["create web-01 --reason kernel upgrade --live", create("web-01", { reason: "kernel upgrade", how: "live" })],
  ["create --reason kernel web-01 v2", create("web-01", { name: "v2", reason: "kernel" })],
  ['create web-01 --reason "kernel" v2', create("web-01", { name: "v2", reason: "kernel" })],
  ['create web-01 v2 --off --reason "why not"', create("web-01", { name: "v2", how: "off", reason: "why not" })],
  // as a phone writes it
  ["create web-01 “before the upgrade”", create("web-01", { name: "before the upgrade" })],
  [
    "erstellen web-01 „vor dem Update“ —grund „neuer Kernel“",
    create("web-01", { name: "vor dem Update", reason: "neuer Kernel" }),
  ],
  ["create web-01 «avant»", create("web-01", { name: "avant" })],
  ["create web-01 —live", create("web-01", { how: "live" })],
  ["create web-01 –off", create("web-01", { how: "off" })],
  ["create\u00a0web-01\u202f--live", create("web-01", { how: "live" })],
  // what stands in quotation marks is nobody's flag
  ['create web-01 "--live"', create("web-01", { name: "--live" })],
  ['create web-01 --reason "—urgent —live"', create("web-01", { reason: "—urgent —live" })],
  ['create "—web"', create("—web")],
  // as Slack sends a host name
  ["create <http://web-01.example.com|web-01.example.com>", create("web-01.example.com")],
  ["create <https://web-01.example.com|web-01.example.com> --live", create("web-01.example.com", { how: "live" })],
  ["list <http://a.example|a.example>", { kind: "list", vm: "a.example" }],
  ["erstellen web-01", create("web-01")],
  ["anlegen web-01", create("web-01")],
  ["list", { kind: "list", vm: undefined }],
  ["LISTE web-01", { kind: "list", vm: "web-01" }],
  ["status", { kind: "status" }],
  ["cancel web-01", { kind: "cancel", vm: "web-01" }],
  ["abbrechen web-01", { kind: "cancel", vm: "web-01" }],
  ["help", { kind: "help", about: undefined }],
  ["hilfe erstellen", { kind: "help", about: "create" }],
  ["help nonsense", { kind: "help", about: undefined }],
  ["help __proto__", { kind: "help", about: undefined }],
];

const MISTAKES: readonly (readonly [text: string, mistake: Mistake])[] = [
  ["create", { kind: "need_vm", word: "create" }],
  ['create ""', { kind: "need_vm", word: "create" }],
  ["create --live", { kind: "need_vm", word: "create" }],
  ["cancel", { kind: "need_vm", word: "cancel" }],
  ["create web-01 --live --off", { kind: "both_how" }],
  ["create web-01 --force", { kind: "unknown_flag", flag: "--force", nearest: undefined }],
  ["create web-01 —force", { kind: "unknown_flag", flag: "--force", nearest: undefined }],
  ["create web-01 --__proto__", { kind: "unknown_flag", flag: "--__proto__", nearest: undefined }],
  ["create web-01 --constructor=1", { kind: "unknown_flag", flag: "--constructor=1", nearest: undefined }],
  ["create web-01 --life", { kind: "unknown_flag", flag: "--life", nearest: "--live" }],
  ["create web-01 --reason", { kind: "empty_reason" }],
  ["create web-01 --reason --live", { kind: "empty_reason" }],
  ["create web-01 a b", { kind: "too_many", rest: "b" }],
  ["list a b", { kind: "too_many", rest: "b" }],
  ["status web-01", { kind: "too_many", rest: "web-01" }],
  ['create web-01 "open', { kind: "unclosed_quote" }],
  ["create web-01 „offen", { kind: "unclosed_quote" }],
  ['create web-01 " "', { kind: "empty_name" }],
  ["creat web-01", { kind: "unknown_word", word: "creat", nearest: "create", rest: "web-01" }],
  ["lsit", { kind: "unknown_word", word: "lsit", nearest: "list", rest: "" }],
  ["Hlfe", { kind: "unknown_word", word: "Hlfe", nearest: "help", rest: "" }],
  [
    'craete web-01 "my name" ""',
    { kind: "unknown_word", word: "craete", nearest: "create", rest: 'web-01 "my name" ""' },
  ],
  ["web-01", { kind: "unknown_word", word: "web-01", nearest: undefined, rest: "" }],
  ["xy web-01", { kind: "unknown_word", word: "xy", nearest: undefined, rest: "web-01" }],
  ["toString", { kind: "unknown_word", word: "toString", nearest: undefined, rest: "" }],
  ["__proto__ web-01", { kind: "unknown_word", word: "__proto__", nearest: undefined, rest: "web-01" }],
];

describe("what is understood", () => {
  test.each(UNDERSTOOD)("/snapshot %s", (text, command) => {
    expect(readCommand(text)).toEqual({ ok: true, command });
  });
});

describe("what is not, and why", () => {
  test.each(MISTAKES)("/snapshot %s", (text, mistake) => {
    expect(readCommand(text)).toEqual({ ok: false, mistake });
  });
});

/** Text out of everything that the grammar knows, and everything else. */
const scraps = fc.constantFrom(
  ..."create list status cancel help erstellen --live --off --reason = -- — “ „ ” \" ' < > | & * <http://a.b|a.b> <!channel> __proto__".split(
    " ",
  ),
  " ",
  "\n",
  "\u00a0",
  "\u202e",
  "\0",
);
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.oneof(scraps, fc.string({ maxLength: 4 }))).map((parts) => parts.join("")),
  fc.array(scraps).map((parts) => parts.join(" ")),
);

describe("whatever is typed", () => {
  test("is read without an accident", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const read = readCommand(text);
        expect(read.ok ? read.command.kind : read.mistake.kind).toEqual(expect.any(String));
        expect(readCommand(text)).toEqual(read);
      }),
      { numRuns: 3000 },
    );
  });

  test("in quotation marks arrives as it was meant", () => {
    const words = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((text) => /^[^"“”„«»‟<>\u00a0\u202f\u2007]+$/u.test(text) && text.trim() !== "");
    fc.assert(
      fc.property(words, words, words, (vm, name, reason) => {
        expect(readCommand(`create "${vm}" “${name}” --reason „${reason}“`)).toEqual({
          ok: true,
          command: create(vm, { name: name.trim(), reason: reason.trim() }),
        });
      }),
    );
  });

  test("of any length is read at once", () => {
    for (const text of [
      "<http://".repeat(20_000),
      '"'.repeat(99_999),
      "—a ".repeat(30_000),
      `create ${"x".repeat(1e5)}`,
    ])
      expect(readCommand(text)).toBeDefined();
  });
});
