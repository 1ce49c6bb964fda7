import { regularisedBeta } from "./beta.js";
import { logGamma } from "./gamma.js";

/** P(T > t) of Student's t with `df` degrees of freedom, computed as a tail and never as 1 − cdf. */
export function studentUpperTail(t: number, df: number): number {
  const square = t * t;
  const tail = regularisedBeta(df / 2, 0.5, df / (df + square), square / (df + square)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

function density(t: number, df: number): number {
  const front = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  return Math.exp(front - ((df + 1) / 2) * Math.log1p((t * t) / df));
}

/**
 * The t with P(T <= t) = p. Newton's method from 0 on the upper tail: the tail is convex there, so every
 * step stays left of the answer and none is needed to guard it.
 * @param p 0.5 to below 1
 */
export function studentQuantile(p: number, df: number): number {
  const tail = 1 - p;
  let t = 0;
  for (let step = 1; step > 1e-14 * t; ) {
    step = (studentUpperTail(t, df) - tail) / density(t, df);
    t += Math.max(0, step);
  }
  return t;
}
