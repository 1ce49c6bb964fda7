import type { Config } from "../config/config.js";
import type { Baseline, Collected, Results } from "../model/evidence.js";
import type { Comparison } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import { likelyRenames } from "./renames.js";
import { type BaselineSeries, baselineSeries, type HeadSeries, headSeries } from "./series.js";
import { candidateOf, compareSeries, unjudged } from "./series-comparison.js";

const hint = (other: string | undefined, kind: "from" | "to"): Text =>
  other === undefined
    ? []
    : text`; possibly renamed ${kind === "from" ? ["from"] : ["to"]} ${other}: say so under benchmarks.aliases to have them compared`;

const sameMetric = (left: HeadSeries | BaselineSeries, right: HeadSeries | BaselineSeries): boolean =>
  left.first.benchmark === right.first.benchmark && left.first.metric === right.first.metric;

/** Series with no partner of the same statistic: incomparable where another statistic is there, else new or missing. */
function unmatched(added: readonly HeadSeries[], gone: readonly BaselineSeries[]): readonly Comparison[] {
  const changed = added.filter((series) => gone.some((other) => sameMetric(series, other)));
  const fresh = added.filter((series) => !changed.includes(series));
  const missing = gone.filter((series) => !changed.some((other) => sameMetric(series, other)));
  const renames = likelyRenames(missing, fresh);
  return [
    ...changed.map((series) =>
      unjudged(series.first, "incomparable", text`the statistic differs between the baseline and this head`, candidateOf(series)),
    ),
    ...fresh.map((series) =>
      unjudged(series.first, "new", text`the baseline does not have it${hint(renames.get(series.key), "from")}`, candidateOf(series)),
    ),
    ...missing.map((series) =>
      unjudged(series.first, "missing", text`the baseline has it, this head does not${hint(renames.get(series.key), "to")}`, {
        baseline: series.first.value,
        history: series.history.length,
      }),
    ),
  ];
}

/**
 * Compares every time and rate of the head with the baseline. Empty when no run of the head proves anything:
 * that is said of the runs, not of each benchmark.
 */
export function compare(results: Results, baseline: Collected<Baseline>, config: Config): Comparison[] {
  const { benchmarks } = config;
  const head = [...headSeries(results, benchmarks).values()];
  if (head.length === 0) return [];
  if (baseline.status === "absent") {
    return head.map((series) => unjudged(series.first, "no-baseline", baseline.reason, candidateOf(series)));
  }
  const stored = baselineSeries(baseline.value, benchmarks);
  const measured = new Set(head.map((series) => series.key));
  const compared = head.flatMap((series) => {
    const base = stored.get(series.key);
    return base === undefined ? [] : [compareSeries(series, base, baseline.value.environment, benchmarks)];
  });
  const added = head.filter((series) => !stored.has(series.key));
  const gone = [...stored.values()].filter((series) => !measured.has(series.key));
  return [...compared, ...unmatched(added, gone)];
}
