import { type Better, isOver, type Judgement, worseLogs } from "./judge.js";
import { geometricMedian, mean, median, medianAbsoluteDeviation, standardDeviation } from "./quantiles.js";
import { studentQuantile } from "./student.js";

/** Runs of history that count, and the fewest with which this judge may be asked. */
export const HISTORY_RUNS = 30;
export const HISTORY_MINIMUM = 10;
/** Head runs that confirm a candidate: the first look and two reruns. */
const CONFIRMING_RUNS = 3;

/** One stored series and the head's runs. All values above 0, finite, in one unit. */
export interface ModeBInput {
  readonly better: Better;
  /** Oldest first, at least {@link HISTORY_MINIMUM}; the last {@link HISTORY_RUNS} count. */
  readonly history: readonly number[];
  /** At least one value, in run order. */
  readonly head: readonly number[];
  /** Ratios: 0.05 is 5 % worse. */
  readonly minEffect: number;
  readonly blockEffect: number;
}

/** 1.4826 makes a median of absolute deviations a standard deviation of a normal distribution. */
const toSigma = (deviation: number): number => 1.4826 * deviation;

function spread(history: readonly number[]): number {
  const steps = history.slice(1).map((value, index) => Math.abs(value - (history[index] ?? value)));
  return Math.max(toSigma(medianAbsoluteDeviation(history)), toSigma(median(steps)) / Math.SQRT2);
}

/** How far from the median of the history a run must lie to be a candidate, towards worse and towards better. */
function limits(history: readonly number[], minEffect: number): { worse: number; better: number } {
  const n = history.length;
  const threshold = Math.max(Math.log1p(minEffect), 4 * spread(history));
  const reach = studentQuantile(0.99, n - 1) * standardDeviation(history) * Math.sqrt(1 + 1 / n);
  const skew = mean(history) - median(history);
  return { worse: Math.max(threshold, reach + skew), better: Math.max(threshold, reach - skew) };
}

type Standing = "all" | "median" | "none";

function standing(effects: readonly number[], limit: number): Standing {
  if (effects.every((effect) => isOver(effect, limit))) return "all";
  return isOver(median(effects), limit) ? "median" : "none";
}

type Answer = Pick<Judgement, "decision" | "doubt" | "reason" | "need">;

function loss(runs: number, state: Standing): Answer {
  if (runs < CONFIRMING_RUNS) {
    return { decision: "inconclusive", doubt: "suspect", reason: "reruns-needed", need: CONFIRMING_RUNS - runs };
  }
  return state === "all"
    ? { decision: "regression", reason: "all-runs-over" }
    : { decision: "inconclusive", doubt: "suspect", reason: "some-runs-over" };
}

function gain(runs: number, state: Standing): Answer {
  return runs >= CONFIRMING_RUNS && state === "all"
    ? { decision: "improvement", reason: "all-runs-under" }
    : { decision: "inconclusive", doubt: "noise-floor", reason: "improvement-unconfirmed" };
}

function answer(effects: readonly number[], limit: { worse: number; better: number }, blockEffect: number): Answer {
  const worse = standing(effects, limit.worse);
  if (worse !== "none") return loss(effects.length, worse);
  const better = standing(
    effects.map((effect) => -effect),
    limit.better,
  );
  if (better !== "none") return gain(effects.length, better);
  return isOver(limit.worse, Math.log1p(blockEffect))
    ? { decision: "inconclusive", doubt: "noise-floor", reason: "noise-floor" }
    : { decision: "no-change", reason: "quiet" };
}

/**
 * One stored value a run, with history. On the log scale, with med and sd of the history and
 * σ = max(1.4826·MAD, 1.4826·median|consecutive differences|/√2), a run is over when it exceeds both
 * med + max(ln(1+minEffect), 4σ) and the upper end of the 99 % t prediction interval,
 * mean + t(.99, n−1)·sd·√(1+1/n). Only three runs, all of them over, are a regression: over six sets of
 * histories one look alone raised a false alarm in one pull request of three. An improvement is the mirror image.
 */
export function judgeModeB(input: ModeBInput): Judgement {
  const past = input.history.slice(-HISTORY_RUNS);
  const history = worseLogs(past, input.better);
  const head = worseLogs(input.head, input.better);
  const centre = median(history);
  const limit = limits(history, input.minEffect);
  const [baseline, candidate] = [geometricMedian(past), geometricMedian(input.head)];
  const decided = answer(
    head.map((value) => value - centre),
    limit,
    input.blockEffect,
  );
  return {
    ...decided,
    baseline,
    candidate,
    change: candidate / baseline - 1,
    effect: median(head) - centre,
    visible: Math.expm1(limit.worse),
  };
}
