const PRECISION = 1e-17;
/** Where the series begins to lose digits and the fraction needs fewer than 100 terms. */
const FAR = 2.5;
const TERMS = 200;

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** z + z³/3 + z⁵/(3·5) + …, the part of the area between 0 and z that is not the density (DLMF 7.6.2). */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > PRECISION * sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/** z + 1/(z + 2/(z + 3/(z + …))), whose inverse times the density is the tail (DLMF 7.9.1), from the far end. */
function fraction(z: number): number {
  let value = z;
  for (let index = TERMS; index >= 1; index--) value = z + index / value;
  return value;
}

/** P(Z > z) of the standard normal distribution, computed as a tail and never as 1 − cdf. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  return z < FAR ? 0.5 - density(z) * series(z) : density(z) / fraction(z);
}
