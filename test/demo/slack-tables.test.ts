import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { checkView } from "../../src/demo/slack/view-check.ts";
import { draw } from "../../src/demo/slack.ts";
import { ANNA, aBoltApp, aSlack, button, clientOf, OPS, plain, refusal, section } from "./slack-rig.ts";

const raw = (text: string) => ({ type: "raw_text", text });
const size = (value: number) => ({ type: "raw_number", value, text: `${value} GB` });
const rich = (text: string) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
});
const rows = (count: number, columns = 1, cell: object = raw("c")) =>
  Array.from({ length: count }, () => Array.from({ length: columns }, () => cell));
const dataTable = (more: object = {}) => ({ type: "data_table", caption: "Snapshots", rows: rows(2), ...more });
const table = (more: object = {}) => ({ type: "table", rows: rows(1), ...more });
const long = (characters: number) => [[raw("h")], [raw("x".repeat(characters - 1))]];

describe("tables at the limit are taken, and one beyond it refused:", () => {
  test.each<{ limit: string; block: (size: number) => object; most: number }>([
    { limit: "a data table's rows, with the head", block: (n) => dataTable({ rows: rows(n) }), most: 201 },
    { limit: "a data table's columns", block: (n) => dataTable({ rows: rows(2, n) }), most: 20 },
    { limit: "a data table's characters", block: (n) => dataTable({ rows: long(n) }), most: 20_000 },
    { limit: "a data table's page", block: (n) => dataTable({ page_size: n }), most: 100 },
    { limit: "a table's rows", block: (n) => table({ rows: rows(n) }), most: 100 },
    { limit: "a table's columns", block: (n) => table({ rows: rows(1, n) }), most: 20 },
    { limit: "a table's characters", block: (n) => table({ rows: long(n) }), most: 10_000 },
  ])("$limit ($most)", ({ block, most }) => {
    expect(checkBlocks([block(most)], "message")).toEqual([]);
    expect(checkBlocks([block(most + 1)], "message")).not.toEqual([]);
  });

  test("the characters of all data tables of a message together", () => {
    const half = dataTable({ rows: long(10_000) });
    expect(checkBlocks([half, half], "message")).toEqual([]);
    expect(checkBlocks([half, half, dataTable()], "home")).toEqual([
      "tables must be no more than 20000 characters [json-pointer:/blocks/2]",
    ]);
  });
});

describe("refused is", () => {
  test.each([
    { what: "a data table of a head only", block: dataTable({ rows: rows(1) }) },
    { what: "a data table without a caption", block: dataTable({ caption: undefined }) },
    { what: "an empty caption", block: dataTable({ caption: "" }) },
    { what: "a page of nothing", block: dataTable({ page_size: 0 }) },
    { what: "rows of different lengths", block: dataTable({ rows: [[raw("h"), raw("h")], [raw("c")]] }) },
    { what: "formatted text in the head", block: dataTable({ rows: [[rich("h")], [raw("c")]] }) },
    { what: "a row header beyond the columns", block: dataTable({ row_header_column_index: 1 }) },
    { what: "an empty cell", block: dataTable({ rows: [[raw("h")], [raw("")]] }) },
    { what: "a number without its text", block: table({ rows: [[{ type: "raw_number", value: 1 }]] }) },
    { what: "column settings at a data table", block: dataTable({ column_settings: [] }) },
  ])("$what", ({ block }) => {
    expect(checkBlocks([block], "message")).toHaveLength(1);
  });

  test("a table in a modal, but not in the Home", () => {
    for (const block of [table(), dataTable()]) {
      expect(checkBlocks([block], "home")).toEqual([]);
      expect(checkBlocks([block], "modal")).toEqual([`unsupported type: ${block.type} [json-pointer:/blocks/0/type]`]);
    }
  });

  test("a second table in a message, with an error of its own; a second data table is fine", async () => {
    const { client } = await aSlack();
    const post = (...blocks: object[]) => client.chat.postMessage({ channel: OPS, text: "t", blocks: blocks as never });
    await expect(post(table(), table())).rejects.toMatchObject({
      data: {
        error: "invalid_attachments",
        response_metadata: { messages: ["[ERROR] only_one_table_allowed [json-pointer:/blocks/1]"] },
      },
    });
    expect(await post(dataTable(), dataTable())).toMatchObject({ ok: true });
    expect(checkView({ type: "home", blocks: [table(), table()] }, "home")).toMatchObject({ type: "home" });
  });
});

test("a table with numbers and formatted text is drawn row by row", () => {
  const block = dataTable({
    rows: [
      [raw("Name"), raw("Size")],
      [rich("web-01"), size(7.4)],
    ],
  });
  expect(draw({ blocks: [block] })).toBe("Snapshots\nName │ Size\nweb-01 │ 7.4 GB");
});

describe("a Slack that is too old for a block", () => {
  const text = { text: "The list", blocks: [dataTable()] as never };

  test("refuses it in messages, whatever the way", async () => {
    const { slack, client } = await aSlack({ rateLimits: false });
    const { ts } = await client.chat.postMessage({ channel: OPS, ...text });
    slack.refuseBlocks("data_table");
    const calls = [
      client.chat.postMessage({ channel: OPS, ...text }),
      client.chat.update({ channel: OPS, ts: ts!, ...text }),
      client.chat.postEphemeral({ channel: OPS, user: ANNA, ...text }),
    ];
    expect(await Promise.all(calls.map(refusal))).toEqual(["invalid_blocks", "invalid_blocks", "invalid_blocks"]);
    expect(await client.chat.postMessage({ channel: OPS, text: "t", blocks: [section("s")] })).toMatchObject({
      ok: true,
    });
    slack.refuseBlocks();
    expect(await client.chat.postMessage({ channel: OPS, ...text })).toMatchObject({ ok: true });
  });

  test("refuses it in views with the word for views, and says which block", async () => {
    const { slack, client } = await aSlack();
    slack.refuseBlocks("data_table");
    const view = { type: "home" as const, blocks: [section("s"), dataTable()] as never };
    await expect(client.views.publish({ user_id: ANNA, view })).rejects.toMatchObject({
      data: {
        error: "invalid_arguments",
        response_metadata: {
          messages: ["[ERROR] unsupported type: data_table [json-pointer:/view/blocks/1/type]"],
        },
      },
    });
    expect(slack.home(ANNA)).toBeUndefined();
  });

  test("answers a response_url with 400 and the bare word", async () => {
    const { slack } = await aSlack();
    const app = await aBoltApp(slack);
    let url = "";
    app.command("/snapshot", async ({ ack, command }) => {
      url = command.response_url;
      await ack();
    });
    await slack.command(ANNA, OPS, "list");
    const post = (body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });
    slack.refuseBlocks("data_table");
    const refused = await post(text);
    expect([refused.status, await refused.text()]).toEqual([400, "invalid_blocks"]);
    expect((await post({ text: "The list", blocks: [section("as text")] })).status).toBe(200);
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "The list" }]);
  });

  test("tells whoever watches where the refused thing would have stood", async () => {
    const { slack, client } = await aSlack();
    const told: object[] = [];
    slack.onChange((change) => change.kind === "refused" && told.push(change));
    slack.refuseBlocks("data_table");
    await refusal(client.chat.postMessage({ channel: ANNA, ...text }));
    await refusal(clientOf(slack).views.publish({ user_id: ANNA, view: { type: "home", blocks: text.blocks } }));
    await refusal(client.users.info({ user: "" })); // shows nothing
    expect(told).toMatchObject([
      { method: "chat.postMessage", surface: "message", channel: `D${ANNA}`, error: "invalid_blocks" },
      { method: "views.publish", surface: "home", user: ANNA, error: "invalid_arguments" },
    ]);
  });
});

describe("an option", () => {
  const option = (value: string) => ({ text: plain(value), value });
  const select = (more: object) => ({
    type: "actions",
    elements: [{ type: "static_select", action_id: "s", options: [option("a"), option("b")], ...more }],
  });
  const boxes = (more: object) => ({
    type: "actions",
    elements: [{ type: "checkboxes", action_id: "c", options: [option("a"), option("b")], ...more }],
  });

  test.each([
    { what: "a select begins with", block: select({ initial_option: option("c") }) },
    {
      what: "a select begins with, by another text",
      block: select({ initial_option: { ...option("a"), text: plain("A") } }),
    },
    { what: "checkboxes begin with", block: boxes({ initial_options: [option("a"), option("c")] }) },
  ])("that $what must be one of those offered", ({ block }) => {
    expect(checkBlocks([block], "message")).toEqual([
      expect.stringContaining("initial options must match options that are offered"),
    ]);
  });

  test("leads somewhere only in an overflow menu", () => {
    const link = { ...option("a"), url: "https://example.com" };
    expect(checkBlocks([select({ options: [link] })], "message")).toHaveLength(1);
    const overflow = { type: "actions", elements: [{ type: "overflow", options: [link] }, button("b")] };
    expect(checkBlocks([overflow], "message")).toEqual([]);
  });
});
