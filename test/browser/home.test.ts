import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BORIS, OPS } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import { type Desktop, openDesktop, shows } from "./desktop.ts";
import { aDataTable, aDialog, aHome, option, plain } from "./home-samples.ts";
import { type OwnBot, startOwnBot } from "./own-bot.ts";

describe.skipIf(!CHROMIUM)("Home, tables, files and dialogs on the page", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  let page: Page;
  let bot: OwnBot;
  let home: object = aHome;
  let onCommand: (trigger: string) => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    desktop = await openDesktop(1, { withBot: false });
    page = await desktop.window(BORIS);
  });
  beforeEach(async () => {
    bot = await startOwnBot(desktop.stage.slack, async (payload, { call }) => {
      if (payload.type === "event_callback") await call("views.publish", { user_id: BORIS, view: home });
      if (payload.type === "shortcut") await onCommand(String(payload.trigger_id));
      if (payload.type !== "block_suggestion") return undefined;
      const names = ["web-01", "web-02", "db-01"].filter((name) => name.includes(String(payload.value)));
      return { options: names.map(option) };
    });
  });
  afterEach(async () => {
    home = aHome;
    onCommand = async () => undefined;
    await bot.close();
    expect(desktop.complaints).toEqual([]);
  });
  afterAll(() => desktop?.close());

  const panel = () => page.getByRole("tabpanel", { name: "Home" });
  const heardActions = (...actions: object[]) => expect.poll(() => bot.actions()).toEqual(actions);
  async function openHome(): Promise<void> {
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Shutter" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    await panel().getByRole("heading", { name: "Your VMs" }).waitFor();
  }
  async function openOps(): Promise<void> {
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "ops" }).click();
  }
  const openDialog = async () => {
    await page.getByRole("button", { name: "Shortcuts" }).click();
    await page.getByRole("menuitem").first().click();
  };

  test("opening the tab tells the app, and buttons, menus and fields of its view tell what was done", async () => {
    await openHome();
    expect(bot.heard[0]).toMatchObject({ event: { type: "app_home_opened", user: BORIS, tab: "home" } });
    await page.getByRole("tab", { name: "Log" }).click();
    await page.getByRole("list", { name: "Requests" }).getByText("app_home_opened").first().waitFor();
    const search = panel().getByRole("combobox", { name: "Find a VM" });
    await search.fill("web");
    await panel().getByRole("option", { name: "web-02" }).click();
    await panel().getByRole("button", { name: "New snapshot" }).click();
    await panel().getByRole("button", { name: "More actions" }).nth(1).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await panel().getByRole("radio", { name: "All" }).check();
    await heardActions(
      { action_id: "vm", block_id: "find", selected_option: expect.objectContaining({ value: "web-02" }) },
      { action_id: "create", block_id: "find", value: "new", style: "primary" },
      { action_id: "row", block_id: "row.web-02", selected_option: expect.objectContaining({ value: "delete" }) },
      {
        action_id: "which",
        block_id: "show",
        initial_option: expect.objectContaining({ value: "mine" }),
        selected_option: expect.objectContaining({ value: "all" }),
      },
    );
    expect(bot.heard.at(-1)).toMatchObject({ container: { type: "view" }, view: { type: "home" } });
    expect(await search.inputValue()).toBe("web-02");
  });

  test("several things can be chosen, taken out again, and typed words are told with Enter", async () => {
    await openHome();
    const values = (...all: string[]) => all.map((value) => expect.objectContaining({ value }));
    const told = () => bot.actions().map(({ selected_options, value }) => selected_options ?? value);
    await panel().getByRole("checkbox", { name: "Stopped" }).check();
    await expect.poll(told).toEqual([values("running", "stopped")]);
    await panel().getByRole("checkbox", { name: "Running" }).uncheck();
    await panel().getByRole("combobox", { name: "Tags" }).selectOption("Prod");
    await panel().getByRole("button", { name: "Remove Prod" }).click();
    const vms = panel().getByRole("combobox", { name: "VMs" });
    await vms.fill("db");
    await panel().getByRole("option", { name: "db-01" }).click();
    await vms.fill("01");
    await panel().getByRole("option", { name: "web-01" }).click();
    await panel().getByRole("textbox", { name: "Search" }).fill("mail");
    await panel().getByRole("textbox", { name: "Search" }).press("Enter");
    await expect
      .poll(told)
      .toEqual([
        values("running", "stopped"),
        values("stopped"),
        values("prod"),
        [],
        values("db-01"),
        values("db-01", "web-01"),
        "mail",
      ]);
  });

  test("a view that Slack refuses is said to be so where it would stand, until one comes through", async () => {
    await openHome();
    expect(
      await bot.call("views.publish", { user_id: BORIS, view: { type: "home", blocks: [{ type: "lever" }] } }),
    ).toMatchObject({ ok: false });
    await shows(panel().getByRole("article", { name: "Refused by Slack" }), "invalid_arguments");
    await bot.call("views.publish", { user_id: BORIS, view: aHome });
    await panel().getByRole("article", { name: "Refused by Slack" }).waitFor({ state: "detached" });

    await openOps();
    onCommand = (trigger_id) =>
      bot.call("views.open", { trigger_id, view: { ...aDialog(), title: plain("x".repeat(25)) } });
    await openDialog();
    const refusal = page.getByRole("dialog", { name: "No dialog" });
    await shows(refusal, /no more than 24 characters/);
    await refusal.getByRole("button", { name: "Close" }).click();
    await refusal.waitFor({ state: "detached" });
    expect(await page.getByRole("main").getByRole("article", { name: "Refused by Slack" }).count()).toBe(0);
  });

  test("a dialog with checkboxes is changed while it is open, and what warns is an alert", async () => {
    await openOps();
    onCommand = (trigger_id) => bot.call("views.open", { trigger_id, view: aDialog() });
    await openDialog();
    const dialog = page.getByRole("dialog", { name: "Delete snapshots" });
    await dialog.getByRole("checkbox", { name: "Older" }).check();
    await heardActions({
      action_id: "ids",
      block_id: "which",
      selected_options: [expect.objectContaining({ value: "older" })],
    });
    const { id } = desktop.stage.slack.view(BORIS)!;
    const warning = { type: "alert", level: "warning", text: plain("This cannot be undone.") };
    await bot.call("views.update", { view_id: id, view: aDialog([warning]) });
    await dialog.getByRole("alert").getByText("This cannot be undone.").waitFor();
    expect(await dialog.getByRole("checkbox", { name: "Older" }).isChecked()).toBe(true);

    await bot.call("views.update", { view_id: id, view: aDialog([{ type: "table" }]) });
    await dialog.getByRole("article", { name: "Refused by Slack" }).waitFor();
    await dialog.getByRole("textbox", { name: "Type the VM's name" }).fill("web-01");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(bot.heard.at(-1)).toMatchObject({
      type: "view_submission",
      view: {
        state: {
          values: { which: { ids: { selected_options: [{ value: "older" }] } }, name: { name: { value: "web-01" } } },
        },
      },
    });
  });

  test("a table has a caption, a head, names for its rows, and pages", async () => {
    await openOps();
    await bot.call("chat.postMessage", { channel: OPS, text: "The list", blocks: [aDataTable(7)] });
    const message = page.getByRole("article").last();
    const table = message.getByRole("table", { name: "Snapshots of web-01" });
    await table.waitFor();
    expect(await table.getByRole("columnheader").allTextContents()).toEqual([
      "No.",
      "Name",
      "Taken",
      "Size",
      "Taken by",
    ]);
    expect(await table.getByRole("rowheader").allTextContents()).toEqual(
      [1, 2, 3].map((n) => `before-the-kernel-upgrade-${n}`),
    );
    expect(await table.getByRole("cell").last().textContent()).toBe("@Anna");
    const pages = message.getByRole("navigation", { name: "Pages of Snapshots of web-01" });
    await pages.getByRole("button", { name: "Next" }).click();
    await pages.getByRole("button", { name: "Next" }).press("Enter");
    await shows(pages, "Page 3 of 3");
    expect(await table.getByRole("rowheader").allTextContents()).toEqual(["before-the-kernel-upgrade-7"]);
    await pages.getByRole("button", { name: "Next" }).press("Enter");
    await pages.getByRole("button", { name: "Previous" }).click();
    await shows(pages, "Page 2 of 3");
  });

  test("a thread has buttons, files that can be read, and what only this person sees", async () => {
    await openOps();
    const { ts } = await bot.call("chat.postMessage", { channel: OPS, text: "A card" });
    const button = { type: "button", action_id: "export", text: plain("Export"), value: "csv" };
    await bot.call("chat.postMessage", {
      channel: OPS,
      thread_ts: ts,
      text: "Row",
      blocks: [{ type: "actions", block_id: "row.1", elements: [button] }],
    });
    const csv = "name,size\n<b>web</b>,7.4\n";
    const { upload_url, file_id } = await bot.call("files.getUploadURLExternal", {
      filename: "snapshots.csv",
      length: csv.length,
    });
    await fetch(String(upload_url), { method: "POST", body: csv });
    await bot.call("files.completeUploadExternal", {
      files: [{ id: file_id, title: "All snapshots" }],
      channel_id: OPS,
      thread_ts: ts,
    });
    await bot.call("chat.postEphemeral", { channel: OPS, user: BORIS, thread_ts: ts, text: "Only for you" });

    const message = page.getByRole("article").last();
    await shows(message, "A card");
    await message.getByRole("button", { name: "3 replies" }).click();
    const thread = message.getByRole("list", { name: "Thread" });
    await shows(thread, /Only visible to you/);
    await thread.getByRole("button", { name: "Export" }).click();
    await heardActions({ action_id: "export", block_id: "row.1", value: "csv" });
    expect(bot.heard.at(-1)).toMatchObject({ container: { thread_ts: ts } });
    const link = thread.getByRole("link", { name: "All snapshots" });
    const response = await page.request.get(new URL((await link.getAttribute("href"))!, desktop.url).href);
    expect([await response.text(), response.headers()["content-type"]]).toEqual([csv, "text/plain; charset=utf-8"]);
  });
});
