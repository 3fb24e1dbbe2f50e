import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BORIS, OPS } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import { type Desktop, openDesktop } from "./desktop.ts";
import { flaws } from "./flaws.ts";
import { aDataTable, aDialog, aHome, plain } from "./home-samples.ts";
import { type OwnBot, startOwnBot } from "./own-bot.ts";

const PHONE = { width: 360, height: 740 };
const LEVELS = ["default", "info", "warning", "error", "success"];

describe.skipIf(!CHROMIUM)("how Home, tables and dialogs look and sound", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  let bot: OwnBot;
  beforeAll(async () => {
    desktop = await openDesktop(1, { withBot: false });
    const alerts = LEVELS.map((level) => ({ type: "alert", level, text: plain(`An alert: ${level}`) }));
    bot = await startOwnBot(desktop.stage.slack, ({ type, trigger_id }, { call }) =>
      type === "shortcut" ? call("views.open", { trigger_id, view: aDialog(alerts) }).then(() => undefined) : undefined,
    );
    await bot.call("views.publish", { user_id: BORIS, view: aHome });
    await bot.call("chat.postMessage", { channel: OPS, text: "The list", blocks: [aDataTable(7)] });
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(async () => {
    await bot?.close();
    await desktop?.close();
  });

  async function openHome(page: Page): Promise<void> {
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Shutter" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByRole("table", { name: "Snapshots of web-01" }).waitFor();
  }

  test.each([
    { colorScheme: "light", tag: "Prod" },
    { colorScheme: "dark", tag: "Test" },
  ] as const)("nothing hinders anybody, in $colorScheme", async ({ colorScheme, tag }) => {
    const page = await desktop.window(BORIS, { colorScheme });
    await page.getByRole("table").waitFor();
    expect(await flaws(page)).toEqual([]);
    await openHome(page);
    expect(await flaws(page)).toEqual([]);
    await page.getByRole("combobox", { name: "Tags" }).selectOption(tag);
    await page.getByRole("button", { name: `Remove ${tag}` }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole("tab", { name: "Messages" }).click();
    await page.getByRole("button", { name: "Shortcuts" }).click();
    await page.getByRole("menuitem").first().click();
    await page.getByRole("dialog").getByRole("checkbox").first().waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("on a phone only the tables scroll sideways", async () => {
    const page = await desktop.window(BORIS, { viewport: PHONE });
    const width = () => page.locator("html").evaluate((element) => element.scrollWidth);
    const overhang = () =>
      page
        .locator(".table-box")
        .first()
        .evaluate((box) => box.scrollWidth - box.clientWidth);
    await page.getByRole("table").waitFor();
    expect(await width()).toBe(PHONE.width);
    expect(await overhang()).toBeGreaterThan(0);
    await page.getByRole("region", { name: "Snapshots of web-01" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() =>
        page
          .locator(".table-box")
          .first()
          .evaluate((box) => box.scrollLeft),
      )
      .toBeGreaterThan(0);
    await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Channels" }).click();
    await openHome(page);
    expect(await width()).toBe(PHONE.width);
    expect(await overhang()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "More actions" }).first().click();
    await page.getByRole("menuitem", { name: "Rename" }).waitFor();
    expect(await page.locator(".home").evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await flaws(page)).toEqual([]);
  });
});
