/** What a generated file truly holds: every latency of a success, kept to be sorted. */
export class Exact {
  requests = 0;
  failed = 0;
  private readonly milliseconds = new Map<string, number[]>();

  add(endpoint: string, milliseconds: number, failed: boolean): void {
    this.requests++;
    if (failed) this.failed++;
    else for (const name of ["*", endpoint]) this.listOf(name).push(milliseconds);
  }

  /** Nearest rank, in seconds, by `endpoint percentile`. */
  percentiles(): Record<string, number> {
    const ranks = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
    return Object.fromEntries(
      [...this.milliseconds].flatMap(([endpoint, all]) => {
        const sorted = Float64Array.from(all).sort();
        return Object.entries(ranks).map(([name, rank]) => [
          `${endpoint} latency_${name}`,
          (sorted[Math.ceil(rank * sorted.length) - 1] ?? Number.NaN) / 1000,
        ]);
      }),
    );
  }

  private listOf(name: string): number[] {
    const list = this.milliseconds.get(name) ?? [];
    this.milliseconds.set(name, list);
    return list;
  }
}
