import { DDSketch } from "@datadog/sketches-js";
import type { Percentile } from "./load.js";

/** Half of what is promised (0.5 %), so that nobody has to ask which side of a bucket a value fell on. */
const RELATIVE_ACCURACY = 0.0025;

/** Seconds. Nothing shorter can be measured and nobody waits longer; between them a sketch needs 55 KB at most. */
const SHORTEST = 1e-9;
export const LONGEST = 1e6;

const RANKS = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p99_9: 0.999 } as const satisfies Partial<Record<Percentile, number>>;

/** Requests behind the percentile of one in a thousand; below it is not asked for. */
const ENOUGH_FOR_P99_9 = 1_000;

/** Requests of one endpoint or of a whole run, in memory that does not grow with them. */
export class RequestTally {
  /** Latencies were counted in. */
  requests = 0;
  /** Of them, those known to have failed. */
  failed = 0;
  /** The latencies of all that are not known to have failed. */
  private readonly sketch = new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });

  /** @param seconds from 0 to {@link LONGEST} */
  add(seconds: number, failed: boolean): void {
    this.requests++;
    if (failed) this.failed++;
    else this.sketch.accept(seconds < SHORTEST ? 0 : seconds);
  }

  get successes(): number {
    return this.requests - this.failed;
  }

  /** Latencies in seconds; percentiles within 0.25 % of the nearest rank, mean and maximum exact. Nothing without a success. */
  seconds(): Partial<Record<Percentile, number>> {
    const { count, sum, max } = this.sketch;
    if (count === 0) return {};
    const { p99_9, ...percentiles } = RANKS;
    const asked = Object.entries(count >= ENOUGH_FOR_P99_9 ? { ...percentiles, p99_9 } : percentiles);
    return { mean: sum / count, ...Object.fromEntries(asked.map(([name, rank]) => [name, this.nearest(rank)])), max };
  }

  /**
   * The sketch takes `quantile × (count − 1)` for the rank and returns the first bucket that goes beyond it: half
   * a rank below the nearest rank, which is `⌈rank × count⌉`, meets exactly that bucket.
   */
  private nearest(rank: number): number {
    const { count, min, max } = this.sketch;
    // 0.999 × 1,000 may come out a little above 999: without the rounding the rank would be the next one.
    const nth = Math.ceil(Number((rank * count).toPrecision(12)));
    const value = nth >= count ? max : this.sketch.getValueAtQuantile((nth - 0.5) / (count - 1));
    return Math.min(max, Math.max(min, value));
  }
}
