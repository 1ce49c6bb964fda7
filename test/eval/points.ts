import type { Better } from "../../src/statistics/judge.js";
import { HISTORY_MINIMUM, HISTORY_RUNS } from "../../src/statistics/mode-b.js";
import { median } from "../../src/statistics/quantiles.js";
import type { Series } from "./stored-history.js";

/** One question to a judge of stored histories: what came before, and three runs in a row. */
export interface Point {
  readonly better: Better;
  /** Oldest first, 10 to 30 values. */
  readonly history: readonly number[];
  readonly head: readonly [number, number, number];
  /** The run that the first head value belongs to; what was measured together stays together in the bootstrap. */
  readonly run: string;
  /** Head in the first half of its series, on which constants may be tuned, or in the other. */
  readonly half: "tuning" | "test";
}

export interface PointSet {
  readonly name: string;
  readonly points: readonly Point[];
}

const WINDOW = 8;
const WINDOW_MINIMUM = 4;
const LEVEL_CHANGE = 0.05;
const NEIGHBOURHOOD = 6;

/** Places where the median of 8 runs after differs from that of 8 before by more than 5 %; shorter windows at the ends. */
function levelChanges(values: readonly number[]): ReadonlySet<number> {
  const changes = new Set<number>();
  for (let place = WINDOW_MINIMUM; place <= values.length - WINDOW_MINIMUM; place++) {
    const before = median(values.slice(Math.max(0, place - WINDOW), place));
    const after = median(values.slice(place, place + WINDOW));
    if (Math.abs(after / before - 1) > LEVEL_CHANGE) changes.add(place);
  }
  return changes;
}

function isNear(changes: ReadonlySet<number>, place: number): boolean {
  for (let other = place - NEIGHBOURHOOD; other <= place + 1 + NEIGHBOURHOOD; other++) if (changes.has(other)) return true;
  return false;
}

function seriesPoints(series: Series, changes: ReadonlySet<number>): readonly Point[] {
  const { values, runs, better, suite } = series;
  const points: Point[] = [];
  for (let place = HISTORY_MINIMUM; place < values.length - 2; place++) {
    const [first, second, third] = values.slice(place, place + 3);
    if (first === undefined || second === undefined || third === undefined || isNear(changes, place)) continue;
    points.push({
      better,
      history: values.slice(Math.max(0, place - HISTORY_RUNS), place),
      head: [first, second, third],
      run: JSON.stringify([suite, runs[place]]),
      half: place < values.length / 2 ? "tuning" : "test",
    });
  }
  return points;
}

/**
 * All points of a set. Where the code did change over time, points whose head or its successor lies within six
 * runs of a lasting change of level are left out, since what happened there was no noise.
 */
export function pointsOf(name: string, series: readonly Series[], codeChanged: boolean): PointSet {
  return {
    name,
    points: series.flatMap((each) => seriesPoints(each, codeChanged ? levelChanges(each.values) : new Set())),
  };
}

/** A slowdown by a ratio − 1, such as 0.2, put into values: towards worse, whichever way is better. */
export function worsened(values: readonly number[], better: Better, by: number): readonly number[] {
  return values.map((value) => (better === "lower" ? value * (1 + by) : value / (1 + by)));
}
