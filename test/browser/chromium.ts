import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const asked = process.env.CHROMIUM_PATH || "/usr/bin/chromium";

/** Where Chromium is, if it is there. */
export const CHROMIUM = existsSync(asked) ? asked : undefined;

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM!,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-lcd-text", // the same picture on every screen, and a smaller one
    ],
  });
