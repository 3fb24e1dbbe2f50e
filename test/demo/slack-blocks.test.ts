import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { checkView } from "../../src/demo/slack/view-check.ts";
import { button, plain, section } from "./slack-rig.ts";

const x = (length: number) => "x".repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (value: string) => ({ text: plain(value), value });
const select = (more: object) => ({ type: "static_select", action_id: "s", ...more });
const input = (element: object) => ({ type: "input", label: plain("l"), element });

describe("blocks at the limit are taken, and one beyond it refused:", () => {
  test.each<{ limit: string; block: (size: number) => object; most: number }>([
    { limit: "a section's text", block: (size) => section(x(size)), most: 3000 },
    { limit: "a field", block: (size) => ({ type: "section", fields: [plain(x(size))] }), most: 2000 },
    { limit: "fields", block: (size) => ({ type: "section", fields: times(size, () => plain("f")) }), most: 10 },
    { limit: "a header", block: (size) => ({ type: "header", text: plain(x(size)) }), most: 150 },
    { limit: "a context", block: (size) => ({ type: "context", elements: times(size, () => plain("c")) }), most: 10 },
    { limit: "actions", block: (size) => actions(...times(size, (index) => button(`b${index}`))), most: 25 },
    { limit: "a button's text", block: (size) => actions(button("b", { text: plain(x(size)) })), most: 75 },
    { limit: "a button's value", block: (size) => actions(button("b", { value: x(size) })), most: 2000 },
    { limit: "an action_id", block: (size) => actions(button(x(size), { text: plain("b") })), most: 255 },
    { limit: "a block_id", block: (size) => ({ ...section("s"), block_id: x(size) }), most: 255 },
    { limit: "a confirm's title", block: (size) => sure({ title: plain(x(size)) }), most: 100 },
    { limit: "a confirm's text", block: (size) => sure({ text: plain(x(size)) }), most: 300 },
    { limit: "a confirm's yes", block: (size) => sure({ confirm: plain(x(size)) }), most: 30 },
    { limit: "options", block: (size) => actions(select({ options: times(size, (n) => option(`o${n}`)) })), most: 100 },
    {
      limit: "an option",
      block: (size) => actions(select({ options: [{ ...option("o"), value: x(size) }] })),
      most: 75,
    },
    { limit: "a placeholder", block: (size) => placeheld(plain(x(size))), most: 150 },
    {
      limit: "an initial value",
      block: (size) => input({ type: "plain_text_input", initial_value: x(size) }),
      most: 3000,
    },
    {
      limit: "an overflow menu",
      block: (size) => actions({ type: "overflow", options: times(size, (n) => option(`o${n}`)) }),
      most: 5,
    },
    { limit: "a markdown block", block: (size) => ({ type: "markdown", text: x(size) }), most: 12_000 },
    {
      limit: "a table's rows",
      block: (size) => ({ type: "table", rows: times(size, () => [{ type: "raw_text", text: "t" }]) }),
      most: 100,
    },
  ])("$limit ($most)", ({ block, most }) => {
    expect(checkBlocks([block(most)], "message")).toEqual([]);
    expect(checkBlocks([block(most + 1)], "message")).toHaveLength(1);
  });

  test.each([
    { surface: "message", most: 50 },
    { surface: "modal", most: 100 },
    { surface: "home", most: 100 },
  ] as const)("blocks of a $surface ($most)", ({ surface, most }) => {
    expect(
      checkBlocks(
        times(most, () => section("s")),
        surface,
      ),
    ).toEqual([]);
    expect(
      checkBlocks(
        times(most + 1, () => section("s")),
        surface,
      ),
    ).toEqual([`no more than ${most} items allowed [json-pointer:/blocks]`]);
  });
});

const sure = (more: object) => actions(button("b", { confirm: { text: plain("Sure?"), ...more } }));
const placeheld = (placeholder: object) => actions(select({ options: [option("o")], placeholder }));

describe("refused is", () => {
  test.each([
    { what: "an unknown block", block: { type: "button_bar" } },
    { what: "an unknown element", block: actions({ type: "lever" }) },
    { what: "an unknown property", block: { ...section("s"), colour: "red" } },
    { what: "a property of another text type", block: { type: "section", text: { ...plain("t"), verbatim: true } } },
    { what: "mrkdwn on a button", block: actions({ type: "button", text: { type: "mrkdwn", text: "b" } }) },
    { what: "an empty text", block: section("") },
    { what: "a section with nothing in it", block: { type: "section" } },
    { what: "an alert in a message", block: { type: "alert", text: plain("a") } },
    { what: "an input element among actions", block: actions({ type: "plain_text_input", action_id: "i" }) },
    { what: "a button in an input", block: input(button("b")) },
    { what: "a select without options", block: actions(select({})) },
    { what: "a pending task card", block: { type: "task_card", task_id: "t", title: "t", status: "pending" } },
    { what: "a plan whose title is an object", block: { type: "plan", title: plain("t") } },
    { what: "something that is no block", block: "section" },
  ])("$what", ({ block }) => {
    expect(checkBlocks([block], "message")).toHaveLength(1);
  });

  test("the same block_id twice", () => {
    const blocks = [1, 2].map(() => ({ ...section("s"), block_id: "twin" }));
    expect(checkBlocks(blocks, "message")).toEqual([
      'block_id "twin" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });

  test("the same action_id twice in a block, but not in two blocks", () => {
    expect(checkBlocks([actions(button("b"), button("b"))], "message")).toHaveLength(1);
    expect(checkBlocks([actions(button("b")), actions(button("b"))], "message")).toEqual([]);
  });
});

describe("a modal", () => {
  const modal = (more: object) => ({ type: "modal", title: plain("Title"), blocks: [section("s")], ...more });

  test.each([
    { what: "a title of 25 characters", view: modal({ title: plain(x(25)) }) },
    { what: "a submit of 25 characters", view: modal({ submit: plain(x(25)) }) },
    { what: "a close of 25 characters", view: modal({ close: plain(x(25)) }) },
    { what: "3001 characters of private metadata", view: modal({ private_metadata: x(3001) }) },
    { what: "inputs but no submit", view: modal({ blocks: [input({ type: "plain_text_input" })] }) },
    { what: "a table", view: modal({ blocks: [{ type: "table", rows: [[{ type: "raw_text", text: "t" }]] }] }) },
    { what: "no title", view: { type: "modal", blocks: [] } },
    { what: "the type home", view: { type: "home", blocks: [] } },
  ])("with $what is refused", ({ view }) => {
    expect(checkView(view, "modal")).toEqual([expect.stringContaining("[json-pointer:/view")]);
  });

  test("within all limits is taken", () => {
    const blocks = [input({ type: "plain_text_input" }), { type: "alert", text: plain("a") }];
    const view = modal({ title: plain(x(24)), submit: plain("OK"), private_metadata: x(3000), blocks });
    expect(checkView(view, "modal")).toMatchObject({ type: "modal", callback_id: "" });
  });
});
