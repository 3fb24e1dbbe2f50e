import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BORIS, OPS } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import { card, type Desktop, hasFocus, messageBox, openDesktop, shows, type } from "./desktop.ts";

describe.skipIf(!CHROMIUM)("boxes, dialogs and menus on the page", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  let page: Page;
  beforeAll(async () => {
    desktop = await openDesktop(10);
    page = await desktop.window(BORIS);
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(() => desktop?.close());

  const dialog = () => page.getByRole("dialog", { name: "Snapshot a VM" });
  const focused = () => page.locator(":focus");
  async function post(blocks: object[]): Promise<{ ok: boolean }> {
    const { apiUrl, botToken } = desktop.stage.slack;
    const response = await fetch(`${apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: OPS, text: "Sent by the test", blocks }),
    });
    return (await response.json()) as { ok: boolean };
  }

  test("the message box offers the command and its words, for the keyboard too", async () => {
    await messageBox(page).fill("/sn");
    await page.getByRole("listbox", { name: "Commands" }).waitFor();
    await messageBox(page).press("Tab");
    expect(await messageBox(page).inputValue()).toBe("/snapshot ");
    await page.getByRole("option", { name: "/snapshot list [vm]" }).waitFor();
    await messageBox(page).press("ArrowDown");
    await messageBox(page).press("Enter");
    expect(await messageBox(page).inputValue()).toBe("/snapshot create ");
    await type(page, "hello");
    await page
      .getByRole("alert")
      .getByText(/only \/snapshot does something/)
      .waitFor();
    await messageBox(page).fill("");
  });

  test("a dialog with typeahead, and errors at their fields", async () => {
    await type(page, "/snapshot");
    const vm = dialog().getByRole("combobox", { name: "VM" });
    await dialog().getByRole("button", { name: "Go on" }).click();
    await shows(dialog(), /Please complete this required field/);
    expect(await vm.getAttribute("aria-invalid")).toBe("true");
    await vm.fill("mai");
    await dialog().getByRole("option", { name: "mail-01" }).click();
    const name = dialog().getByRole("textbox", { name: /^Name/ });
    const suggested = (vm: string) =>
      expect.poll(() => name.inputValue(), { timeout: 10_000 }).toMatch(new RegExp(`^${vm}-\\d+$`));
    await suggested("mail-01");
    await dialog().getByRole("button", { name: "Go on" }).click();
    await shows(dialog(), /This VM has 10 of 10 snapshots/);
    await vm.fill("web");
    await dialog().getByRole("option", { name: "web-02" }).waitFor();
    await vm.press("ArrowDown");
    await vm.press("ArrowDown");
    await vm.press("Enter");
    await expect.poll(() => vm.inputValue()).toBe("web-02");
    await suggested("web-02"); // what is typed earlier would be overwritten
    await name.fill("before <upgrade>");
    await dialog().getByRole("radio", { name: /^Live/ }).check();
    await dialog().getByRole("button", { name: "Go on" }).click();
    await dialog().waitFor({ state: "detached" });
    await shows(card(page, "web-02"), "Done");
    await shows(card(page, "web-02"), "before <upgrade>");
  });

  test("a dialog opened from the shortcuts, with the keyboard alone, gives the focus back", async () => {
    await page.getByRole("button", { name: "Shortcuts" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused().textContent()).toMatch(/^Snapshot a VM/);
    await page.keyboard.press("Enter");
    await dialog().waitFor();
    await expect.poll(() => hasFocus(dialog().getByRole("combobox"))).toBe(true);
    await page.keyboard.press("ArrowDown");
    await dialog().getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await dialog().getByRole("option").first().waitFor({ state: "detached" });
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press("Tab");
      expect(await page.locator(":is(main, aside, nav, .top-bar) :focus").count()).toBe(0);
    }
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await expect.poll(() => focused().getAttribute("aria-label")).toBe("Shortcuts");
  });

  test("overflow menus and selects tell the app what was chosen", async () => {
    const option = (text: string) => ({ text: { type: "plain_text", text }, value: text.toLowerCase() });
    const overflow = { type: "overflow", action_id: "test.overflow", options: [option("Rename"), option("Delete")] };
    const select = { type: "static_select", action_id: "test.select", options: [option("One"), option("Two")] };
    await post([
      {
        type: "section",
        text: { type: "mrkdwn", text: "*Row* <https://example.com|link> &lt;b&gt; :x:" },
        accessory: overflow,
      },
      { type: "actions", elements: [select] },
    ]);
    await shows(page.getByRole("article").last(), /Row.*link <b>/);
    const told: unknown[] = [];
    const stop = desktop.stage.slack.onChange((change) => {
      if (change.kind === "delivered")
        told.push(
          (change.delivery.payload.actions as { selected_option: { value: string } }[])[0]?.selected_option.value,
        );
    });
    await page.getByRole("button", { name: "More actions" }).click();
    await expect.poll(() => focused().textContent()).toBe("Rename");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => focused().getAttribute("aria-label")).toBe("More actions");
    await page.getByRole("combobox", { name: "Choose" }).selectOption("Two");
    await expect.poll(() => told).toEqual(["delete", "two"]);
    stop();
  });

  test("what Slack refuses is shown as refused, with Slack's words", async () => {
    expect(await post([{ type: "header", text: { type: "plain_text", text: "x".repeat(200) } }])).toMatchObject({
      ok: false,
    });
    const refusal = page.getByRole("article", { name: "Refused by Slack" });
    await shows(refusal, "invalid_blocks");
    await shows(refusal, /150/);
  });

  test("a bot that does not answer is no silence, in a dialog neither", async () => {
    await type(page, "/snapshot");
    await dialog().getByRole("combobox", { name: "VM" }).fill("web");
    await dialog().getByRole("option", { name: "web-01" }).click();
    await expect.poll(() => dialog().getByRole("textbox", { name: /^Name/ }).inputValue()).toMatch(/^web-01-/);
    await desktop.stage.killBot();
    await dialog().getByRole("button", { name: "Go on" }).click();
    await dialog()
      .getByRole("alert")
      .getByText(/Shutter did not answer/)
      .waitFor();
    await dialog().getByRole("button", { name: "Dismiss" }).click();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await type(page, "/snapshot list");
    await page
      .getByRole("alert")
      .getByText(/Shutter did not answer/)
      .waitFor();
  });
});
