import type { Problem } from "../../src/domain/cloud.ts";
import { CloudError } from "../../src/ports/cloud.ts";

/** What a call that has to fail fails with; any other end is the test's failure. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CloudError) return error.problem;
    throw error;
  }
  throw new Error("The call did what was asked");
}
