import type { Trouble } from "./demo-vm.ts";
import type { Failure } from "./operation.ts";
import type { Phase } from "./power.ts";
import type { Refusal } from "./refusal.ts";

/** What is `undefined` in `more` goes away. */
export function mergeTrouble(trouble: Trouble, more: Trouble): Trouble {
  return Object.fromEntries(Object.entries({ ...trouble, ...more }).filter(([, value]) => value !== undefined));
}

/** The power in the API's words. Without words of its own a VM runs until it is off, and is off until it runs. */
export function stateWord({ words = {} }: Trouble, phase: Phase, power: "Running" | "Stopped"): string {
  return words[phase] ?? words[power] ?? power;
}

/** When the guest goes off after it was asked; `undefined` for never. */
export function guestOffInMs({ ignoresShutdown }: Trouble, usualMs: number): number | undefined {
  if (typeof ignoresShutdown === "object") return ignoresShutdown.afterMs;
  return ignoresShutdown ? undefined : usualMs;
}

/** When an action that is started now breaks off; `undefined` if it does not. Rounded up, so the percentage is reached. */
export function breaksOffInMs(stopsAt: number | undefined, durationMs: number): number | undefined {
  return stopsAt === undefined ? undefined : Math.ceil((durationMs * stopsAt) / 100);
}

/** Why an action that takes its time fails at its end, if it does. */
export function failureOf(what: "snapshot" | "restore", trouble: Trouble, brokeOff: boolean): Failure | undefined {
  const fails = trouble[`${what}Fails`];
  if (!fails && !brokeOff) return undefined;
  const message = typeof fails === "string" ? fails : `The storage could not finish the ${what}.`;
  return { code: `${what}_failed`, message };
}

/** When the cloud switches a VM on by itself after a restore; `undefined` if it does not. */
export function powersOnInMs({ restorePowersOn }: Trouble): number | undefined {
  if (typeof restorePowersOn === "object") return restorePowersOn.afterMs;
  return restorePowersOn ? 0 : undefined;
}

const NO_DELETION: Readonly<Record<number, Refusal>> = {
  403: { refused: "protected" },
  409: { refused: "busy" },
  423: { refused: "locked" },
};

export function noDeletion({ deleteRefused }: Trouble): Refusal | undefined {
  return deleteRefused && NO_DELETION[deleteRefused];
}

/** The trouble that is left after one more power_on has failed. */
export function oneFailureLess(trouble: Trouble): Trouble {
  const left = trouble.powerOnFails;
  return typeof left === "number" ? mergeTrouble(trouble, { powerOnFails: left > 1 ? left - 1 : undefined }) : trouble;
}
