import type { Direction, Unit } from "./measurement.js";
import type { Text } from "./text.js";

export type ComparisonDecision =
  | "regression"
  | "improvement"
  | "no-change"
  | "inconclusive"
  | "new"
  | "missing"
  | "incomparable"
  | "no-baseline";

/** One benchmark's metric at the head against its baseline. Figures in SI units, null when absent. */
export interface Comparison {
  readonly benchmark: string;
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Direction;
  readonly mode: "B" | "C" | null;
  readonly decision: ComparisonDecision;
  /** Only for `inconclusive`: something points to a slowdown, or nothing can be seen below the noise. */
  readonly doubt?: "suspect" | "noise-floor" | "no-evidence";
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** candidate / baseline − 1, signed as the value moves. */
  readonly change: number | null;
  /** Smallest change this comparison could have seen, as a ratio − 1 towards "worse". */
  readonly visible: number | null;
  /** Runs of the head, and runs of history behind the decision. */
  readonly runs: number;
  readonly history: number;
  /** True only for a regression past the blocking rule. */
  readonly blocks: boolean;
  readonly reason: Text;
}

export type BudgetMetric =
  | "latency_p50"
  | "latency_p90"
  | "latency_p95"
  | "latency_p99"
  | "latency_p99_9"
  | "latency_mean"
  | "latency_max"
  | "throughput_min"
  | "error_rate_max";

export type BudgetDecision = "pass" | "fail" | "at-risk" | "no-data";

/** One limit of one endpoint or benchmark, judged on the runs of this head. Figures in SI units. */
export interface BudgetResult {
  /** The endpoint as the configuration writes it, or a benchmark's name. */
  readonly endpoint: string;
  /** Absent for an endpoint. */
  readonly scope?: "benchmark";
  /** A {@link BudgetMetric}; for a benchmark the metric as its result format names it. */
  readonly metric: string;
  readonly unit: Unit;
  /** What the limit is a share of; absent for a limit that is a figure of its own. */
  readonly basis?: "relative" | "creep";
  /** The figure of the baseline or of the oldest runs that a relative limit was computed from. */
  readonly baseline?: number;
  /** The limit in `unit`; NaN is never here: a relative limit without a baseline is the share itself. */
  readonly limit: number;
  /** Median of the runs; null without data. */
  readonly actual: number | null;
  readonly values: readonly number[];
  /** What is left of the limit, 0.25 = a quarter; negative when exceeded. */
  readonly headroom: number | null;
  readonly decision: BudgetDecision;
  /** The limit lies within the noise of the history: its verdicts will change from run to run. */
  readonly inNoise?: true;
  /**
   * `no-data` only: `no-artifact` when nothing of this head was measured at all, `no-metric` when a file lacks it,
   * `no-baseline` when a relative limit has nothing to be held against.
   */
  readonly absence?: "no-artifact" | "no-metric" | "no-baseline";
  readonly reason: Text;
}
