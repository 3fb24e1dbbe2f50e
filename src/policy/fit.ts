import { folded } from "../domain/likeness.ts";
import type { Asked } from "./asked.ts";
import { fitsChannel, nameToCompare } from "./channel.ts";
import { matches, type Pattern } from "./pattern.ts";
import { type WallClock, wallClock } from "./wall-clock.ts";
import type { Selector, Times, VmNamed, Wanted, When } from "./when.ts";
import { isWithin } from "./windows.ts";

/** Whether a rule, or a part of it, is about what is asked. `unknown`: only Slack could say, and it did not. */
export type Fit = "yes" | "no" | "unknown";

/** A VM as rules are held against it: its names folded. */
export interface VmToFit {
  names: readonly string[];
  tags: readonly string[];
  project: string | undefined;
  pool: string | undefined;
}

/** What is asked, as a thousand rules are held against it: names folded, clocks read once. */
export interface Scene extends VmToFit {
  asked: Asked;
  channelName: string | undefined;
  clock(zone: string | undefined): WallClock;
}

export const vmToFit = ({ name, id, tags, project, pool }: Asked["vm"]): VmToFit => ({
  names: [...new Set([name, id])].map(folded),
  tags: tags.map(folded),
  project: project === undefined ? undefined : folded(project),
  pool: pool === undefined ? undefined : folded(pool),
});

export function sceneOf(asked: Asked): Scene {
  const clocks = new Map<string, WallClock>();
  return {
    ...vmToFit(asked.vm),
    asked,
    channelName: nameToCompare(asked.channel),
    clock(zone = asked.zone) {
      const clock = clocks.get(zone) ?? wallClock(asked.at, zone);
      clocks.set(zone, clock);
      return clock;
    },
  };
}

type Selectors = { readonly [S in Selector]: (wanted: Wanted[S], scene: Scene) => Fit };

const SELECTORS: Selectors = {
  action: (wanted, { asked }) => is(wanted.includes(asked.action)),
  how: (wanted, { asked }) => is(asked.action === "create" && wanted.includes(asked.how)),
  vm: (wanted, scene) => is(wanted.some((vm) => fitsVm(vm, scene))),
  project: (wanted, { project }) => is(fitsName(wanted, project)),
  pool: (wanted, { pool }) => is(fitsName(wanted, pool)),
  channel: (wanted, { asked, channelName }) => fitsChannel(wanted, asked.channel, channelName),
  during: (wanted, scene) => is(isDuring(wanted, scene)),
  outside: (wanted, scene) => is(!isDuring(wanted, scene)),
};

export const SELECTOR_KEYS = Object.keys(SELECTORS) as readonly Selector[];

const is = (claim: boolean): Fit => (claim ? "yes" : "no");

export const fitsVm = ({ kind, pattern }: VmNamed, { names, tags }: VmToFit): boolean =>
  (kind === "tag" ? tags : names).some((each) => matches(pattern, each));

export const fitsName = (wanted: readonly Pattern[], name: string | undefined): boolean =>
  name !== undefined && wanted.some((pattern) => matches(pattern, name));

const isDuring = ({ windows, zone }: Times, scene: Scene): boolean =>
  windows.some((window) => isWithin(window, scene.clock(zone)));

/** Whether one selector of a rule fits; undefined where the rule does not have it. */
export function fitOf<S extends Selector>(selector: S, when: When, scene: Scene): Fit | undefined {
  const wanted: Wanted[S] | undefined = when[selector];
  return wanted === undefined ? undefined : SELECTORS[selector](wanted, scene);
}

/** Whether all fits. What certainly does not fit needs no word from Slack. */
export const allOf = (fits: readonly Fit[]): Fit =>
  fits.includes("no") ? "no" : fits.includes("unknown") ? "unknown" : "yes";

/** Whether a rule fits: all that it says has to. */
export function ruleFits(when: When, scene: Scene): Fit {
  let fits: Fit = "yes";
  for (const selector of SELECTOR_KEYS) {
    const fit = fitOf(selector, when, scene);
    if (fit === "no") return "no"; // of most rules that is known at once
    if (fit === "unknown") fits = "unknown";
  }
  return fits;
}
