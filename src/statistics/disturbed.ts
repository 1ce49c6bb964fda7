import { median } from "./quantiles.js";

/** How many standard deviations above the median of its side a process lies that something else disturbed. */
const FAR = 4;
/** Of four processes one may be set aside; with three a side there is none to spare. */
const SHARE = 1 / 4;

const fromMedian = (values: readonly number[]): readonly number[] => {
  const middle = median(values);
  return values.map((value) => value - middle);
};

/** Without its slowest values that lie beyond the limit, at most one in four. */
function undisturbed(values: readonly number[], limit: number): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const beyond = sorted.filter((value) => value > limit).length;
  return sorted.slice(0, sorted.length - Math.min(beyond, Math.floor(values.length * SHARE)));
}

/**
 * Both sides without the processes that were disturbed. Noise only ever makes a process slower, so only slow ones are
 * looked for: those more than 4 standard deviations above the median of their side. The deviation is the MAD of both
 * sides together, which two disturbed processes of ten do not move.
 * @param base,head logs towards worse, at least three a side
 * @param floor least standard deviation that is believed
 */
export function withoutDisturbed(base: readonly number[], head: readonly number[], floor: number): readonly (readonly number[])[] {
  const distances = [...fromMedian(base), ...fromMedian(head)].map(Math.abs);
  const sigma = Math.max(floor, 1.4826 * median(distances));
  return [base, head].map((side) => undisturbed(side, median(side) + FAR * sigma));
}
