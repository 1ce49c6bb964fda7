import { z } from "zod";
import type { FindingOf, Rule } from "../../model/rule.js";
import { text } from "../../model/text.js";

/** A benchmark that the baseline has and this head does not: deleted, renamed, failed or not run. */
export const benchmarkMissing: Rule<"comparisons"> = {
  id: "budgets/benchmark-missing",
  answers: "budgets/regressions",
  needs: ["comparisons"],
  options: z.strictObject({}),
  check({ comparisons }) {
    // A tool leaves out a tail percentile of too few requests: the benchmark itself is still measured.
    const measured = new Set(comparisons.filter(({ candidate }) => candidate !== null).map(({ benchmark }) => benchmark));
    return comparisons
      .filter((comparison) => comparison.decision === "missing" && !measured.has(comparison.benchmark))
      .map(
        ({ benchmark, metric, reason }): FindingOf => ({
          severity: "warning",
          message: text`${benchmark} (${metric}) was not measured at this head: ${reason}`,
          help: text`Look whether it failed or was left out; name a renamed one under benchmarks.aliases, and a removed one under benchmarks.ignore with the reason.`,
        }),
      );
  },
};
