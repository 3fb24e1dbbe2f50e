import { describe, expect, test } from "vitest";
import { later, MINUTE_MS } from "../../src/domain/durations.ts";
import { Line } from "../../src/domain/story.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { isMentioned, storyLine, withoutMention } from "../../src/views/story.ts";
import { aRequest } from "../domain/builders.ts";

const en = textsIn("en");
const LEVELS = ["all", "decisions", "failures"] as const;
const CODES = Line.options.map((option) => option.shape.code.value);

const failures = ["power_on_fails", "went_off_late", "failed"];
const decisions = ["stuck", "follow_up", "denied", "approval_expired"];
const late = ["queued_full", "choose"];
const ends = ["done", "cancelled", "expired"];

describe("a line of the thread mentions its requester", () => {
  test.each([
    { notify: "failures", isLate: false, about: failures },
    { notify: "failures", isLate: true, about: failures },
    { notify: "decisions", isLate: false, about: [...failures, ...decisions] },
    { notify: "decisions", isLate: true, about: [...failures, ...decisions, ...late] },
    { notify: "all", isLate: false, about: [...failures, ...decisions, ...ends] },
    { notify: "all", isLate: true, about: [...failures, ...decisions, ...late, ...ends] },
  ] as const)("about $about for $notify, late: $isLate", ({ notify, isLate, about }) => {
    expect(CODES.filter((code) => isMentioned(code, isLate, notify)).toSorted()).toEqual([...about].toSorted());
  });
});

describe("a choice that comes up", () => {
  const request = aRequest("choosing");
  const soon = later(request.requestedAt, MINUTE_MS - 1);
  const away = later(request.requestedAt, MINUTE_MS);

  test("at once is not told, since the card asks", () => {
    for (const notify of LEVELS) expect(storyLine({ code: "choose" }, soon, request, en, notify)).toBeUndefined();
  });

  test("late is told, and calls those back who want to be called", () => {
    const told = LEVELS.map((notify) => storyLine({ code: "choose" }, away, request, en, notify));
    const words = en.story({ code: "choose" });
    expect(told).toEqual([`<@UANNA> ${words}`, `<@UANNA> ${words}`, words]);
  });
});

test("nobody's choice counts as decisions and failures", () => {
  const request = aRequest("done");
  expect(storyLine({ code: "stuck" }, request.requestedAt, request, en)).toMatch(/^<@UANNA> /);
  expect(storyLine({ code: "done" }, request.requestedAt, request, en)).toBe(en.story({ code: "done" }));
});

test("a line is known again whoever it mentions", () => {
  expect(withoutMention("<@UANNA> The end.")).toBe("The end.");
  expect(withoutMention("The end, says <@UANNA> ")).toBe("The end, says <@UANNA> ");
});
