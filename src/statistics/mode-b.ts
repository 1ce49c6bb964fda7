import { sinceLastShift } from "./change-points.js";
import { type HistoryLimits, historyLimits } from "./history-limits.js";
import { type Better, isOver, type Judgement, worseLogs } from "./judge.js";
import { geometricMedian, median, medianAbsoluteDeviation } from "./quantiles.js";

/** Runs of history that count, and the fewest with which this judge may be asked. */
export const HISTORY_RUNS = 30;
export const HISTORY_MINIMUM = 10;
/** Head runs that confirm a candidate: the first look and two reruns. */
const CONFIRMING_RUNS = 3;

/**
 * The runs that count as the history: those since the last lasting change of level, or all while fewer than
 * {@link HISTORY_MINIMUM} remain, since both levels together at least say what to expect.
 * @param values above 0 and finite, oldest first.
 */
export function currentHistory(values: readonly number[]): readonly number[] {
  const since = sinceLastShift(values);
  return since.length >= HISTORY_MINIMUM ? since : values;
}

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

/** Runs of one level differ by their noise; what three head runs differ by beyond it casts doubt on all three. */
const DISAGREEMENT = 0.25;

/** 1.4826 makes a median of absolute deviations a standard deviation of a normal distribution. */
const toSigma = (deviation: number): number => 1.4826 * deviation;

/** One standard deviation from run to run: drift shows in the deviation only, two states in the steps only. */
function spread(history: readonly number[]): number {
  const steps = history.slice(1).map((value, index) => Math.abs(value - (history[index] ?? value)));
  return Math.max(toSigma(medianAbsoluteDeviation(history)), toSigma(median(steps)) / Math.SQRT2);
}

/** One direction of change: the head's effects towards it and what they have to exceed. */
interface Side {
  readonly effects: readonly number[];
  readonly limit: number;
  readonly standing: "all" | "median" | "none";
}

function side(effects: readonly number[], { first, confirmed }: HistoryLimits): Side {
  const lowest = Math.min(...effects);
  const highest = Math.max(...effects);
  if (effects.length < CONFIRMING_RUNS) {
    const candidate = isOver(lowest, confirmed) && isOver(highest, first);
    return { effects, limit: first, standing: candidate ? "all" : "none" };
  }
  const limit = confirmed + DISAGREEMENT * (highest - lowest);
  if (isOver(lowest, limit)) return { effects, limit, standing: "all" };
  return { effects, limit, standing: isOver(median(effects), limit) ? "median" : "none" };
}

type Answer = Pick<Judgement, "decision" | "doubt" | "reason" | "need">;

function loss({ effects, standing }: Side): Answer {
  if (effects.length < CONFIRMING_RUNS) {
    return { decision: "inconclusive", doubt: "suspect", reason: "reruns-needed", need: CONFIRMING_RUNS - effects.length };
  }
  return standing === "all"
    ? { decision: "regression", reason: "all-runs-over" }
    : { decision: "inconclusive", doubt: "suspect", reason: "some-runs-over" };
}

function gain({ effects, standing }: Side): Answer {
  return effects.length >= CONFIRMING_RUNS && standing === "all"
    ? { decision: "improvement", reason: "all-runs-under" }
    : { decision: "inconclusive", doubt: "noise-floor", reason: "improvement-unconfirmed" };
}

/** The largest slowdown that may be there unseen: below the limit, or hidden by noise towards better. */
const unseen = ({ limit, effects }: Side, hidden: number): number => Math.max(limit, Math.max(0, median(effects)) + hidden);

/** "No change" is claimed only where a change that blocks can be ruled out. */
function quiet(worse: Side, hidden: number, block: number): Answer {
  return isOver(unseen(worse, hidden), block)
    ? { decision: "inconclusive", doubt: "noise-floor", reason: "noise-floor" }
    : { decision: "no-change", reason: "quiet" };
}

/**
 * One stored value a run, with history. Only three runs, every one of them over, are a regression: one look
 * alone raises a false alarm in one pull request of three. Over means beyond everything that the history
 * explains ({@link historyLimits}) by more than a quarter of what the three differ by among themselves: a real
 * change moves all three alike, a busy machine does not. A first look asks for the reruns. An improvement is the
 * mirror image. With three runs the limit is lower than for a first look, so `visible` depends on the number.
 */
export function judgeModeB(input: ModeBInput): Judgement {
  const past = input.history.slice(-HISTORY_RUNS);
  const history = worseLogs(past, input.better);
  const centre = median(history);
  const effects = worseLogs(input.head, input.better).map((value) => value - centre);
  const mirrored = (values: readonly number[]): readonly number[] => values.map((value) => -value);
  const effect = Math.log1p(input.minEffect);
  const limits = historyLimits(history, effect);
  const worse = side(effects, limits);
  const better = side(mirrored(effects), historyLimits(mirrored(history), effect));
  const [baseline, candidate] = [geometricMedian(past), geometricMedian(input.head)];
  const decided = answer(worse, better, limits.hidden, Math.log1p(input.blockEffect));
  const visible = decided.reason === "noise-floor" ? unseen(worse, limits.hidden) : worse.limit;
  return {
    ...decided,
    baseline,
    candidate,
    change: candidate / baseline - 1,
    effect: median(effects),
    visible: Math.expm1(visible),
    noise: Math.expm1(spread(history)),
  };
}

function answer(worse: Side, better: Side, hidden: number, block: number): Answer {
  if (worse.standing !== "none") return loss(worse);
  if (better.standing !== "none") return gain(better);
  return quiet(worse, hidden, block);
}
