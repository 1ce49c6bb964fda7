import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The random run is first of all: for most of its minutes it waits. What starts processes and waits for them begins before
 * the rest: nothing waits for it at the end. What starts hundreds is at its head, because a start costs three times as much
 * once a worker has grown.
 */
const LONG = [
  "faults/suite",
  "checkout/",
  "cli/bench",
  "cli/review",
  "cli/",
  "sandbox/",
  "main",
  "end-to-end/",
  "faults/",
  "review/golden",
  "store/",
];

function rank({ moduleId }: TestSpecification): number {
  const found = LONG.findIndex((path) => moduleId.includes(`/test/${path}`));
  return found === -1 ? LONG.length : found;
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/setup.ts"],
    sequence: { sequencer: LongestFirst },
    // One more than the two that its cores keep busy on the smallest machine: the random run waits beside them.
    maxWorkers: 3,
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
