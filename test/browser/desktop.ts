import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { type PageServer, servePage } from "../../src/demo/page/server.ts";
import { openStage, type Stage } from "../../src/demo/stage.ts";
import { launchChromium } from "./chromium.ts";

/** One browser and one demo workspace, for all tests of a file. */
export interface Desktop {
  stage: Stage;
  url: string;
  /** A window of its own in which somebody looks at #ops. */
  window(as: string, options?: BrowserContextOptions): Promise<Page>;
  /** What the browser has complained of so far. */
  complaints: readonly string[];
  close(): Promise<void>;
}

/** Long enough for a busy machine; nothing waits longer than it has to. */
const PATIENCE_MS = 40_000;

export async function openDesktop(speed: number, options?: Parameters<typeof openStage>[0]): Promise<Desktop> {
  const [browser, stage] = await Promise.all([launchChromium(), openStage(options)]);
  stage.setSpeed(speed);
  const server: PageServer = await servePage(stage, 0);
  const complaints: string[] = [];
  await stage.ready;
  return {
    stage,
    url: server.url,
    window: (as, options) => windowIn(browser, `${server.url}/?as=${as}`, complaints, options),
    complaints,
    async close() {
      await browser.close();
      await server.close();
      await stage.close();
    },
  };
}

async function windowIn(browser: Browser, url: string, complaints: string[], options?: BrowserContextOptions) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  await messageBox(page).waitFor();
  return page;
}

export const messageBox = (page: Page): Locator => page.getByRole("combobox", { name: /^Message to/ });

/** Types a command and sends it. */
export async function type(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text);
  await messageBox(page).press("Enter");
}

/** The newest message about a VM. */
export const card = (page: Page, vm: string): Locator =>
  page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: new RegExp(`${vm}$`) }) })
    .last();

/** Presses a button and says yes to the question that follows. */
export async function pressAndConfirm(page: Page, where: Locator, label: string, yes: string): Promise<void> {
  await where.getByRole("button", { name: label }).click();
  await page.getByRole("dialog").getByRole("button", { name: yes }).click();
}

/** Waits until there is something with exactly this text, or something like it. */
export const shows = (where: Locator, text: string | RegExp): Promise<void> =>
  where.getByText(text, { exact: true }).first().waitFor();

export const hasFocus = (where: Locator): Promise<boolean> => where.evaluate((element) => element.matches(":focus"));

export const privateAnswer = (page: Page): Locator => page.getByRole("article", { name: /^Private answer/ });
