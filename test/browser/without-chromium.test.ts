import { test } from "vitest";
import { CHROMIUM } from "./chromium.ts";

test.runIf(!CHROMIUM)("says that the browser tests did not run", () => {
  console.warn(
    "The browser tests did not run: there is no Chromium (set CHROMIUM_PATH, or install the package chromium).",
  );
});

test.runIf(CHROMIUM)("a browser is there", () => {});
