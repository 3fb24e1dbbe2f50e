/** Fixed message, values beside it. `error`: somebody of us must look · `warn`: look if it repeats · `info`: a request changed. */
export interface Log {
  info(message: string, values?: Record<string, unknown>): void;
  warn(message: string, values?: Record<string, unknown>): void;
  error(message: string, values?: Record<string, unknown>): void;
}
