import { z } from "zod";
import type { Comparison } from "../../model/judgement.js";
import type { FindingOf, Rule, Severity } from "../../model/rule.js";
import { figure, type Text, text } from "../../model/text.js";
import { formatRatio } from "../../statistics/quantity.js";

function severityOf(comparison: Comparison): Severity | null {
  if (comparison.decision === "regression") return comparison.blocks ? "blocking" : "warning";
  return comparison.decision === "inconclusive" && comparison.doubt === "suspect" ? "question" : null;
}

/** The value over which a run counts as worse: the baseline and what the comparison could see of a change. */
function measured({ candidate, baseline, visible, better, unit }: Comparison): Pick<FindingOf, "measured"> {
  if (candidate === null || baseline === null || visible === null) return {};
  const limit = better === "higher" ? baseline / (1 + visible) : baseline * (1 + visible);
  return { measured: { actual: candidate, limit, unit } };
}

const by = (change: number | null): Text => (change === null ? [] : text` by ${figure(formatRatio(change))}`);

function message(comparison: Comparison): Text {
  const { benchmark, metric, change, reason } = comparison;
  return comparison.decision === "regression"
    ? text`${benchmark} (${metric}) got worse${by(change)}: ${reason}`
    : text`${benchmark} (${metric}) may have got worse${by(change)}: ${reason}`;
}

/** A benchmark that is worse than its baseline beyond noise, or that looks it and needs more runs to tell. */
export const regression: Rule<"comparisons"> = {
  id: "budgets/regression",
  answers: "budgets/regressions",
  needs: ["comparisons"],
  options: z.strictObject({}),
  check({ comparisons }) {
    return comparisons.flatMap((comparison): FindingOf[] => {
      const severity = severityOf(comparison);
      if (severity === null) return [];
      const help =
        severity === "question"
          ? text`Run the benchmark again on this head, on the machine that measured the baseline: three runs that are all worse would show a regression.`
          : text`Profile the benchmark at this head and at the merge base; when the cost is meant, say so and ask for an override.`;
      return [{ severity, message: message(comparison), help, ...measured(comparison) }];
    });
  },
};
