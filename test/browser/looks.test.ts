import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BORIS } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import {
  card,
  type Desktop,
  hasFocus,
  messageBox,
  openDesktop,
  pressAndConfirm,
  privateAnswer,
  shows,
  type,
} from "./desktop.ts";
import { flaws } from "./flaws.ts";

describe.skipIf(!CHROMIUM)("how the page looks and sounds", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await openDesktop(60);
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(() => desktop?.close());

  test.each(["light", "dark"] as const)("nothing hinders anybody, in %s", async (colorScheme) => {
    const page = await desktop.window(BORIS, { colorScheme });
    await type(page, "/snapshot help");
    await shows(privateAnswer(page), "What you can type");
    await type(page, "/snapshot create mail-01");
    await type(page, `/snapshot create ${colorScheme === "light" ? "web-01" : "web-02"} --live`);
    await shows(page.getByRole("main"), "Done");
    await page
      .getByRole("button", { name: /repl(y|ies)/ })
      .last()
      .click();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole("tab", { name: "Log" }).click();
    await page.getByText("chat.postMessage").last().click();
    expect(await flaws(page)).toEqual([]);
    await type(page, "/snapshot");
    await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await shows(page.getByRole("dialog"), /Please complete this required field/);
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("on a narrow screen every pane is a press away", async () => {
    const page = await desktop.window(BORIS, { viewport: { width: 390, height: 800 } });
    const panes = page.getByRole("navigation", { name: "Panes" });
    const width = () => page.locator("html").evaluate((element) => element.scrollWidth);
    await type(page, "/snapshot create db-01");
    await shows(card(page, "db-01"), "How shall the snapshot be taken?");
    expect(await width()).toBe(390);
    await panes.getByRole("button", { name: "Cloud" }).click();
    await page.getByRole("region", { name: "web-01", exact: true }).waitFor();
    expect(await messageBox(page).isVisible()).toBe(false);
    expect(await width()).toBe(390);
    await panes.getByRole("button", { name: "Log" }).click();
    await page.getByRole("searchbox", { name: "Filter the log" }).fill("chat.postMessage");
    await page.getByRole("list", { name: "Requests" }).getByText("chat.postMessage").first().waitFor();
    expect(await page.getByText("users.info").count()).toBe(0);
    await panes.getByRole("button", { name: "Channels" }).click();
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Shutter" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByRole("tabpanel", { name: "Home" }).waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test("a card changes in place, and says so without repeating every percent", async () => {
    const page = await desktop.window(BORIS);
    const db = card(page, "db-01");
    await db.getByRole("button", { name: "Cancel" }).waitFor();
    const article = await db.elementHandle();
    await pressAndConfirm(page, db, "Shut down and snapshot", "Shut down");
    await shows(db, "Done");
    expect(await article!.evaluate((element) => element.isConnected)).toBe(true);
    const news = await page.getByRole("log", { name: "News" }).locator("p").allTextContents();
    expect(news).toContain("Snapshot of db-01: Done.");
    // States that pass quickly may be skipped, but none is said twice.
    expect(news.filter((line) => line.startsWith("Snapshot of db-01: Taking")).length).toBeLessThanOrEqual(1);
    expect(await hasFocus(db)).toBe(true);
  });
});
