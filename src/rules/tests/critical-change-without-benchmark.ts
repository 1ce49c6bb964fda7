import { z } from "zod";
import type { Results } from "../../model/evidence.js";
import type { FindingOf, Rule } from "../../model/rule.js";
import { text } from "../../model/text.js";

/** A benchmark measures code, a load test an endpoint: only the former is asked for here. */
const hasBenchmark = ({ files }: Results): boolean =>
  files.some(({ run }) => run.noData === undefined && run.measurements.some((measurement) => measurement.endpoint === undefined));

/** A file on a critical path changed, and no benchmark was changed with it or measured at this head. */
export const criticalChangeWithoutBenchmark: Rule<"changes" | "results"> = {
  id: "tests/critical-change-without-benchmark",
  answers: "tests/benchmark",
  needs: ["changes", "results"],
  options: z.strictObject({}),
  check({ changes, results }) {
    if (changes.benchmarks.length > 0 || hasBenchmark(results)) return [];
    return changes.critical.map(
      (path): FindingOf => ({
        severity: "warning",
        message: text`${path} is critical and changed, but no benchmark was changed or measured at this head`,
        help: text`Add a benchmark that runs this code, or upload the result of the one that does as an artifact of this head.`,
        at: { path, line: 1 },
      }),
    );
  },
};
