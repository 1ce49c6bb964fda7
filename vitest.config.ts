import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long, of those that start processes: nothing waits for them at the end when they begin first. */
const LONG = /test\/(?:main\.test|sandbox\/(?:planner|sql|archive)|end-to-end\/(?:kill|doors|sql)|cli\/(?:bench|review)|store\/embedded)/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/setup.ts"],
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    // Files keep nothing behind: they share a module graph, which loads it once for each worker.
    isolate: false,
    // Its optimising compiler costs more than it brings to WebAssembly that runs for seconds only.
    execArgv: ["--liftoff-only"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A busy machine may take its time; a short interval costs nothing.
    expect: { poll: { timeout: 60_000, interval: 20 } },
  },
});
