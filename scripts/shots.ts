import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { ANNA, BORIS, PEOPLE } from "../src/demo/stage.ts";
import { type Language, Wish } from "../src/domain/request.ts";
import { textsIn } from "../src/texts/texts.ts";
import { card as drawCard } from "../src/views/card.ts";
import { CHROMIUM } from "../test/browser/chromium.ts";
import { card, type Desktop, openDesktop, pressAndConfirm, shows, type } from "../test/browser/desktop.ts";
import { LIMITS, NOW, ORDINARY, STATUSES, samples } from "../test/samples.ts";
import { smallPng } from "./small-png.ts";

// `npm run shots`: every kind and status of the card into shots/, and the demo in use into docs/shots/, for looking at.
// `-- --cards-only` and `-- --demo-only` leave out the other.

const folder = (name: string) => fileURLToPath(new URL(`../${name}/`, import.meta.url));
const SCHEMES = ["light", "dark"] as const;
const KINDS = Wish.options.map(({ shape }) => shape.kind.value);
const REASONS: Record<Language, string> = { en: "before the kernel upgrade", de: "vor dem Kernel-Update" };

/** One sheet a kind and status, with everything that it can hold. */
async function everyCard(desktop: Desktop, language: Language, colorScheme: "light" | "dark"): Promise<void> {
  const page = await desktop.window(ANNA, { viewport: { width: 1280, height: 800 }, colorScheme });
  await page.goto(`${desktop.url}/gallery`);
  await page.waitForFunction("globalThis.exhibit");
  const into = folder(`shots/${language}-${colorScheme}`);
  mkdirSync(into, { recursive: true });
  const texts = textsIn(language);
  const all = samples({ ...ORDINARY, reason: REASONS[language] }, language);
  for (const [kind, status] of KINDS.flatMap((each) => STATUSES.map((standing) => [each, standing] as const))) {
    const cards = all
      .filter(({ request }) => request.wish.kind === kind && request.state.status === status)
      .map(({ name, request, fate }) => ({
        name,
        blocks: drawCard(request, {
          texts,
          limits: LIMITS,
          now: NOW,
          fate,
          linkTo: () => "https://demo.slack.com/archives/COPS/p1",
        }).blocks,
      }));
    if (cards.length === 0) continue;
    const as = language === "de" ? ANNA : BORIS;
    const exhibition = {
      title: `${kind}, ${status}, ${language}, ${colorScheme}`,
      as,
      now: NOW.getTime(),
      people: PEOPLE,
      cards,
    };
    await page.evaluate(`exhibit(${JSON.stringify(exhibition)})`);
    await page.screenshot({ path: `${into}${kind}-${status}.png`, fullPage: true });
  }
  await page.context().close();
}

const DOCS = folder("docs/shots");
const WIDE = { width: 1280, height: 720 };

async function shot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  writeFileSync(`${DOCS}${name}.png`, smallPng(await page.screenshot()));
}

/** The demo in use: the question, the bar, a VM that does not go off, the result with its story; and on a phone. */
async function theDemo(desktop: Desktop): Promise<void> {
  const { stage, window } = desktop;
  mkdirSync(DOCS, { recursive: true });
  stage.setSpeed(10);
  const boris = await window(BORIS, { viewport: WIDE, colorScheme: "light" });
  await type(boris, '/snapshot create web-01 --reason "before the kernel upgrade"');
  const web = card(boris, "web-01");
  await shows(web, "How shall the snapshot be taken?");
  await shot(boris, "question");

  await pressAndConfirm(boris, web, "Shut down and snapshot", "Shut down");
  await shows(web, "Taking the snapshot");
  stage.setSpeed(1);
  await boris.emulateMedia({ colorScheme: "dark" });
  await shows(web, /▓{4,}/);
  stage.setSpeed(10);
  await shows(web, "Done");
  await web.getByRole("button", { name: /replies/ }).click();
  await boris.getByRole("tab", { name: "Log" }).click();
  await shot(boris, "done");
  await boris.context().close();

  stage.cloud.trouble("db-01", { ignoresShutdown: true });
  const anna = await window(ANNA, { viewport: { width: 390, height: 800 }, colorScheme: "light" });
  await type(anna, '/snapshot create db-01 --off --reason "vor dem Kernel-Update"');
  await pressAndConfirm(anna, card(anna, "db-01"), "Herunterfahren", "Herunterfahren");
  stage.setSpeed(60);
  await card(anna, "db-01").getByRole("button", { name: "Hart ausschalten" }).waitFor();
  await shot(anna, "phone");
  await anna.setViewportSize(WIDE);
  await card(anna, "db-01").getByRole("button", { name: "Hart ausschalten" }).click();
  await anna.getByRole("dialog").waitFor();
  await shot(anna, "stuck");
  await anna.context().close();
}

if (!CHROMIUM) throw new Error("There is no Chromium: set CHROMIUM_PATH, or install the package chromium");
const desktop = await openDesktop(1);
try {
  if (!process.argv.includes("--demo-only")) {
    for (const language of ["en", "de"] as const) {
      for (const scheme of SCHEMES) await everyCard(desktop, language, scheme);
    }
  }
  if (!process.argv.includes("--cards-only")) await theDemo(desktop);
} finally {
  await desktop.close();
}
for (const complaint of desktop.complaints) process.stdout.write(`The browser complained: ${complaint}\n`);
