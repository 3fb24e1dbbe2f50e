import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeCommand } from "../../src/domain/command/write.ts";
import { type Command, type ListFilter, type Mistake, readCommand, type TimeFilter } from "../../src/domain/command.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/durations.ts";
import { UserId } from "../../src/domain/ids.ts";
import { tokenize } from "../../src/domain/tokens.ts";

const create = (vm: string, more: Partial<Extract<Command, { kind: "create" }>> = {}): Command => ({
  kind: "create",
  vm,
  name: undefined,
  how: "ask",
  reason: undefined,
  ...more,
});

const before = (reason: string, vm: string, how: "ask" | "live" | "off" = "ask"): Command => ({
  kind: "before",
  vm,
  how,
  reason,
});
const list = (vm?: string, filter: ListFilter = {}): Command => ({ kind: "list", vm, filter });
const history = (vm?: string, filter: TimeFilter = {}): Command => ({ kind: "history", vm, filter });
const rename = (vm: string, snapshot: string, name?: string, reason?: string): Command => ({
  kind: "rename",
  vm,
  snapshot,
  name,
  ...(reason !== undefined && { reason }),
});
const restore = (vm: string, snapshot?: string): Command => ({ kind: "restore", vm, snapshot });
const remove = (vm: string, snapshot?: string): Command => ({ kind: "delete", vm, snapshot });
const power = (to: "on" | "off" | "hard_off"): Extract<Command, { kind: "power" }> => ({
  kind: "power",
  vm: "web-01",
  to,
});

const ANNA = { id: UserId.parse("U123") };

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
  ["list <http://a.example|a.example>", list("a.example")],
  // other references
  ["create <https://web-01.example.com>", create("https://web-01.example.com")],
  ["create <mailto:a@b.example|a@b.example>", create("a@b.example")],
  ["create web-01 --reason <@U123|anna> asked in <#C123|ops>", create("web-01", { reason: "@anna asked in #ops" })],
  [
    'create web-01 --reason "see <https://x.example/?a=1&amp;b=2>"',
    create("web-01", { reason: "see https://x.example/?a=1&b=2" }),
  ],
  ["create <@U123> <#C123|>", create("@U123", { name: "#C123" })],
  ['create web-01 "<!here> and <!subteam^S1|@admins>"', create("web-01", { name: "@here and @admins" })],
  ["create a<http://b.example|b.example>c", create("ab.examplec")],
  ['create "<https://x.example/y"> --live', create("https://x.example/y", { how: "live" })],
  // what was typed is no reference, however it looks
  ["create &lt;@U123&gt; &lt;!channel&gt;", create("<@U123>", { name: "<!channel>" })],
  ['create "&lt;http://a.example|b&gt;"', create("<http://a.example|b>")],
  ["create &amp;lt;@U123&amp;gt;", create("&lt;@U123&gt;")],
  ["create web-01 a&amp;b", create("web-01", { name: "a&b" })],
  ["create <U123> <nobody|x>", create("<U123>", { name: "<nobody|x>" })],
  ["erstellen web-01", create("web-01")],
  ["anlegen web-01", create("web-01")],
  ["new web-01", create("web-01")],

  ['before "kernel upgrade" web-01', before("kernel upgrade", "web-01")],
  ["before upgrade web-01", before("upgrade", "web-01")],
  ["before the kernel upgrade web-01", before("the kernel upgrade", "web-01")],
  ['vor "Kernel-Update" web-01 --aus', before("Kernel-Update", "web-01", "off")],
  ['before --live "kernel upgrade" web-01', before("kernel upgrade", "web-01", "live")],
  ['before web-01 "kernel upgrade"', before("kernel upgrade", "web-01")],
  ['before "kernel upgrade" "web 01"', before("kernel upgrade", "web 01")],
  ['before kernel upgrade "web 01"', before("kernel upgrade", "web 01")],
  ["before „neuer Kernel“ web-01 —live", before("neuer Kernel", "web-01", "live")],

  ["list", list()],
  ["LISTE web-01", list("web-01")],
  ['ls ""', list()],
  ["list tag:prod", list("tag:prod")],
  ["list by:@anna", list(undefined, { by: { name: "anna" } })],
  ["list by:anna web-01", list("web-01", { by: { name: "anna" } })],
  ["list by:<@U123|anna>", list(undefined, { by: ANNA })],
  ["list by:<@U123>", list(undefined, { by: ANNA })],
  ["list by:<@U123|>", list(undefined, { by: ANNA })],
  ["list by: <@U123|anna> web-01", list("web-01", { by: ANNA })],
  ["list von:&lt;@U123&gt;", list(undefined, { by: { name: "<@U123>" } })],
  ["list by:x<@U123|anna>", list(undefined, { by: { name: "x@anna" } })],
  ['list by:"Anna Schmidt"', list(undefined, { by: { name: "Anna Schmidt" } })],
  ["list why:upgrade", list(undefined, { why: "upgrade" })],
  ['list why:"kernel upgrade" web-01', list("web-01", { why: "kernel upgrade" })],
  ["list grund:„neuer Kernel“", list(undefined, { why: "neuer Kernel" })],
  ["list why:a:b", list(undefined, { why: "a:b" })],
  ["list older:30d newer:90D", list(undefined, { olderMs: 30 * DAY_MS, newerMs: 90 * DAY_MS })],
  ["list älter:2h", list(undefined, { olderMs: 2 * HOUR_MS })],
  ["list a\u0308lter:2h", list(undefined, { olderMs: 2 * HOUR_MS })],
  ["list AELTER:2h neuer:90m", list(undefined, { olderMs: 2 * HOUR_MS, newerMs: 90 * MINUTE_MS })],
  ["list since:7d until:1d", list(undefined, { newerMs: 7 * DAY_MS, olderMs: DAY_MS })],
  [
    'liste neuer:7d tag:prod von:@anna grund:"a b" älter:1d',
    list("tag:prod", { by: { name: "anna" }, why: "a b", newerMs: 7 * DAY_MS, olderMs: DAY_MS }),
  ],
  ['list "by:anna"', list("by:anna")],
  [
    "list <http://web-01.example.com|web-01.example.com> older:30d",
    list("web-01.example.com", { olderMs: 30 * DAY_MS }),
  ],

  ["history", history()],
  [
    "verlauf web-01 von:@anna seit:7d bis:1d",
    history("web-01", { by: { name: "anna" }, sinceMs: 7 * DAY_MS, untilMs: DAY_MS }),
  ],
  ["log by:<@U123|anna> newer:2h", history(undefined, { by: ANNA, sinceMs: 2 * HOUR_MS })],
  ["history <@U123|anna> web-01", history("web-01", { by: ANNA })],
  ["history @anna", history("@anna")],
  ["history tag:prod since: 7d", history("tag:prod", { sinceMs: 7 * DAY_MS })],

  ["rename web-01 old", rename("web-01", "old")],
  ["rename web-01 old new", rename("web-01", "old", "new")],
  ["mv web-01 old before the upgrade", rename("web-01", "old", "before the upgrade")],
  ['rename web-01 old the new --reason "a typo"', rename("web-01", "old", "the new", "a typo")],
  ['umbenennen web-01 --grund "Tippfehler" alt neu', rename("web-01", "alt", "neu", "Tippfehler")],
  ["rename web-01 old —reason a typo", rename("web-01", "old", undefined, "a typo")],
  ['umbenennen web-01 "der alte" "der neue"', rename("web-01", "der alte", "der neue")],
  ["restore web-01", restore("web-01")],
  ["wiederherstellen web-01 gestern", restore("web-01", "gestern")],
  ['rollback web-01 "before upgrade"', restore("web-01", "before upgrade")],
  ["roll-back web-01 latest", restore("web-01", "latest")],
  ["delete web-01 old", remove("web-01", "old")],
  ["löschen web-01 alt", remove("web-01", "alt")],
  ["lo\u0308schen web-01 alt", remove("web-01", "alt")],
  ["LÖSCHEN web-01", remove("web-01")],
  ["loeschen web-01", remove("web-01")],
  ["rm web-01 old", remove("web-01", "old")],

  ["on web-01", power("on")],
  ["an web-01", power("on")],
  ["einschalten web-01", power("on")],
  ["start web-01", power("on")],
  ["shutdown web-01", power("off")],
  ["Herunterfahren web-01", power("off")],
  ["stop web-01", power("off")],
  ['off web-01 --reason "it hangs"', { ...power("hard_off"), reason: "it hangs" }],
  ["off web-01", power("hard_off")],
  ["aus web-01", power("hard_off")],
  ["ausschalten web-01", power("hard_off")],
  ["power-off web-01", power("hard_off")],

  ["status", { kind: "status" }],
  ["cancel web-01", { kind: "cancel", vm: "web-01" }],
  ["abbrechen web-01", { kind: "cancel", vm: "web-01" }],
  ["help", { kind: "help", about: undefined }],
  ["hilfe erstellen", { kind: "help", about: "create" }],
  ["help nonsense", { kind: "help", about: undefined }],
  ["help __proto__", { kind: "help", about: undefined }],
  ["--help", { kind: "help", about: undefined }],
  ["hilfe Löschen", { kind: "help", about: "delete" }],
  ["restore web-01 --help", { kind: "help", about: "restore" }],
  ['create web-01 "--help"', create("web-01", { name: "--help" })],
];

const MISTAKES: readonly (readonly [text: string, mistake: Mistake])[] = [
  ["create", { kind: "need_vm", word: "create" }],
  ['create ""', { kind: "need_vm", word: "create" }],
  ["create --live", { kind: "need_vm", word: "create" }],
  ["cancel", { kind: "need_vm", word: "cancel" }],
  ["create web-01 --live --off", { kind: "both_how" }],
  ["create web-01 --force", { kind: "unknown_flag", word: "create", flag: "--force", nearest: undefined }],
  ["create web-01 —force", { kind: "unknown_flag", word: "create", flag: "--force", nearest: undefined }],
  ["create web-01 --__proto__", { kind: "unknown_flag", word: "create", flag: "--__proto__", nearest: undefined }],
  [
    "create web-01 --constructor=1",
    { kind: "unknown_flag", word: "create", flag: "--constructor=1", nearest: undefined },
  ],
  ["create web-01 --life", { kind: "unknown_flag", word: "create", flag: "--life", nearest: "--live" }],
  ["create web-01 --reason", { kind: "empty_reason" }],
  ["create web-01 --reason --live", { kind: "empty_reason" }],
  ["create web-01 a b", { kind: "too_many", rest: "b" }],
  ["list a b", { kind: "too_many", rest: "b" }],
  ["status web-01", { kind: "too_many", rest: "web-01" }],
  ['create web-01 "open', { kind: "unclosed_quote" }],
  ["create web-01 „offen", { kind: "unclosed_quote" }],
  ['create web-01 " "', { kind: "empty_name", word: "create" }],
  ["creat web-01", { kind: "unknown_word", word: "creat", nearest: "create", rest: "web-01" }],
  ["lsit", { kind: "unknown_word", word: "lsit", nearest: "list", rest: "" }],
  ["Hlfe", { kind: "unknown_word", word: "Hlfe", nearest: "hilfe", rest: "" }],
  [
    'craete web-01 "my name" ""',
    { kind: "unknown_word", word: "craete", nearest: "create", rest: 'web-01 "my name" ""' },
  ],
  ["web-01", { kind: "unknown_word", word: "web-01", nearest: undefined, rest: "" }],
  ["xy web-01", { kind: "unknown_word", word: "xy", nearest: undefined, rest: "web-01" }],
  ["loschen web-01 alt", { kind: "unknown_word", word: "loschen", nearest: "löschen", rest: "web-01 alt" }],
  [
    'lits web-01 why:"two words" "by:anna"',
    { kind: "unknown_word", word: "lits", nearest: "list", rest: 'web-01 why:"two words" "by:anna"' },
  ],
  ["toString", { kind: "unknown_word", word: "toString", nearest: undefined, rest: "" }],
  ["__proto__ web-01", { kind: "unknown_word", word: "__proto__", nearest: undefined, rest: "web-01" }],

  ["before", { kind: "need_reason" }],
  ["before web-01", { kind: "need_reason" }],
  ['before "" web-01', { kind: "need_reason" }],
  ['before "kernel upgrade" ""', { kind: "need_vm", word: "before" }],
  ['before "kernel upgrade" web-01 web-02', { kind: "too_many", rest: "web-02" }],
  ["before upgrade web-01 --live --off", { kind: "both_how" }],
  ["before upgrade web-01 --lvie", { kind: "unknown_flag", word: "before", flag: "--lvie", nearest: "--live" }],
  ["before web-01 --reason x", { kind: "unknown_flag", word: "before", flag: "--reason", nearest: undefined }],

  ["list by:", { kind: "bad_filter", filter: "by", typed: "by:" }],
  ["list by:@", { kind: "bad_filter", filter: "by", typed: "by:@" }],
  ['list grund:""', { kind: "bad_filter", filter: "why", typed: "grund:" }],
  ["list older:soon", { kind: "bad_filter", filter: "older", typed: "older:soon" }],
  ["list älter:30", { kind: "bad_filter", filter: "older", typed: "älter:30" }],
  ["list newer:-7d", { kind: "bad_filter", filter: "newer", typed: "newer:-7d" }],
  ["list older: web-01", { kind: "bad_filter", filter: "older", typed: "older: web-01" }],
  ["history since:2026-11-01", { kind: "bad_filter", filter: "since", typed: "since:2026-11-01" }],
  ["history bis:jetzt", { kind: "bad_filter", filter: "until", typed: "bis:jetzt" }],
  ["list by:anna von:boris", { kind: "filter_twice", typed: "von:boris" }],
  ["list older:1d until:2d", { kind: "filter_twice", typed: "until:2d" }],
  ["list oldr:30d", { kind: "unknown_filter", word: "list", filter: "oldr:30d", nearest: "older:" }],
  ["history sinse:7d", { kind: "unknown_filter", word: "history", filter: "sinse:7d", nearest: "since:" }],
  ["history why:upgrade", { kind: "unknown_filter", word: "history", filter: "why:upgrade", nearest: undefined }],
  ["list --live", { kind: "unknown_flag", word: "list", flag: "--live", nearest: undefined }],
  ["history a b", { kind: "too_many", rest: "b" }],

  ["rename", { kind: "need_vm", word: "rename" }],
  ["rename web-01", { kind: "need_snapshot", word: "rename" }],
  ['rename web-01 "" new', { kind: "need_snapshot", word: "rename" }],
  ["rename web-01 old new --reason", { kind: "empty_reason" }],
  ['rename web-01 old ""', { kind: "empty_name", word: "rename" }],
  ['rename web-01 old "my new" name', { kind: "too_many", rest: "name" }],
  ["restore", { kind: "need_vm", word: "restore" }],
  ["restore web-01 before upgrade", { kind: "too_many", rest: "upgrade" }],
  ["löschen", { kind: "need_vm", word: "delete" }],
  ["delete web-01 old --force", { kind: "unknown_flag", word: "delete", flag: "--force", nearest: undefined }],
  ["on", { kind: "need_vm", word: "on" }],
  ["shutdown", { kind: "need_vm", word: "shutdown" }],
  ['off " "', { kind: "need_vm", word: "off" }],
  ["off web-01 web-02", { kind: "too_many", rest: "web-02" }],
  ["levitate web-01", { kind: "unknown_word", word: "levitate", nearest: undefined, rest: "web-01" }],
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

/** As Slack sends what somebody has typed. */
const typed = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Text out of everything that the grammar knows, and everything else. */
const scraps = fc.constantFrom(
  ...[
    "create before list status rename restore delete on shutdown off cancel history help erstellen löschen vor --live --off",
    "--reason = -- — by: why: older: since:7d älter:30d tag:prod “ „ ” \" ' < > | & * &amp; &lt; &#x22; &#xd800; __proto__",
    "<http://a.b|a.b> <@U1|anna> <@U1> <#C1|ops> <!channel> <@ <@> <@U1| <https://>",
  ].flatMap((line) => line.split(" ")),
  " ",
  "\n",
  "\u00a0",
  "\u202e",
  "\u0308",
  "\0",
);
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.oneof(scraps, fc.string({ maxLength: 4 }))).map((parts) => parts.join("")),
  fc.array(scraps).map((parts) => parts.join(" ")),
);

/** Names and reasons as nobody would choose them. */
const data = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.array(scraps).map((parts) => parts.join("")),
  )
  .map((text) => text.trim())
  .filter((text) => text !== "");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const how = fc.constantFrom("ask", "off", "live");
const ms = fc.oneof(
  fc.integer({ min: 0, max: 999_999 }).map((days) => days * DAY_MS),
  fc.integer({ min: 0, max: 999_999_999 }),
);
const someone = fc.oneof(
  fc.constant(ANNA),
  data.map((name) => ({ name })),
);
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("create"), vm: data, name: maybe(data), how, reason: maybe(data) }),
  fc.record({ kind: fc.constant("before"), vm: data, how, reason: data }),
  fc.record({
    kind: fc.constant("list"),
    vm: maybe(data),
    filter: fc.record({ by: maybe(someone), why: maybe(data), olderMs: maybe(ms), newerMs: maybe(ms) }),
  }),
  fc.record({ kind: fc.constant("may"), doing: fc.constantFrom("restore", "off"), vm: data, how: fc.constant("ask") }),
  fc.record({ kind: fc.constant("may"), doing: fc.constant("create"), vm: data, how }),
  fc
    .record({ kind: fc.constant("rename" as const), vm: data, snapshot: data, name: maybe(data), reason: maybe(data) })
    .map(({ reason, ...said }) => ({ ...said, ...(reason !== undefined && { reason }) })),
  fc.record({ kind: fc.constantFrom("restore", "delete"), vm: data, snapshot: maybe(data) }),
  fc.record({ kind: fc.constant("power"), vm: data, to: fc.constantFrom("on", "off", "hard_off") }),
  fc.record({
    kind: fc.constant("history"),
    vm: maybe(data),
    filter: fc.record({ by: maybe(someone), sinceMs: maybe(ms), untilMs: maybe(ms) }),
  }),
  fc.record({ kind: fc.constant("cancel"), vm: data }),
  fc.record({ kind: fc.constant("help"), about: fc.constantFrom(undefined, "before", "delete") }),
  fc.constantFrom<Command>({ kind: "status" }, { kind: "dialog" }),
);

describe("whatever is typed", () => {
  test("is read without an accident, and what is understood can be written down and read again", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const read = readCommand(text);
        expect(read.ok ? read.command.kind : read.mistake.kind).toEqual(expect.any(String));
        expect(readCommand(text)).toEqual(read);
        if (read.ok) expect(readCommand(writeCommand(read.command))).toEqual(read);
      }),
      { numRuns: 3000 },
    );
  });

  test("in quotation marks arrives as it was meant", () => {
    const words = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((text) => /^[^"“”„«»‟\u00a0\u202f\u2007]+$/u.test(text) && text.trim() !== "");
    fc.assert(
      fc.property(words, words, words, (vm, name, reason) => {
        expect(readCommand(typed(`create "${vm}" “${name}” --reason „${reason}“`))).toEqual({
          ok: true,
          command: create(vm, { name: name.trim(), reason: reason.trim() }),
        });
      }),
    );
  });

  test("mentions nobody whom Slack did not name", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(tokenize(typed(text))?.some(({ mention }) => mention)).not.toBe(true);
      }),
    );
  });

  test.each(
    [
      "<http://",
      "<http://a|b",
      "<@U1",
      "<@U1|",
      "<!a",
      "<",
      "<|",
      '"',
      '""',
      "—a ",
      "&",
      "&amp",
      "&#x",
      "&#x22;",
      "by:",
      "by: ",
      "a:b=c",
      "why:older:",
      "ä",
      "a\u0308",
      " ",
      "\u00a0",
      "- - ",
      "--",
      "--a=",
    ].flatMap((scrap) => ["", "list ", "create web-01 ", 'create "'].map((begin) => [begin + scrap] as const)),
  )("however long it goes on is read at once: %s", (text) => {
    const long = text + text.slice(-8).repeat(15_000);
    expect(readCommand(long)).toBeDefined();
    expect(readCommand(`${long}>`)).toBeDefined();
  });
});

describe("a command that is written down", () => {
  test("is read as the same, whatever the names in it are", () => {
    fc.assert(
      fc.property(commands, (command) => {
        expect(readCommand(writeCommand(command))).toEqual({ ok: true, command });
      }),
      { numRuns: 3000 },
    );
  });

  test("is hardly longer than it has to be, since a button holds 2000 characters", () => {
    const longest = create("x".repeat(255), { name: "<".repeat(255), how: "live", reason: "&".repeat(500) });
    expect(writeCommand(longest)).toHaveLength("create '' '' --live --reason ''".length + 255 + 255 + 500);
  });
});
