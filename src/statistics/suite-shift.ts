import { mean } from "./quantiles.js";

export interface SuiteShift {
  /** Geometric mean of the ratios towards worse, − 1. */
  readonly change: number;
  readonly count: number;
  /** Nearly all benchmarks moved the same way: a machine or a change that touches everything. Never corrected for. */
  readonly announced: boolean;
}

const SHIFT = Math.log1p(0.05);
const SAME_SIGN = 0.8;
/** Two benchmarks that moved alike are no suite. */
const FEWEST = 3;

/**
 * What the matched benchmarks of one comparison did together; null when there are too few.
 * @param effects logs of the ratios towards worse ({@link Judgement.effect}); infinite ones do not count
 */
export function suiteShift(effects: readonly number[]): SuiteShift | null {
  const finite = effects.filter(Number.isFinite);
  if (finite.length < FEWEST) return null;
  const centre = mean(finite);
  const agreeing = finite.filter((effect) => Math.sign(effect) === Math.sign(centre)).length;
  const announced = Math.abs(centre) > SHIFT && agreeing >= SAME_SIGN * finite.length;
  return { change: Math.expm1(centre), count: finite.length, announced };
}
