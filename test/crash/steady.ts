/**
 * Calls that come in some runs and not in others, as it is a matter of time whether a card is drawn before it can ask, a
 * dialog is drawn before everything is known, or the VM is on before it is looked what became of the power-on.
 */
const SOMETIMES: ReadonlySet<string> = new Set([
  "chat.update choosing",
  "chat.update queued",
  "views.update",
  "GET operations, on again",
]);

export const isSteady = (name: string): boolean => !SOMETIMES.has(name);
