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

export type BudgetMetric = "latency_p50" | "latency_p95" | "latency_p99" | "latency_p99_9" | "throughput_min" | "error_rate_max";

export type BudgetDecision = "pass" | "fail" | "at-risk" | "no-data";

/** One limit of one endpoint, judged on the runs of this head. */
export interface BudgetResult {
  /** As the configuration writes it. */
  readonly endpoint: string;
  readonly metric: BudgetMetric;
  readonly unit: Unit;
  readonly limit: number;
  /** Median of the runs; null without data. */
  readonly actual: number | null;
  readonly values: readonly number[];
  /** What is left of the limit, 0.25 = a quarter; negative when exceeded. */
  readonly headroom: number | null;
  readonly decision: BudgetDecision;
  /** `no-data` only: `no-artifact` when nothing of this head was measured at all, `no-metric` when a file lacks it. */
  readonly absence?: "no-artifact" | "no-metric";
  readonly reason: Text;
}
