import type { Look } from "../domain/cloud.ts";
import { CloudError } from "../ports/cloud.ts";

/** A call to the cloud as a value: what it brought, or why it brought nothing. Anything but a `CloudError` is a bug and thrown. */
export async function look<T>(call: () => Promise<T>): Promise<Look<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    if (error instanceof CloudError) return { ok: false, problem: error.problem };
    throw error;
  }
}
