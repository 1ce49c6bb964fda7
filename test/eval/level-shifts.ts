import { type LevelShift, levelShifts } from "../../src/statistics/change-points.js";
import { currentHistory } from "../../src/statistics/mode-b.js";
import { type PointSet, worsened } from "./points.js";
import { SLOWDOWNS, share } from "./rates.js";
import type { Series } from "./stored-history.js";

/** How well steps are found in a window of 50 runs, with so many runs after the step. */
export interface ShiftRow {
  readonly set: string;
  readonly after: number;
  /** A shift found within two runs of the place though nothing was put there. */
  readonly falseShifts: number;
  /** Found within two runs of the place at {@link SLOWDOWNS}. */
  readonly detection: readonly number[];
}

const WINDOW = 50;
const TOLERANCE = 2;
/** Windows overlap: every third place is enough. */
const STRIDE = 3;

interface Window {
  readonly series: Series;
  readonly values: readonly number[];
}

function windows(series: readonly Series[]): readonly Window[] {
  return series.flatMap((each) => {
    const starts = Math.max(0, Math.ceil((each.values.length - WINDOW + 1) / STRIDE));
    return Array.from({ length: starts }, (_, index) => ({
      series: each,
      values: each.values.slice(index * STRIDE, index * STRIDE + WINDOW),
    }));
  });
}

function foundAfterStep({ series, values }: Window, after: number, by: number): boolean {
  const place = values.length - after;
  const changed = [...values.slice(0, place), ...worsened(values.slice(place), series.better, by)];
  const isThere = ({ index, effect }: LevelShift): boolean => Math.abs(index - place) <= TOLERANCE && effect > 0;
  return levelShifts(changed, series.better).some(isThere);
}

/** The pass over the main branch, on every window of every series. */
export function levelShiftRows(set: string, series: readonly Series[]): readonly ShiftRow[] {
  const all = windows(series);
  return [5, 10].map((after) => ({
    set,
    after,
    falseShifts: share(all, (window) => foundAfterStep(window, after, 0)),
    detection: SLOWDOWNS.map((by) => share(all, (window) => foundAfterStep(window, after, by))),
  }));
}

/** The points of a set as a review sees them: the history starts anew at the last lasting change of level. */
export function sinceShift({ name, points }: PointSet): PointSet {
  return {
    name: `${name}, since the last shift`,
    points: points.map((point) => ({ ...point, history: currentHistory(point.history) })),
  };
}
