import { logGamma } from "./gamma.js";

const TINY = 1e-300;
const PRECISION = 1e-16;
const MAX_TERMS = 2000;

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Numerators of the continued fraction, numbered from 1 (DLMF 8.17.23). */
function numerator(a: number, b: number, x: number, index: number): number {
  const m = Math.floor(index / 2);
  return index % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

/** 1/(1+ d₁/(1+ d₂/(1+ …))) by Lentz's method. */
function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 + numerator(a, b, x, 1));
  let fraction = d;
  for (let index = 2; index < MAX_TERMS; index++) {
    const next = numerator(a, b, x, index);
    d = 1 / awayFromZero(1 + next * d);
    c = awayFromZero(1 + next / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return fraction;
}

function leftTail(a: number, b: number, x: number, y: number): number {
  if (x <= 0) return 0;
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y);
  return (Math.exp(front) * continuedFraction(a, b, x)) / a;
}

/**
 * Regularised incomplete beta function I_x(a, b) (DLMF 8.17.22).
 * @param a at least 0.5, as is b.
 * @param x 0..1
 * @param y 1 − x, given apart because the far tail has no digits left after subtracting.
 */
export function regularisedBeta(a: number, b: number, x: number, y: number): number {
  return x < (a + 1) / (a + b + 2) ? leftTail(a, b, x, y) : 1 - leftTail(b, a, y, x);
}
