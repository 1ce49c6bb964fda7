import type { Unit } from "../model/measurement.js";
import { type Better, isOver, type Judgement } from "./judge.js";
import { median } from "./quantiles.js";

/** A counter of one benchmark: instructions, allocations, bytes allocated, queries. 0 is legal; finite, one unit. */
export interface ModeDInput {
  readonly better: Better;
  /** Counts (`1`) are compared exactly; of anything else 1 % is tolerated, for layout moves it. */
  readonly unit: Unit;
  /** At least one value a side. */
  readonly base: readonly number[];
  readonly head: readonly number[];
}

const TOLERANCE = 0.01;

/** Log of the ratio towards worse; infinite where one of the two is 0. */
function distance(base: number, head: number, better: Better): number {
  if (base === head) return 0;
  const log = Math.log(head) - Math.log(base);
  return better === "lower" ? log : -log;
}

const extremes = (values: readonly number[]) => ({
  least: values.reduce((least, value) => Math.min(least, value)),
  most: values.reduce((most, value) => Math.max(most, value)),
});

type Answer = Pick<Judgement, "decision" | "doubt" | "reason">;

/** @param least,most the smallest and the largest distance between a base run and a head run. */
function answer(least: number, most: number, effect: number, limit: number): Answer {
  if (isOver(least, limit)) return { decision: "regression", reason: "exact" };
  if (isOver(-most, limit)) return { decision: "improvement", reason: "exact" };
  if (!isOver(most, limit) && !isOver(-least, limit)) return { decision: "no-change", reason: "exact" };
  return { decision: "inconclusive", doubt: isOver(effect, limit) ? "suspect" : "noise-floor", reason: "counter-varies" };
}

/**
 * A counter that the same code repeats exactly needs no statistics: any change beyond the tolerance is real. A counter
 * whose runs differ on one side is not what it claims; it decides only where every run of the head agrees.
 */
export function judgeModeD({ better, unit, base, head }: ModeDInput): Judgement {
  const [before, after] = [extremes(base), extremes(head)];
  const ends = [distance(before.most, after.least, better), distance(before.least, after.most, better)] as const;
  const [baseline, candidate] = [median(base), median(head)];
  const effect = distance(baseline, candidate, better);
  const tolerance = unit === "1" ? 0 : TOLERANCE;
  return {
    ...answer(Math.min(...ends), Math.max(...ends), effect, Math.log1p(tolerance)),
    baseline,
    candidate,
    change: baseline === candidate ? 0 : candidate / baseline - 1,
    effect,
    visible: tolerance,
  };
}
