const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * Linear interpolation at position (n−1)·q of the sorted values (type 7 of Hyndman and Fan).
 * @param values at least one finite number, any order.
 * @param q 0..1
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = ascending(values);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The median as the logs see it: an even number of values gives the geometric mean of the middle two.
 * @param values at least one number above 0.
 */
export function geometricMedian(values: readonly number[]): number {
  const sorted = ascending(values);
  const below = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const above = sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN;
  return Math.sqrt(below * above);
}

/** Median absolute deviation from the median, not yet scaled to a standard deviation (× 1.4826). */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation, divisor n−1. @param values at least two numbers. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
