import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ANNA, BORIS, CLARA } from "../../src/demo/stage.ts";
import { CHROMIUM } from "./chromium.ts";
import { card, type Desktop, hasFocus, openDesktop, pressAndConfirm, privateAnswer, shows, type } from "./desktop.ts";

describe.skipIf(!CHROMIUM)("taking snapshots on the page", { timeout: 90_000 }, () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await openDesktop(60);
  });
  afterEach(() => expect(desktop.complaints).toEqual([]));
  afterAll(() => desktop?.close());

  test("shut down, snapshot, on again: after a question that can be answered with no", async () => {
    const { stage, window } = desktop;
    const page = await window(BORIS);
    await type(page, '/snapshot create web-01 --reason "kernel <b>upgrade</b>"');
    const web = card(page, "web-01");
    const button = web.getByRole("button", { name: "Shut down and snapshot" });
    await button.click();
    const question = page.getByRole("dialog", { name: "Shut down web-01?" });
    await question.getByRole("button", { name: "Go back" }).click();
    await question.waitFor({ state: "detached" });
    expect(await hasFocus(button)).toBe(true);
    expect(stage.cloud.vm("web-01").operations).toEqual([]);

    await pressAndConfirm(page, web, "Shut down and snapshot", "Shut down");
    await shows(web, "Done");
    await shows(web, /VM was off for .* and is running again/);
    await shows(web, "Why: kernel <b>upgrade</b>");
    expect(stage.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
    await web.getByRole("button", { name: /repl(y|ies)/ }).click();
    await shows(web.getByRole("list", { name: "Thread" }), /The VM is off\./);
  });

  test("live, in German, and everybody reads dates in their own language", async () => {
    const page = await desktop.window(ANNA);
    await type(page, "/snapshot create web-02 --live");
    const web = card(page, "web-02");
    await shows(web, "Fertig");
    await shows(web, /^Angefragt von Anna, heute, \d\d:\d\d$/);
    await page.getByRole("radio", { name: /^Boris/ }).check();
    await shows(web, /^Angefragt von Anna, today, \d\d:\d\d$/);
  });

  test("private answers are in the reader's language, and nobody else sees them", async () => {
    const page = await desktop.window(ANNA);
    await type(page, "/snapshot hilfe");
    await shows(privateAnswer(page), /eingeben kannst/);
    await page.getByRole("radio", { name: /^Clara/ }).check();
    await page.getByRole("button", { name: "deploys" }).waitFor({ state: "detached" });
    expect(await privateAnswer(page).count()).toBe(0);
    await type(page, "/snapshot help");
    await shows(privateAnswer(page), /As a guest of this workspace you may look, but not act/);
  });

  test("two people press at the same card, and a guest", async () => {
    const { window } = desktop;
    const [boris, again] = await Promise.all([window(BORIS), window(BORIS)]);
    const [anna, clara] = await Promise.all([window(ANNA), window(CLARA)]);
    await type(boris, "/snapshot create db-01");
    await card(anna, "db-01").getByRole("button", { name: "Take live snapshot" }).click();
    await shows(privateAnswer(anna), /Diese Anfrage ist von Boris/);
    expect(await boris.getByText(/Diese Anfrage ist von Boris/).count()).toBe(0);
    await card(clara, "db-01").getByRole("button", { name: "Take live snapshot" }).click();
    await shows(privateAnswer(clara), /Only full members of this workspace may do that/);

    await card(boris, "db-01").getByRole("button", { name: "Shut down and snapshot" }).click();
    await card(again, "db-01").getByRole("button", { name: "Take live snapshot" }).click();
    await shows(card(again, "db-01"), /^(Taking the snapshot|Done)$/); // a dialog hides what is behind it
    await boris.getByRole("dialog").getByRole("button", { name: "Shut down" }).click();
    await shows(privateAnswer(boris), /choice has already been made|has already ended/);
    await shows(card(boris, "db-01"), "Done");
    expect(desktop.stage.cloud.vm("db-01").offPeriods).toEqual([]);
  });
});
