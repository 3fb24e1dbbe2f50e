import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BORIS } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import { card, type Desktop, openDesktop, shows, type } from "./desktop.ts";

/** The open dialog of the app. */
const dialog = (page: Page, name: string): Locator => page.getByRole("dialog", { name });

describe.skipIf(!CHROMIUM)("what is there, on the page", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await openDesktop(30);
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(() => desktop?.close());

  test("a restore: the VM's name is typed, a safety snapshot comes first, and the VM is on again", async () => {
    const { stage, window } = desktop;
    const page = await window(BORIS);
    const [oldest] = stage.cloud.vm("web-01").snapshots;
    await type(page, `/snapshot restore web-01 ${oldest!.name}`);
    const restore = dialog(page, "Restore a snapshot");
    await shows(restore, /is lost/);
    await restore.getByRole("textbox", { name: /web-01/ }).fill("web-02");
    await restore.getByRole("button", { name: "Restore", exact: true }).click();
    await shows(restore, /Type web-01/);
    expect(stage.cloud.vm("web-01").operations).toEqual([]);
    await restore.getByRole("textbox", { name: /web-01/ }).fill("web-01");
    await restore.getByRole("button", { name: "Restore", exact: true }).click();
    const web = card(page, "web-01");
    await shows(web, "Done");
    await web.getByRole("button", { name: "Keep" }).waitFor();
    const { power, operations, restoredFrom } = stage.cloud.vm("web-01");
    expect(power).toBe("Running");
    expect(operations.map(({ type: kind }) => kind).toReversed()).toEqual([
      "shutdown",
      "snapshot",
      "restore",
      "power_on",
    ]);
    expect(restoredFrom).toBe(oldest!.id);
  });

  test("ten of ten: one is deleted from the card, and the request goes on by itself", async () => {
    const { stage, window } = desktop;
    const page = await window(BORIS);
    await type(page, "/snapshot create mail-01 --live");
    const waiting = page
      .getByRole("article")
      .filter({ has: page.getByRole("heading", { name: "Snapshot of mail-01", exact: true }) })
      .last();
    await shows(waiting, /10 of 10/);
    const before = stage.cloud.vm("mail-01").snapshots.map(({ id }) => id);
    await waiting
      .getByRole("button", { name: /^Delete/ })
      .first()
      .click();
    const deleting = dialog(page, "Delete snapshots");
    await deleting.getByRole("button", { name: "Delete", exact: true }).click();
    await shows(waiting, "Done");
    const after = stage.cloud.vm("mail-01").snapshots.map(({ id }) => id);
    expect(after).toHaveLength(10);
    expect(after).not.toContain(before[0]);
  });

  test("Home shows the VMs, and a button there switches one on", async () => {
    const { stage, window } = desktop;
    const page = await window(BORIS);
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Shutter" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    const home = page.getByRole("tabpanel", { name: "Home" });
    await shows(home, /build-01/);
    await home.getByRole("button", { name: "Switch on" }).first().click();
    await expect.poll(() => stage.cloud.vm("build-01").power, { timeout: 20_000 }).toBe("Running");
  });
});
