import type { Command } from "../command.ts";
import type { Token } from "../tokens.ts";
import type { Mistake } from "./mistake.ts";

export type Wrong = { ok: false; mistake: Mistake };

/** A command, or why there is none. */
export type Reading = { ok: true; command: Command } | Wrong;

export const right = (command: Command): Reading => ({ ok: true, command });

export const wrong = (mistake: Mistake): Wrong => ({ ok: false, mistake });

/** Quotation marks with nothing in them name nothing. */
export const isGiven = (token: Token | undefined): token is Token => token !== undefined && token.text.trim() !== "";
