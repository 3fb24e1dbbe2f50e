import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { progressOf } from "../../src/domain/progress.ts";
import type { Language, Request } from "../../src/domain/request.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { type Brush, card, tickOf } from "../../src/views/card.ts";
import { ASTRAL, type Data, HOSTILE, LIMITS, NOW, ORDINARY, type Sample, STATUSES, samples, WIDE } from "../samples.ts";
import { aliveIn, linksIn, pieces, unfit } from "./strings.ts";

const LANGUAGES: Language[] = ["en", "de"];
const LINK = "https://demo.slack.com/archives/COPS/p1";
/** What chat.update takes. */
const TEXT_LIMIT = 4000;

const brush = (language: Language, more: Partial<Brush> = {}): Brush => ({
  texts: textsIn(language),
  limits: LIMITS,
  now: NOW,
  linkTo: () => LINK,
  isMoved: true,
  ...more,
});

interface Element {
  action_id: string;
  value: string;
  style?: string;
  text: { text: string };
  confirm?: { title: { text: string }; text: { text: string }; style?: string };
}

const buttonsIn = (blocks: readonly object[]): Element[] =>
  (blocks as { type: string; elements: Element[] }[]).flatMap(({ type, elements }) =>
    type === "actions" ? elements : [],
  );

const drawn = (name: string, language: Language = "en", data: Data = ORDINARY) => {
  const { request } = samples(data, language).find((sample) => sample.name === name)!;
  return card(request, brush(language));
};

test("the samples have every status", () => {
  const found = samples(ORDINARY, "en").map(({ request }) => request.state.status);
  expect([...new Set(found)].toSorted()).toEqual(STATUSES.toSorted());
});

describe.each(LANGUAGES)("in %s", (language) => {
  const texts = textsIn(language);
  const { card: words } = texts;

  describe.each([
    { kind: "ordinary", data: ORDINARY },
    { kind: "hostile", data: HOSTILE },
    { kind: "wide", data: WIDE },
    { kind: "astral", data: ASTRAL },
  ])("with $kind values", ({ data }) => {
    test.each(STATUSES)("%s: Slack takes it, and nothing in it comes to life", (status) => {
      for (const { name, request } of samples(data, language)) {
        if (request.state.status !== status) continue;
        const { text, blocks, metadata } = card(request, brush(language));
        const wrong = [
          ...checkBlocks(blocks, "message"),
          ...(text.length > TEXT_LIMIT ? ["too long"] : []),
          ...linksIn(text).map((found) => `${found} in ${text}`),
          ...pieces(blocks).flatMap((piece) =>
            (piece.type === "mrkdwn" ? aliveIn : unfit)(piece.text).map((found) => `${found} in ${piece.text}`),
          ),
          ...(JSON.stringify(metadata).isWellFormed() ? [] : ["half a character in the metadata"]),
        ];
        expect({ name, wrong }).toEqual({ name, wrong: [] });
      }
    });

    test("the text says how it stands", () => {
      for (const { request } of samples(data, language)) {
        const { text } = card(request, brush(language));
        expect(text).toContain(words.headline[request.state.status]);
        const progress = progressOf(request, NOW);
        if (progress) expect(text).toContain(texts.bar(progress.percent, progress.estimated));
        if (request.trouble) expect(text).toContain(words.troubleText);
      }
    });
  });

  test.each<[name: string, says: string[]]>([
    ["queued, behind", [words.queuedBehind({ id: "UBORIS" as never, name: "Anna" })]],
    ["queued, cooldown", [words.queuedCooldown(later(NOW, MINUTE_MS))]],
    ["queued, busy", [words.queuedBusy]],
    ["choosing, VM running", ["40", "7", "10", "80 min"]],
    ["choosing, duration from history", ["13 min"]],
    ["choosing, VM off", [words.isOffNow]],
    ["stuck", [...textsIn(language).card.stuckOptions.replace(/[*]/g, "").split("\n"), "3 min"]],
    ["snapshotting, estimated, long overdue", [words.overdue]],
    ["snapshotting, reported", ["40 %", words.noCancel]],
    ["snapshotting, live", ["0 %", words.noCancelLive]],
    ["powering on, then failed", [words.failPending]],
    ["powering on, then cancelled", [words.cancelPending]],
    ["powering on fails", ["The storage pool has no room."]],
    ["done", ["web-01-1731398400", "12", words.wasOff(8 * MINUTE_MS - SECOND_MS), "web-01-17313984009"]],
    ["done, live", [words.keptRunning]],
    ["done, stays off", [words.staysOff]],
    ["failed, busy", [words.nothingChanged, words.tryAgain.replace(/[*]/g, "")]],
    ["failed, tried again", [LINK]],
    ["cancelled", [words.cancelledBy({ id: "UBORIS" as never, name: "Anna" })]],
    ["expired", [words.expired]],
  ])("%s: the text says what matters and what to do", (name, says) => {
    const { text } = drawn(name, language);
    for (const part of says) expect(text).toContain(part);
    expect(text).toContain("before the kernel upgrade");
    expect(text).toContain("web-01");
    expect(text).not.toMatch(/[*`▓░✓▸○]|:[a-z_]+:/);
  });

  test("the text repeats names as they are", () => {
    const data = { ...ORDINARY, snapshot: "db:prod:2*4*8", detail: "disk :full: *now*" };
    expect(drawn("done", language, data).text).toContain("db:prod:2*4*8");
    expect(drawn("failed, refused", language, data).text).toContain("disk :full: *now*");
  });
});

describe("the buttons", () => {
  const ways: [name: RegExp, actions: string[]][] = [
    [/^queued/, ["request.cancel"]],
    [/^choosing, VM off/, ["request.live", "request.cancel"]],
    [/^choosing, shutdown only/, ["request.shutdown", "request.cancel"]],
    [/^choosing/, ["request.shutdown", "request.live", "request.cancel"]],
    [/^shutting down/, ["request.cancel"]],
    [/^stuck/, ["request.wait", "request.power_off", "request.live", "request.cancel"]],
    [/^snapshotting, start held up/, ["request.cancel"]],
    [/^snapshotting/, []],
    [/^powering on(,? fails|, accepted and yet off)/, ["vm.power_on"]],
    [/^powering on/, []],
    [/^failed, tried again/, []],
    [/^failed/, ["request.retry"]],
    [/^(done|cancelled|expired)/, []],
  ];

  test.each(samples(ORDINARY, "en"))("$name", ({ name, request }) => {
    const buttons = buttonsIn(card(request, brush("en")).blocks);
    const [, expected] = ways.find(([pattern]) => pattern.test(name))!;
    expect(buttons.map(({ action_id }) => action_id)).toEqual(expected);
    expect(buttons.filter(({ value }) => value !== request.id)).toEqual([]);
    expect(buttons.filter(({ style }) => style === "primary").length).toBeLessThanOrEqual(1);
  });

  test.each([
    { name: "choosing, VM running", outage: "80 min" },
    { name: "choosing, shutdown only", outage: "80 min" },
    { name: "choosing, duration from history", outage: "13 min" },
  ])("$name: shutting down asks once more, with the VM's name and its outage", ({ name, outage }) => {
    for (const language of LANGUAGES) {
      const { confirm, style } = buttonsIn(drawn(name, language).blocks)[0]!;
      expect(style).toBe("primary");
      expect(confirm!.title.text).toContain("web-01");
      expect(confirm!.text.text).toContain("web-01");
      expect(confirm!.text.text).toContain(outage);
      expect(confirm!.style).toBeUndefined();
    }
  });

  test("pulling the plug is dangerous, and looks it twice", () => {
    for (const language of LANGUAGES) {
      const button = buttonsIn(drawn("stuck", language).blocks).find((each) => each.action_id === "request.power_off")!;
      expect(button).toMatchObject({ style: "danger", confirm: { style: "danger" } });
      expect(button.confirm!.text.text).toContain("web-01");
    }
  });

  test("nothing else asks once more, and nothing else is dangerous", () => {
    const others = samples(ORDINARY, "en")
      .flatMap(({ request }) => buttonsIn(card(request, brush("en")).blocks))
      .filter(({ action_id }) => action_id !== "request.shutdown" && action_id !== "request.power_off");
    expect(others.filter(({ confirm, style }) => confirm || style === "danger")).toEqual([]);
  });

  test("a long VM name leaves the outage readable in the confirm dialog", () => {
    for (const data of [HOSTILE, WIDE, ASTRAL]) {
      const [button] = buttonsIn(drawn("choosing, VM running", "de", data).blocks);
      expect(button!.confirm!.text.text).toContain("80 min");
    }
  });
});

describe("the metadata", () => {
  test.each(samples(ORDINARY, "en"))("$name", ({ request }) => {
    const progress = progressOf(request, NOW);
    expect(card(request, brush("en")).metadata).toEqual({
      event_type: "snapshot_request",
      event_payload: {
        id: "r0123456789abcdef",
        kind: "create",
        vm: "web-01",
        status: request.state.status,
        ...(progress && { percent: progress.percent }),
      },
    });
  });

  test.each([
    { name: "snapshotting, reported", percent: 40 },
    { name: "snapshotting, reported 100", percent: 100 },
    { name: "snapshotting, estimated", percent: 8 },
    { name: "snapshotting, made and not listed yet", percent: 100 },
    { name: "snapshotting, nothing known", percent: undefined },
    { name: "done", percent: undefined },
  ])("$name: percent $percent", ({ name, percent }) => {
    expect(drawn(name).metadata.event_payload.percent).toBe(percent);
  });
});

/** Samples that time alone can change, at any moment of a day and with any expectation. */
const runs = samples(ORDINARY, "en").filter(({ request }) => request.times.snapshotStarted);
const anyRun = fc.constantFrom(...runs);
const anyAge = fc.integer({ min: -MINUTE_MS, max: 24 * HOUR_MS });
const anyExpectation = fc.double({ min: 1, max: 12 * HOUR_MS, noNaN: true });

const expecting = ({ request }: Sample, ms: number): Request => ({
  ...request,
  ...(request.facts && { facts: { ...request.facts, expected: { ms, basis: "history" } } }),
});

describe("while it runs", () => {
  test("an estimate never passes 95 %, and says that it is one", () => {
    fc.assert(
      fc.property(anyRun, anyExpectation, anyAge, (run, ms, age) => {
        const now = later(NOW, age);
        const request = expecting(run, ms);
        const { text, metadata } = card(request, brush("en", { now }));
        const progress = progressOf(request, now);
        if (!progress?.estimated) return;
        expect(metadata.event_payload.percent).toBeLessThanOrEqual(95);
        expect(text).toContain(`about ${metadata.event_payload.percent} % (estimated)`);
      }),
    );
  });

  test("the percent never falls with time", () => {
    fc.assert(
      fc.property(anyRun, anyExpectation, anyAge, anyAge, (run, ms, one, other) => {
        const request = expecting(run, ms);
        const [before, after] = [one, other]
          .toSorted((a, b) => a - b)
          .map((age) => progressOf(request, later(NOW, age)));
        expect(after?.percent ?? 0).toBeGreaterThanOrEqual(before?.percent ?? 0);
      }),
    );
  });

  /** Drifts with every second while the cloud's percent stands still; a new percent, or a minute, draws it anew. */
  const withoutEnd = (blocks: readonly object[]) =>
    JSON.stringify(blocks).replace(/ · expected end <!date\^\d+\^\{time\}\|[^>]*>/, " · expected end");

  test("what looks the same by `tickOf` is the same", () => {
    const near = fc.integer({ min: 0, max: 3 * MINUTE_MS });
    fc.assert(
      fc.property(fc.constantFrom(...samples(ORDINARY, "en")), anyExpectation, anyAge, near, (run, ms, age, gap) => {
        const request = expecting(run, ms);
        const [one, other] = [later(NOW, age), later(NOW, age + gap)];
        if (tickOf(request, one) !== tickOf(request, other)) return;
        const [before, after] = [one, other].map((now) => card(request, brush("en", { now })).blocks);
        expect(withoutEnd(after!)).toBe(withoutEnd(before!));
      }),
      { numRuns: 500 },
    );
  });

  test("an estimated card keeps its end as long as `tickOf` does", () => {
    const near = fc.integer({ min: 0, max: MINUTE_MS });
    const estimated = runs.filter(
      ({ request }) => request.state.status === "snapshotting" && !("percent" in request.state),
    );
    fc.assert(
      fc.property(fc.constantFrom(...estimated), anyExpectation, anyAge, near, (run, ms, age, gap) => {
        const request = expecting(run, ms);
        const [one, other] = [later(NOW, age), later(NOW, age + gap)];
        if (tickOf(request, one) !== tickOf(request, other)) return;
        expect(card(request, brush("en", { now: other })).blocks).toEqual(
          card(request, brush("en", { now: one })).blocks,
        );
      }),
    );
  });

  test.each([
    { what: "another percent", ms: 100 * SECOND_MS, after: SECOND_MS },
    { what: "another minute", ms: 1e12, after: MINUTE_MS },
    { what: "more time than expected", ms: 10 * MINUTE_MS, after: 10 * MINUTE_MS },
  ])("$what is another tick", ({ ms, after }) => {
    const run = runs.find(({ name }) => name === "snapshotting, estimated")!;
    const request = expecting(run, ms);
    const start = request.times.snapshotStarted!;
    expect(tickOf(request, later(start, after))).not.toBe(tickOf(request, start));
  });
});
