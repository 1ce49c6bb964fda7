import type { Percentile } from "./load.js";

/** Values below this are counted as they are; above it four digits are kept, an error of at most 0.05 %. */
const EXACT = 10_000;

/** The finest are left out where nobody asked for them and the values are too few: a file that writes them is another matter. */
const PERCENTAGES = [
  ["p50", 50, 1],
  ["p75", 75, 1],
  ["p90", 90, 1],
  ["p95", 95, 1],
  ["p97_5", 97.5, 40],
  ["p99", 99, 1],
  ["p99_9", 99.9, 1_000],
  ["p99_99", 99.99, 10_000],
] as const satisfies readonly (readonly [percentile: Percentile, percentage: number, fewest: number])[];

const fourDigits = (value: number): number => (value < EXACT ? value : Number(value.toPrecision(4)));

/** Latencies counted in whole steps of their tool: as exact as the tool is, in little memory whatever their number. */
export class Histogram {
  readonly #counts = new Map<number, number>();
  #total = 0;
  #sum = 0;
  #max = 0;

  /** @param steps a whole number of steps, at least 0; @param times how often it was seen */
  add(steps: number, times = 1): void {
    const key = fourDigits(steps);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
    this.#total += times;
    this.#sum += steps * times;
    this.#max = Math.max(this.#max, steps);
  }

  merge(other: Histogram): void {
    for (const [steps, times] of other.#counts) this.add(steps, times);
    this.#sum += other.#sum - [...other.#counts].reduce((sum, [steps, times]) => sum + steps * times, 0);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** Values counted. */
  get total(): number {
    return this.#total;
  }

  /** Distinct values held, which is what it costs. */
  get size(): number {
    return this.#counts.size;
  }

  /** Nearest-rank percentiles, mean and maximum in seconds; nothing when no value was counted. @param perSecond steps of a second */
  statistics(perSecond: number): Readonly<Partial<Record<Percentile, number>>> {
    if (this.#total === 0) return {};
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    let [at, seen] = [-1, 0];
    const percentiles = PERCENTAGES.filter(([, , fewest]) => this.#total >= fewest).map(([name, percentage]) => {
      // 99.9 * 1000 / 100 is a little above 999: without the rounding the rank would be the next one
      const rank = Math.ceil(Number(((this.#total * percentage) / 100).toPrecision(12)));
      while (seen < rank) seen += sorted[++at]?.[1] ?? Number.POSITIVE_INFINITY;
      return [name, (sorted[at]?.[0] ?? Number.NaN) / perSecond];
    });
    return { ...Object.fromEntries(percentiles), mean: this.#sum / this.#total / perSecond, max: this.#max / perSecond };
  }
}
