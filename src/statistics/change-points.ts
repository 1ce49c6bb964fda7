import { type Better, isOver, worseLogs } from "./judge.js";
import { median } from "./quantiles.js";
import { studentUpperTail } from "./student.js";
import { sampleOf, welch } from "./welch.js";

/** A lasting change of level. */
export interface LevelShift {
  /** The first value of the new level. */
  readonly index: number;
  /** Log of the ratio of the medians after and before, towards worse. */
  readonly effect: number;
  /** Two-sided p of Welch's test of the two levels. Not corrected for the search, hence the small alpha. */
  readonly p: number;
}

export interface LevelShiftOptions {
  /** Two-sided level of the test: 0.001 unless said otherwise. */
  readonly alpha?: number;
  /** Smallest shift of interest, as a ratio − 1: 0.05 unless said otherwise. */
  readonly minEffect?: number;
}

/** A level is what was held for five runs: fewer are a slow hour. */
export const LEVEL_MINIMUM = 5;
/** Only the last 200 values are searched, so that the time is bounded. */
const SEARCHED = 200;
/** Values a side that a test looks at: a level of long ago is compared with nothing. */
const WINDOW = 30;
const ALPHA = 0.001;
const MIN_EFFECT = 0.05;
/** Least standard deviation from run to run that is believed: 0.2 %. */
const FLOOR = 0.002 ** 2;

/** Ranks of the values, ties sharing their mean. A rank keeps a lone outlier from pulling the split towards itself. */
function ranks(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (const index of order.slice(start, end)) result[index] = (start + end - 1) / 2;
    start = end;
  }
  return result;
}

/** Where the rank sums of both sides differ most (Pettitt, Applied Statistics 28, 1979), standardised for their sizes. */
function likeliestSplit(values: readonly number[]): number | null {
  const n = values.length;
  let best: number | null = null;
  let most = 0;
  let sum = 0;
  for (const [index, rank] of ranks(values).entries()) {
    const fits = index >= LEVEL_MINIMUM && n - index >= LEVEL_MINIMUM;
    const distance = fits ? Math.abs(sum - (index * (n - 1)) / 2) / Math.sqrt(index * (n - index)) : 0;
    if (distance > most) [best, most] = [index, distance];
    sum += rank;
  }
  return best;
}

function shiftAt(before: readonly number[], after: readonly number[], index: number): LevelShift {
  const [old, recent] = [before.slice(-WINDOW), after.slice(0, WINDOW)];
  const { t, df } = welch(sampleOf(old, FLOOR), sampleOf(recent, FLOOR));
  return { index, effect: median(recent) - median(old), p: 2 * studentUpperTail(Math.abs(t), df) };
}

/** Splits a stretch where its levels differ, then both parts in turn; the ends found, in order. */
function splits(values: readonly number[], from: number, isShift: (shift: LevelShift) => boolean): readonly number[] {
  const split = values.length >= 2 * LEVEL_MINIMUM ? likeliestSplit(values) : null;
  if (split === null) return [];
  const [before, after] = [values.slice(0, split), values.slice(split)];
  if (!isShift(shiftAt(before, after, split))) return [];
  return [...splits(before, from, isShift), from + split, ...splits(after, from + split, isShift)];
}

/** Sum of the distances to the median: what is left of a stretch once its level is known. */
function unexplained(values: readonly number[]): number {
  const level = median(values);
  return values.reduce((sum, value) => sum + Math.abs(value - level), 0);
}

/**
 * Moves each split by a few runs to where two levels explain most of what lies between its neighbours: rank sums
 * grow beyond the true place while the ranks stay below their mean.
 */
function relocated(values: readonly number[], found: readonly number[]): readonly number[] {
  return found.map((index, place) => {
    const from = Math.max(found[place - 1] ?? 0, index - WINDOW);
    const to = Math.min(found[place + 1] ?? values.length, index + WINDOW);
    const tried = Array.from({ length: 2 * LEVEL_MINIMUM + 1 }, (_, offset) => index - LEVEL_MINIMUM + offset)
      .filter((split) => split - from >= LEVEL_MINIMUM && to - split >= LEVEL_MINIMUM)
      .map((split) => ({ split, left: unexplained(values.slice(from, split)) + unexplained(values.slice(split, to)) }));
    return tried.reduce((best, each) => (each.left < best.left ? each : best), { split: index, left: Number.POSITIVE_INFINITY }).split;
  });
}

/** Tests every split again between its neighbours, weakest first, until all that remain are shifts. */
function confirmed(values: readonly number[], found: readonly number[], isShift: (shift: LevelShift) => boolean): readonly LevelShift[] {
  const shifts = found.map((index, place) =>
    shiftAt(values.slice(found[place - 1] ?? 0, index), values.slice(index, found[place + 1] ?? values.length), index),
  );
  const weak = shifts.filter((shift) => !isShift(shift));
  if (weak.length === 0) return shifts;
  const weakest = weak.reduce((a, b) => (b.p > a.p ? b : a));
  return confirmed(
    values,
    found.filter((index) => index !== weakest.index),
    isShift,
  );
}

/**
 * The lasting changes of level in a series, oldest first: places where at least {@link LEVEL_MINIMUM} values on both
 * sides differ by Welch's test at `alpha` and in their medians by `minEffect`. Binary segmentation on ranks, of the last
 * 200 values; O(n²) at worst, and the same answer every time. Meant for a main branch after the fact, not for a pull
 * request: one value after a step shows nothing here.
 * @param values above 0 and finite, oldest first.
 */
export function levelShifts(values: readonly number[], better: Better, options: LevelShiftOptions = {}): readonly LevelShift[] {
  const { alpha = ALPHA, minEffect = MIN_EFFECT } = options;
  const skipped = Math.max(0, values.length - SEARCHED);
  const logs = worseLogs(values.slice(skipped), better);
  const isShift = ({ effect, p }: LevelShift): boolean => p < alpha && !isOver(Math.log1p(minEffect), Math.abs(effect));
  const shifts = confirmed(logs, relocated(logs, splits(logs, 0, isShift)), isShift);
  return shifts.map((shift) => ({ ...shift, index: shift.index + skipped }));
}

/** The values since the last lasting change of level, all of them where there was none: the history of mode B. */
export function sinceLastShift(values: readonly number[], better: Better = "lower", options: LevelShiftOptions = {}): readonly number[] {
  return values.slice(levelShifts(values, better, options).at(-1)?.index ?? 0);
}
