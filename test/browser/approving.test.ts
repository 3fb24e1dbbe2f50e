import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ANNA, BORIS } from "../../src/demo/stage.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { CHROMIUM } from "./chromium.ts";
import { card, type Desktop, openDesktop, pressAndConfirm, shows, type } from "./desktop.ts";
import { flaws } from "./flaws.ts";

const de = textsIn("de");
const en = textsIn("en");

/** The one VM of the demo for which others have to say yes. */
const SHOP = "shop-01";

describe.skipIf(!CHROMIUM)("approvals on the page", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await openDesktop(60);
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(() => desktop?.close());

  test("Anna asks, Boris is told and says yes; the buttons go and the name stays", async () => {
    const { stage, window } = desktop;
    const [anna, boris] = await Promise.all([window(ANNA), window(BORIS)]);
    await type(anna, `/snapshot erstellen ${SHOP}`);
    const asked = card(anna, SHOP);
    await pressAndConfirm(anna, asked, de.buttons.shutdown, de.confirm.yesShutdown);
    await shows(asked, "Wartet auf Freigabe");
    expect(stage.cloud.vm(SHOP).operations).toEqual([]);

    const seen = card(boris, SHOP);
    await shows(seen, /^Es fehlt eine Freigabe, von group:sre\./);
    expect(await flaws(boris)).toEqual([]);
    await pressAndConfirm(boris, seen, de.approval.approve, de.approval.yes);
    await shows(seen, "Fertig");
    await shows(seen, /^Freigegeben von Boris/);
    expect(await seen.getByRole("button", { name: de.approval.approve }).count()).toBe(0);
    expect(stage.cloud.vm(SHOP)).toMatchObject({ power: "Running", hardPowerOffs: 0 });
  });

  test("Boris says no from his Home, and why", async () => {
    const { stage, window } = desktop;
    const [anna, boris] = await Promise.all([window(ANNA), window(BORIS)]);
    await type(anna, `/snapshot herunterfahren ${SHOP} --grund "zu laut"`);
    const asked = anna.getByRole("article").filter({ hasText: "Grund: zu laut" }).last();
    await shows(asked, "Wartet auf Freigabe");
    await boris.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Shutter" }).click();
    await boris.getByRole("tab", { name: "Home" }).click();
    const home = boris.getByRole("tabpanel", { name: "Home" });
    await shows(home, /Anna asks to shut the VM down; it stays off\./);
    await shows(home, "Why: zu laut");
    expect(await flaws(boris)).toEqual([]);
    await home.getByRole("button", { name: en.approval.deny }).click();
    const why = boris.getByRole("dialog", { name: en.approval.denyTitle });
    await why.getByRole("textbox", { name: en.approval.reason }).fill("The shop is open.");
    await why.getByRole("button", { name: en.approval.submitDeny }).click();
    await shows(asked, /Boris hat abgelehnt/);
    expect(stage.cloud.vm(SHOP).power).toBe("Running");
  });
});
