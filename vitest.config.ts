import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that kill processes take longest; what is left for the end are short ones. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => Number(/\/test\/(crash|load)\//.test(moduleId));
    return (await super.sort(files)).sort((a, b) => isLong(b) - isLong(a));
  }
}

/** They leave nothing behind in a module, so that one load of Bolt and of the texts serves them all. */
const SHARING = ["domain", "policy", "texts", "views", "engine", "store", "cloud", "slack", "journeys"].map(
  (part) => `test/${part}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "sharing", include: SHARING, isolate: false } },
      { extends: true, test: { name: "alone", include: ["test/**/*.test.ts"], exclude: SHARING } },
    ],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // On two cores vitest would take one; most of what is tested waits for another process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
  },
});
