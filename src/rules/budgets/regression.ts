import { z } from "zod";
import type { Comparison } from "../../model/judgement.js";
import type { FindingOf, Rule, Severity } from "../../model/rule.js";
import { figure, type Text, text } from "../../model/text.js";
import { formatMagnitude, sayEffect } from "../../statistics/change.js";
import { formatQuantity } from "../../statistics/quantity.js";

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

/** Runs behind the figures, in words. */
function runsOf({ mode, runs, baselineRuns, history }: Comparison): Text {
  const head = text`${runs} ${runs === 1 ? ["run"] : ["runs"]}`;
  if (mode === "A") return runs === baselineRuns ? text`${head} a side` : text`${head} against ${baselineRuns}`;
  return mode === "B" ? text`${head} against ${history} of history` : text`${head} against ${baselineRuns} of the baseline`;
}

const noiseFloor = ({ noise }: Comparison): Text => (noise === null ? [] : text`, noise floor ${[formatMagnitude(noise)]}`);

/** `12 % slower (95 % interval 8–16 %), 5 runs a side, noise floor 2 %`: the figures come before any test. */
function said(comparison: Comparison): Text {
  const { change, unit, better, interval, baseline, candidate } = comparison;
  if (change !== null) return text`${[sayEffect({ change, unit, better, interval })]}, ${runsOf(comparison)}${noiseFloor(comparison)}`;
  return baseline === null || candidate === null
    ? runsOf(comparison)
    : text`from ${figure(formatQuantity(baseline, unit))} to ${figure(formatQuantity(candidate, unit))}`;
}

function message(comparison: Comparison): Text {
  const { benchmark, metric, reason } = comparison;
  const what = comparison.decision === "regression" ? ["regressed"] : ["may have regressed"];
  return text`${benchmark} (${metric}) ${what}: ${said(comparison)}; ${reason}`;
}

/** What to do about a suspicion, by what it rests on. */
function moreRuns({ mode, need }: Comparison): Text {
  if (mode === "A" && need !== null)
    return text`Measure more processes: \`redline bench --max-rounds ${need}\` goes on until it is decided.`;
  if (mode === "A") return text`It cannot be decided here: measure on a quieter machine, or more work in each round.`;
  return text`Run the benchmark again on this head, on the machine that measured the baseline: three runs that are all worse would show a regression. \`redline bench\`, which measures both commits in turn, tells at once.`;
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
          ? moreRuns(comparison)
          : text`Profile the benchmark at this head and at the merge base; when the cost is meant, say so and ask for an override.`;
      const subject = `${comparison.benchmark} ${comparison.metric}`;
      return [{ severity, message: message(comparison), help, subject, ...measured(comparison) }];
    });
  },
};
