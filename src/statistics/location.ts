import { type Better, worseLogs } from "./judge.js";

/** Which round stands for a process: the best one, or the 25th percentile where the best case is not representative. */
export type Location = "min" | "p25";

const QUARTER = 0.25;

/**
 * The 25th percentile of the times (type 7 of Hyndman and Fan) on the scale of their logs. A rate is read as the
 * time it is the inverse of, so that both ways of writing one measurement give the same figure.
 */
function lowerQuartile(logs: readonly number[]): number {
  const sorted = [...logs].sort((a, b) => a - b);
  const position = (sorted.length - 1) * QUARTER;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  const share = position - Math.floor(position);
  return share === 0 ? below : above + Math.log(share + (1 - share) * Math.exp(below - above));
}

/**
 * Reduces a process to one number, on the scale where more is worse. Rounds of one process share its memory layout
 * and its neighbours, so the process and not the round is what is compared. Noise only ever adds time: of 20 unchanged
 * benchmarks on a busy machine the best round moves by 1.7 % from process to process, the mean by 34 %.
 * @param rounds at least one, above 0 and finite
 */
export function processLocation(rounds: readonly number[], better: Better, location: Location): number {
  const logs = worseLogs(rounds, better);
  return location === "p25" ? lowerQuartile(logs) : logs.reduce((best, value) => Math.min(best, value));
}
