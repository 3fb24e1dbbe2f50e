import { describe, expect, test } from "vitest";
import { draw } from "../../src/demo/slack.ts";
import { button, plain, section } from "./slack-rig.ts";

const NOON = new Date("2026-11-16T12:00:00Z");
const at = (iso: string) => Date.parse(iso) / 1000;
const names = (id: string) => ({ U0ANNA: "Anna", C0OPS: "ops" })[id];
const drawn = (text: string, tz = "Europe/Berlin", locale = "de-DE") => draw({ text }, NOON, tz, locale, names);

describe("a drawn message", () => {
  test("shows every kind of block", () => {
    const blocks = [
      { type: "header", text: plain("Snapshot of web-01") },
      { type: "section", text: { type: "mrkdwn", text: "*Shutting down*" }, fields: [plain("Disk"), plain("40 GB")] },
      { ...section("Restore it?"), accessory: button("restore", { text: plain("Restore…") }) },
      { type: "divider" },
      { type: "context", elements: [plain("asked by"), { type: "mrkdwn", text: "<@U0ANNA>" }] },
      {
        type: "actions",
        elements: [
          button("off", { text: plain("Power off"), style: "danger", confirm: { text: plain("Sure?") } }),
          button("wait", { text: plain("Wait") }),
        ],
      },
    ];
    expect(draw({ text: "not shown", blocks }, NOON, "UTC", "en-US", names)).toBe(
      [
        "▌ Snapshot of web-01",
        "*Shutting down*",
        "  · Disk",
        "  · 40 GB",
        "Restore it?",
        "[ Restore… ]",
        "────────────────",
        "  asked by  @Anna",
        "[ !Power off ? ]  [ Wait ]",
      ].join("\n"),
    );
  });

  test("shows formatted text with its lists", () => {
    const item = (text: string) => ({ type: "rich_text_section", elements: [{ type: "text", text }] });
    const blocks = [
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "user", user_id: "U0ANNA" },
              { type: "text", text: " asks:" },
            ],
          },
          { type: "rich_text_list", style: "bullet", elements: [item("one"), item("two")] },
          { type: "rich_text_list", style: "ordered", indent: 1, elements: [item("first"), item("second")] },
          { type: "rich_text_quote", elements: [{ type: "text", text: "said" }] },
        ],
      },
    ];
    expect(draw({ blocks }, NOON, "UTC", "en-US", names)).toBe(
      "@Anna asks:\n• one\n• two\n  1. first\n  2. second\n> said",
    );
  });

  test("shows a dialog with what stands in it and what is wrong with it", () => {
    const element = { type: "plain_text_input", action_id: "name" };
    const view = {
      title: "Rename",
      submit: "Rename",
      close: "Cancel",
      blocks: [{ type: "input", block_id: "name", label: plain("Name"), hint: plain("At most 40 letters"), element }],
      state: { name: { name: { type: "plain_text_input", value: "web" } } },
      errors: { name: "That name is taken." },
    };
    expect(draw(view)).toBe(
      "══ Rename ══\nName: ‹web›\n  At most 40 letters\n  ! That name is taken.\n[ Rename ]  [ Cancel ]",
    );
  });

  test("shows what is chosen, and otherwise what is asked for", () => {
    const option = { text: plain("Shut down first"), value: "off" };
    const options = [option, { text: plain("Live"), value: "live" }];
    const blocks = [
      {
        type: "actions",
        elements: [
          { type: "static_select", action_id: "a", options, initial_option: option },
          { type: "static_select", action_id: "b", options, placeholder: plain("How?") },
          { type: "radio_buttons", action_id: "c", options, initial_option: option },
        ],
      },
    ];
    expect(draw({ blocks })).toBe("‹Shut down first›  ‹How?›  ◉ Shut down first  ○ Live");
  });

  test("without blocks is its text", () => {
    expect(draw({ text: "plain" })).toBe("plain");
  });
});

describe("a drawn text", () => {
  test.each([
    { what: "names for mentions", text: "<@U0ANNA> in <#C0OPS|x>, not <@U0WHO>", shown: "@Anna in #ops, not @U0WHO" },
    {
      what: "links with their addresses",
      text: "<https://x.de|here> <https://y.de>",
      shown: "here (https://x.de) https://y.de",
    },
    { what: "calls to everybody", text: "<!here> <!channel>", shown: "@here @channel" },
    {
      what: "escaped characters as themselves",
      text: "a &lt;b&gt; &amp;amp; &lt;@U0ANNA&gt;",
      shown: "a <b> &amp; <@U0ANNA>",
    },
  ])("shows $what", ({ text, shown }) => {
    expect(drawn(text)).toBe(shown);
  });

  test.each([
    { format: "{time}", iso: "2026-11-16T13:32:00Z", berlin: "14:32", newYork: "8:32 AM" },
    {
      format: "{date_num} {time_secs}",
      iso: "2026-11-17T00:00:05Z",
      berlin: "2026-11-17 01:00:05",
      newYork: "2026-11-16 7:00:05 PM",
    },
    { format: "{date_short_pretty}", iso: "2026-11-17T03:00:00Z", berlin: "morgen", newYork: "today" },
    { format: "{date_pretty}", iso: "2026-12-24T12:00:00Z", berlin: "24. Dezember 2026", newYork: "December 24, 2026" },
    { format: "{ago}", iso: "2026-11-16T11:15:00Z", berlin: "vor 45 Minuten", newYork: "45 minutes ago" },
    { format: "at {oclock}", iso: "2026-11-16T11:15:00Z", berlin: "at {oclock}", newYork: "at {oclock}" },
  ])("shows $format in the reader's zone and language", ({ format, iso, berlin, newYork }) => {
    const text = `<!date^${at(iso)}^${format}|fallback>`;
    expect(drawn(text)).toBe(berlin);
    expect(drawn(text, "America/New_York", "en-US").replaceAll("\u202f", " ")).toBe(newYork);
  });

  test("falls back where there is no date", () => {
    expect(drawn("<!date^soon^{time}|soon>")).toBe("soon");
  });
});
