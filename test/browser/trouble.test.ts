import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BORIS } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import { card, type Desktop, openDesktop, pressAndConfirm, shows, type } from "./desktop.ts";

describe.skipIf(!CHROMIUM)("trouble on the page", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  let page: Page;
  const vm = (name: string) => page.getByRole("region", { name, exact: true });
  beforeAll(async () => {
    desktop = await openDesktop(60);
    page = await desktop.window(BORIS);
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(() => desktop?.close());

  test("a guest that ignores the shutdown is powered off hard, by a person who confirms it", async () => {
    await vm("web-01").getByRole("switch", { name: "Guest ignores shutdown" }).check();
    await type(page, "/snapshot create web-01 --off");
    const web = card(page, "web-01");
    await pressAndConfirm(page, web, "Shut down and snapshot", "Shut down");
    await shows(web, "The VM has not shut down. What now?");
    expect(desktop.stage.cloud.vm("web-01").hardPowerOffs).toBe(0);
    await pressAndConfirm(page, web, "Power off hard", "Power off hard");
    await shows(web, "Done");
    expect(desktop.stage.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 1 });
    await vm("web-01").getByRole("switch", { name: "Guest ignores shutdown" }).uncheck();
    await expect.poll(() => desktop.stage.cloud.vm("web-01").trouble).toEqual({});
  });

  test("a snapshot that fails leaves the VM on, and says so", async () => {
    await vm("web-02").getByRole("switch", { name: "Snapshot fails" }).check();
    await type(page, "/snapshot create web-02 --off");
    const web = card(page, "web-02");
    await pressAndConfirm(page, web, "Shut down and snapshot", "Shut down");
    await shows(web, "Failed");
    await shows(web, /The storage pool has no room/);
    await web.getByRole("button", { name: "Try again" }).waitFor();
    await vm("web-02").getByText("Running").waitFor();
  });

  test("a bot that is killed in mid job goes on where it was", async () => {
    await page.getByRole("radio", { name: "× 10" }).check();
    await type(page, "/snapshot create db-01 --off");
    const db = card(page, "db-01");
    await pressAndConfirm(page, db, "Shut down and snapshot", "Shut down");
    await shows(db, /▓/);
    await page.getByRole("button", { name: "Kill the bot" }).click();
    const bot = page.getByRole("tabpanel", { name: "Cloud" }).getByRole("status");
    await shows(bot, /killed/);
    await shows(bot, "running");
    await page.getByRole("radio", { name: "× 60" }).check();
    await shows(db, "Done");
    expect(await page.getByRole("heading", { name: "Snapshot of db-01" }).count()).toBe(1);
    expect(desktop.stage.cloud.vm("db-01")).toMatchObject({ power: "Running" });
    expect(desktop.stage.cloud.vm("db-01").snapshots).toHaveLength(10);
  });
});
