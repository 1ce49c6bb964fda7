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
  /** A: base and head measured in turn. B: stored history. C: too little of it. D: an exact count. */
  readonly mode: "A" | "B" | "C" | "D" | null;
  readonly decision: ComparisonDecision;
  /** Only for `inconclusive`: something points to a slowdown, or nothing can be seen below the noise. */
  readonly doubt?: "suspect" | "noise-floor" | "no-evidence";
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** candidate / baseline − 1, signed as the value moves. */
  readonly change: number | null;
  /** 95 % confidence interval of `change`, lower end first; holds `change` always. */
  readonly interval: readonly [number, number] | null;
  /** The noise floor: one standard deviation from process to process (A) or from run to run of the history (B), as a ratio − 1. */
  readonly noise: number | null;
  /** The smallest visible change: what this comparison would have called one, as a ratio − 1 towards "worse". */
  readonly visible: number | null;
  /** One-sided p for "worse", where the judge tests. */
  readonly p: number | null;
  /** What would decide an inconclusive one: processes a side (A) or further runs of the head (B). */
  readonly need: number | null;
  /** Runs of the head, of the baseline itself, and of history behind the decision. */
  readonly runs: number;
  readonly baselineRuns: number;
  readonly history: number;
  /** The default branch's last values, oldest first, the baseline's own last; at most 30. */
  readonly trend: readonly number[];
  /** `new` and `missing` only: the name on the other side that looks like this one. Foreign. */
  readonly alias: string | null;
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
  /** Absent for an endpoint of a load test; `queries` for what the tests of the head sent. */
  readonly scope?: "benchmark" | "queries";
  /** A {@link BudgetMetric}, `queries_max` or `queries_increase_max`; for a benchmark the metric as its result format names it. */
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
   * `no-baseline` when a relative limit has nothing to be held against, `partial` when what was counted may not be all.
   */
  readonly absence?: "no-artifact" | "no-metric" | "no-baseline" | "partial";
  readonly reason: Text;
}

/** Where the figures of mode A come from: one base commit measured in turn with this head. */
export interface PairedRuns {
  readonly base: string;
  /** First-parent steps from the merge base, 0 for itself; null for a commit that is none of its known ancestors. */
  readonly distance: number | null;
  readonly files: readonly string[];
  /** How many figures rest on it. */
  readonly figures: number;
  /** What was run, where all files give the same; as in `Paired`. Foreign. */
  readonly command?: string;
}

/** What the benchmarks of one comparison did together. Announced, never corrected for, and no part of the gate. */
export interface SuiteShift {
  /** Geometric mean of the ratios towards worse, − 1. */
  readonly change: number;
  readonly count: number;
  /** Nearly all moved the same way by more than 5 %: the machine, or a change that touches everything. */
  readonly announced: boolean;
}

/** What stands beside the comparisons: what they rest on. */
export interface Comparability {
  readonly paired: readonly PairedRuns[];
  /** What differs between the baseline's machine and the head's; our words. Empty when nothing is known to. */
  readonly machine: readonly string[];
  readonly shift: SuiteShift | null;
}
