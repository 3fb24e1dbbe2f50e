import { draw, type View } from "../src/demo/slack.ts";
import type { Rig } from "./rig.ts";

/** Somebody's App Home as they read it; empty before they have one. */
export function readHome(rig: Rig, user: string, locale = "en-US"): string {
  const home = rig.slack.home(user);
  return home ? draw(home, rig.clock.now(), "UTC", locale) : "";
}

/** Waits until somebody's Home says all of this, and returns it. */
export const homeSays = (rig: Rig, user: string, ...words: string[]): Promise<View> =>
  rig.slack.waitFor(
    () => {
      const read = readHome(rig, user);
      return words.every((each) => read.includes(each)) && rig.slack.home(user);
    },
    `a Home of ${user} that says ${words.join(" · ")}`,
    20_000,
  );

/** Somebody opens theirs and sees the VMs, or whatever else is said to be there. */
export async function opensHome(rig: Rig, user: string, ...words: string[]): Promise<View> {
  await rig.slack.openHome(user);
  return homeSays(rig, user, ...words);
}

/** What one can press or choose there: action ids with what they are about. */
export const controlsOn = (home: View | undefined): string[] =>
  (home?.blocks ?? []).flatMap((block) => {
    const elements = block.type === "actions" ? block.elements : block.type === "section" ? [block.accessory] : [];
    return elements.flatMap((element) =>
      element && "action_id" in element
        ? [element.action_id, "value" in element ? element.value : undefined].filter(Boolean).join(" ")
        : [],
    );
  });
