import { mean, median, standardDeviation } from "./quantiles.js";
import { studentQuantile } from "./student.js";

/** What a history explains, as distances above its median on the log scale where more is worse. */
export interface HistoryLimits {
  /** What one run has to exceed before it is worth running again. */
  readonly first: number;
  /** What every one of three runs has to exceed, before their own disagreement is added. */
  readonly confirmed: number;
  /** A worse level could hide behind noise of this size towards better. */
  readonly hidden: number;
}

/** Three runs of unchanged code are all over in no more than one case of a thousand, as far as the normal distribution goes. */
const CONFIRMED_ALPHA = 0.001;
const CONFIRMING_RUNS = 3;
/** One run of unchanged code in forty is run again. */
const FIRST_QUANTILE = 0.975;
const HIDDEN_QUANTILE = 0.9;
/** The tenth of the history that lies above is what it reaches now and then: the third highest of thirty. */
const RARE_SHARE = 0.1;

/** Correlation of each run with the next, 0 to 1; slow hours and two-state machines make runs alike. */
function carryOver(history: readonly number[]): number {
  const centre = mean(history);
  const residuals = history.map((value) => value - centre);
  const squares = residuals.reduce((sum, value) => sum + value * value, 0);
  const products = residuals.reduce((sum, value, index) => sum + value * (residuals[index + 1] ?? 0), 0);
  return squares > 0 ? Math.max(0, Math.min(1, products / squares)) : 0;
}

/** How many independent runs three consecutive ones are worth: three without correlation, one with full. */
const independentRuns = (history: readonly number[]): number => 1 + (CONFIRMING_RUNS - 1) * (1 - carryOver(history));

/** Distance from the mean to the upper end of the t prediction interval for one more run. */
function reach(history: readonly number[], p: number): number {
  const n = history.length;
  return studentQuantile(p, n - 1) * standardDeviation(history) * Math.sqrt(1 + 1 / n);
}

/** The worst that the history was now and then, that it held for two runs in a row, and that it was in the last run. */
function seenBefore(history: readonly number[]): number {
  const descending = [...history].sort((a, b) => b - a);
  const rare = descending[Math.max(0, Math.round(history.length * RARE_SHARE) - 1)] ?? Number.NaN;
  const held = history.slice(1).map((value, index) => Math.min(value, history[index] ?? value));
  return Math.max(rare, history.at(-1) ?? rare, ...held);
}

/**
 * The limits of a history, towards worse. To call them `over`, three runs must exceed
 * - the median by the smallest effect of interest;
 * - the t prediction limit at 1 − α^(1/m), where m is how many independent runs three consecutive ones are worth;
 * - what was seen before (a rare value, a state held for two runs, the last run) by half that effect.
 * The constants were chosen on the first half of every series of the open histories (docs/judgement.md).
 * @param history logs, more is worse, oldest first, at least two.
 * @param effect log of the smallest ratio of interest, above 0.
 */
export function historyLimits(history: readonly number[], effect: number): HistoryLimits {
  const centre = median(history);
  const skew = mean(history) - centre;
  const chance = skew + reach(history, 1 - CONFIRMED_ALPHA ** (1 / independentRuns(history)));
  const confirmed = Math.max(effect, chance, seenBefore(history) - centre + effect / 2);
  return {
    first: Math.max(confirmed, skew + reach(history, FIRST_QUANTILE)),
    confirmed,
    hidden: Math.max(centre - Math.min(...history), reach(history, HIDDEN_QUANTILE)),
  };
}
