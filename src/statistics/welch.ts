import { mean } from "./quantiles.js";
import { studentUpperTail } from "./student.js";

/** Mean, variance (divisor n−1) and size of one side. */
export interface Sample {
  readonly mean: number;
  readonly variance: number;
  readonly n: number;
}

/** How far the head's mean lies above the base's. */
export interface WelchTest {
  readonly difference: number;
  readonly standardError: number;
  readonly t: number;
  /** Degrees of freedom after Welch and Satterthwaite. */
  readonly df: number;
  /** P(T > t): small when the head is greater. */
  readonly pGreater: number;
  /** P(T < t): small when the head is less. */
  readonly pLess: number;
}

/**
 * @param values at least two numbers
 * @param floor least variance to believe: few values can agree by chance, or by the resolution of a clock
 */
export function sampleOf(values: readonly number[], floor = 0): Sample {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { mean: centre, variance: Math.max(floor, squares / (values.length - 1)), n: values.length };
}

/**
 * Welch's t test for unequal variances (Biometrika 34, 1947), from summaries of both sides.
 * @param base,head at least two values each; not both without variance
 */
export function welch(base: Sample, head: Sample): WelchTest {
  const [ofBase, ofHead] = [base.variance / base.n, head.variance / head.n];
  const difference = head.mean - base.mean;
  const standardError = Math.sqrt(ofBase + ofHead);
  const df = (ofBase + ofHead) ** 2 / (ofBase ** 2 / (base.n - 1) + ofHead ** 2 / (head.n - 1));
  const t = difference / standardError;
  return { difference, standardError, t, df, pGreater: studentUpperTail(t, df), pLess: studentUpperTail(-t, df) };
}
