import { systemClock } from "../../clock.ts";
import type { DemoSlack } from "./demo-slack.ts";
import { draw } from "./draw.ts";

/** See `DemoSlack.waitFor`. The patience is real time: what is waited for is a program at work. */
export function waitFor<T>(
  slack: DemoSlack,
  now: () => Date,
  look: () => T | undefined | false,
  what = "something",
  timeoutMs = 10_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      stopListening();
      cancel();
    };
    const again = () => {
      try {
        const found = look();
        if (found === undefined || found === false) return;
        stop();
        resolve(found);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const stopListening = slack.onChange(again);
    const cancel = systemClock().after(timeoutMs, () => {
      stop();
      const cards = slack.cards().map((card) => draw(card, now()));
      reject(new Error(`Waited ${timeoutMs} ms for ${what}. The cards:\n${cards.join("\n\n") || "(none)"}`));
    });
    again();
  });
}
