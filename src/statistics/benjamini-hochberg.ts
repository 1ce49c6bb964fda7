/**
 * Adjusted p values after Benjamini and Hochberg (JRSS B 57, 1995), in the order given: calling all those at most q
 * keeps the expected share of false calls among the calls at q.
 * @param ps p values, 0..1
 */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const descending = ps.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 1;
  for (const [place, { p, index }] of descending.entries()) {
    least = Math.min(least, (p * ps.length) / (ps.length - place));
    adjusted[index] = least;
  }
  return adjusted;
}
