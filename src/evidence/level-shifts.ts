import { type Results, seriesKey } from "../model/evidence.js";
import type { Measurement } from "../model/measurement.js";
import { levelShifts } from "../statistics/change-points.js";
import { usableFiles } from "./results.js";
import { isCompared } from "./series.js";

/** Identity of a series for people and across statistics: JSON of benchmark and metric. */
export const shiftKey = ({ benchmark, metric }: Pick<Measurement, "benchmark" | "metric">): string => JSON.stringify([benchmark, metric]);

/** One series on the default branch, oldest first, on one machine. */
export interface Timeline extends Pick<Measurement, "benchmark" | "metric" | "unit" | "better"> {
  readonly points: readonly { readonly sha: string; readonly value: number }[];
}

/** A series that stays at another level from one commit on. */
export interface Shift extends Pick<Timeline, "benchmark" | "metric"> {
  /** The first measured commit of the new level, and the last of the old one. */
  readonly sha: string;
  readonly before: string;
  /** Natural log of the ratio towards "worse". */
  readonly effect: number;
}

/** Noise moves the place of a step by a run or two between passes; within this many runs it is the same step. */
const SAME_STEP = 5;

type Known = Pick<Shift, "benchmark" | "metric" | "sha" | "effect">;

function isKnown(timeline: Timeline, shift: Shift, known: readonly Known[]): boolean {
  const placeOf = (sha: string) => timeline.points.findIndex((point) => point.sha === sha);
  const place = placeOf(shift.sha);
  return known.some(
    (one) =>
      shiftKey(one) === shiftKey(timeline) &&
      Math.sign(one.effect) === Math.sign(shift.effect) &&
      placeOf(one.sha) >= 0 &&
      Math.abs(placeOf(one.sha) - place) <= SAME_STEP,
  );
}

/** The level shifts of one series, without those that are known already. Values that are not above 0 have no ratio. */
export function newShifts(timeline: Timeline, known: readonly Known[]): readonly Shift[] {
  const { better, benchmark, metric, points } = timeline;
  if (better === "unknown" || !points.every(({ value }) => value > 0 && Number.isFinite(value))) return [];
  const found = levelShifts(
    points.map(({ value }) => value),
    better,
  );
  return found.flatMap(({ index, effect }): Shift[] => {
    const [first, last] = [points[index], points[index - 1]];
    if (first === undefined || last === undefined) return [];
    const shift = { benchmark, metric, sha: first.sha, before: last.sha, effect };
    return isKnown(timeline, shift, known) ? [] : [shift];
  });
}

/** The timelines of result files, oldest first, with the files' names for commits. */
export function timelinesOf(results: Results): readonly Timeline[] {
  const all = new Map<string, Timeline>();
  for (const { file, run } of usableFiles(results)) {
    for (const measurement of run.measurements.filter(isCompared)) {
      const { benchmark, metric, unit, better, value } = measurement;
      const known = all.get(seriesKey(measurement)) ?? { benchmark, metric, unit, better, points: [] };
      all.set(seriesKey(measurement), { ...known, points: [...known.points, { sha: file, value }] });
    }
  }
  return [...all.values()];
}
