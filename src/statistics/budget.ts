import { geometricMedian, median, medianAbsoluteDeviation } from "./quantiles.js";

/** `at-most` for latencies and error rates, `at-least` for throughput. */
export type LimitKind = "at-most" | "at-least";

export interface BudgetInput {
  readonly kind: LimitKind;
  /** Same unit as the values; 0 or more. */
  readonly limit: number;
  /** One value a run, in run order; at least one. */
  readonly values: readonly number[];
  /** The first run over the limit fails. */
  readonly strict: boolean;
}

export interface BudgetJudgement {
  readonly decision: "pass" | "fail" | "at-risk";
  readonly reason: "within" | "all-runs-over" | "far-over" | "strict" | "reruns-needed" | "some-runs-over";
  /** Median of the runs. */
  readonly actual: number;
  /** What is left of the limit, negative when exceeded; null when the limit is 0 and something was measured. */
  readonly headroom: number | null;
}

const CONFIRMING_RUNS = 3;
/** More than 50 % over is no noise: it fails on the first run. */
const FAR = 1.5;
/** 100 ms read as 0.1 and as 100 × 0.001 must be the same limit. */
const TIE = 1e-9;

/** Whether a value exceeds the limit stretched by a factor of at least 1. */
function isOverBudget(input: Pick<BudgetInput, "kind" | "limit">, value: number, factor = 1): boolean {
  const { kind, limit } = input;
  return kind === "at-most" ? value > limit * factor * (1 + TIE) : value < (limit / factor) * (1 - TIE);
}

function headroom({ kind, limit }: BudgetInput, actual: number): number | null {
  if (limit === 0) return actual === 0 ? 0 : null;
  return kind === "at-most" ? 1 - actual / limit : actual / limit - 1;
}

/**
 * An absolute limit against the runs of one head. With a true level 5 % under the limit a single run on
 * shared runners is over it in one case of five, all of three in one of thirty: hence three runs, unless
 * the limit is exceeded by more than half or the budget is strict.
 */
export function judgeBudget(input: BudgetInput): BudgetJudgement {
  const actual = median(input.values);
  const figures = { actual, headroom: headroom(input, actual) };
  if (!isOverBudget(input, actual)) return { decision: "pass", reason: "within", ...figures };
  const all = input.values.every((value) => isOverBudget(input, value));
  if (all && input.values.length >= CONFIRMING_RUNS) return { decision: "fail", reason: "all-runs-over", ...figures };
  if (all && isOverBudget(input, actual, FAR)) return { decision: "fail", reason: "far-over", ...figures };
  if (input.strict) return { decision: "fail", reason: "strict", ...figures };
  return { decision: "at-risk", reason: all ? "reruns-needed" : "some-runs-over", ...figures };
}

/** Oldest runs that say where a figure came from, and the runs that must be known so that they are not the newest as well. */
const OLDEST = 10;
const CREEP_MINIMUM = 20;

/** Where the known history began: the median of its ten oldest values; null with fewer than 20. @param values above 0, oldest first */
export function creepReference(values: readonly number[]): number | null {
  return values.length < CREEP_MINIMUM ? null : geometricMedian(values.slice(0, OLDEST));
}

const NOISE_MINIMUM = 10;
/** Within two standard deviations one run in twenty changes sides. */
const NOISE_SIGMAS = 2;

/**
 * Does a limit lie within the noise of the history? On the log scale, |ln limit − median| < 2 × 1.4826 × MAD, with at
 * least ten values: with a true level 2 % under the limit one run of three or four was over it on shared runners.
 * @param history above 0; the limit too, else it is not.
 */
export function isInsideNoise(limit: number, history: readonly number[]): boolean {
  if (history.length < NOISE_MINIMUM || limit <= 0) return false;
  const logs = history.map(Math.log);
  return Math.abs(Math.log(limit) - median(logs)) < NOISE_SIGMAS * 1.4826 * medianAbsoluteDeviation(logs);
}
