import type { Profile } from "./profile.js";
import type { RuntimePart } from "./runtime.js";
import type { Text } from "./text.js";

/** SI base units; a count or ratio is `1`. A unit nobody declared is `unknown`: shown, never judged. */
export type Unit = "s" | "B" | "1/s" | "1" | "unknown";

/** Which way is better. `unknown` is never guessed: such a metric is `incomparable` until configured. */
export type Direction = "lower" | "higher" | "unknown";

/** What the figure is. A baseline `min` is never compared with a candidate `mean`. */
export type Statistic =
  | "min"
  | "p25"
  | "median"
  | "mean"
  | "p50"
  | "p75"
  | "p90"
  | "p95"
  | "p97_5"
  | "p99"
  | "p99_9"
  | "p99_99"
  | "max"
  | "rate"
  | "value";

/** One metric of one benchmark, in SI units. */
export interface Measurement {
  /** Suite, full name and parameters: the identity, together with `metric` and `statistic`. Foreign text. */
  readonly benchmark: string;
  /**
   * `time`, `throughput`, `error_rate`, `latency_` and a statistic (`latency_p99`, `latency_mean`, `latency_max`),
   * `memory` (bytes an operation), `allocations` (a count an operation), or the tool's own name.
   */
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Direction;
  readonly statistic: Statistic;
  readonly value: number;
  /** Median of the rounds, where the tool gives one: the second opinion of mode C. Same unit as `value`. */
  readonly typical?: number;
  /** Raw rounds of ONE process, only when the file holds all of them. Not independent samples. */
  readonly rounds?: readonly number[];
  /** The rounds of each process in run order, when the tool started several: one row is one independent sample. */
  readonly processes?: readonly (readonly number[])[];
  /** A count that the same code repeats exactly: allocations, bytes allocated, instructions. Compared without statistics. */
  readonly deterministic?: true;
  /** The unit as the tool wrote it, where `unit` is `unknown`: `cycles/iter`. Foreign. */
  readonly sourceUnit?: string;
  /** Rounds or requests behind the figure. */
  readonly n?: number;
  /** The request this measures, for load tests: `GET /api/checkout`, a URL, or `*` for the run's total. */
  readonly endpoint?: string;
  /** The tool's smallest step in `unit`; a difference below two steps cannot be seen. A time of 0 is believed only with one. */
  readonly resolution?: number;
}

/** What a load test sent and what came back. Counts of requests; rates 0..1. */
export interface Load {
  readonly requests: number;
  readonly failed: number;
  readonly errorRate: number;
  readonly byStatus?: Readonly<Record<string, number>>;
}

/** Where a run was measured, as far as the file says. */
export interface Environment {
  readonly cpu?: string;
  readonly cores?: number;
  readonly arch?: string;
  readonly os?: string;
  readonly runtime?: string;
}

/** Something a person should know about an input. Never thrown away: it reaches the report. */
export interface Problem {
  readonly level: "error" | "warning";
  /** Stable, kebab-case: `no-data`, `unknown-format`, `truncated`, `config-invalid`, … */
  readonly code: string;
  readonly message: Text;
  /** What to do about it. */
  readonly remedy?: Text;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
}

/** One benchmark's metric on both sides of an interleaved run, a row of rounds for each process in run order. */
export interface PairedSeries
  extends Pick<Measurement, "benchmark" | "metric" | "unit" | "better" | "deterministic" | "endpoint" | "sourceUnit" | "resolution"> {
  /** Empty when the side does not have the benchmark. */
  readonly base: readonly (readonly number[])[];
  readonly head: readonly (readonly number[])[];
}

/** Base and head measured alternately on one machine, as `redline bench` does: the evidence of mode A. Full SHAs. */
export interface Paired {
  readonly base: string;
  readonly head: string;
  /** What was run on both sides, as a shell reads it: one printable line, cut at 200 characters. Foreign. */
  readonly command?: string;
  readonly series: readonly PairedSeries[];
}

/** What one result file holds. */
export interface ParsedRun {
  readonly format: string;
  readonly tool?: string;
  readonly measurements: readonly Measurement[];
  /** Set when the run proves nothing (no request succeeded, no benchmark ran): never compared, never a pass. */
  readonly noData?: Text;
  readonly load?: Load;
  readonly environment?: Environment;
  readonly paired?: Paired;
  readonly problems: readonly Problem[];
  /** What a test run did, as a trace or a log of the database tells: it measures nothing, and is counted. */
  readonly runtime?: RuntimePart;
  /** Where a program spent its time, as a profiler saw it: it is no measurement, and says which functions matter. */
  readonly profile?: Profile;
  /** The text of a file of SQL, which measures nothing: a schema dump, or migrations. Foreign. */
  readonly sql?: string;
}

/** Where the bytes of a result file come from, for the few formats that cannot be read from the bytes alone. */
export interface Origin {
  /** Path in the artifact or on disk: criterion's `fib/20/new/estimates.json`. Foreign. */
  readonly name: string;
  /** A file beside this one, by its bare name; undefined when there is none. */
  readonly sibling: (name: string) => Promise<Uint8Array | undefined>;
  /** A running SHA-256, of a platform that has a fast one. */
  readonly sha256?: () => { update(bytes: Uint8Array): void; hex(): string };
  /** How many times the App's default this door gives a file: 1 where it is left out. */
  readonly room?: number;
  /** Which percentiles a tool was configured to write, by format id, where its file does not say. */
  readonly percentiles?: Readonly<Record<string, readonly number[]>>;
}

/**
 * One result format. `recognizes` looks at content, never at the name; `parse` throws {@link FormatError}
 * for a broken file, so that "broken" is never read as "not mine".
 */
export interface ResultFormat {
  readonly id: string;
  /** The tool and file, for messages: `pytest-benchmark --benchmark-json`. */
  readonly title: string;
  /** `parse` needs the same memory however long the file is, so that the higher cap holds for it. */
  readonly streams?: true;
  /** The share of the higher cap that holds for it, because what it keeps of a file grows with it after all. */
  readonly share?: number;
  /** Bare names of files that the tool writes beside this one and that are no results by themselves. */
  readonly companions?: readonly string[];
  /** @param head the first 64 KB of the file. */
  recognizes(head: Uint8Array): boolean;
  parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun>;
}

/** A result file that its format cannot read. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly code: string;
  readonly sentence: Text;
  readonly remedy: Text;
  readonly line: number | undefined;

  constructor(code: string, sentence: Text, remedy: Text, line?: number) {
    super(code);
    this.code = code;
    this.sentence = sentence;
    this.remedy = remedy;
    this.line = line;
  }
}
