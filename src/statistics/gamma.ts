const LANCZOS_G = 7;
/** Lanczos coefficients for g = 7, n = 9 (P. Godfrey, 2001); about 15 digits for x >= 0.5. */
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
  9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of Γ(x). @param x at least 0.5, which is all that the beta function here asks for. */
export function logGamma(x: number): number {
  const z = x - 1;
  const series = LANCZOS.reduce((sum, coefficient, index) => sum + coefficient / (z + index + 1), 0.9999999999998099);
  const t = z + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}
