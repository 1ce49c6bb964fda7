import { z } from "zod";

const MOST_SERIES = 20_000;
const MOST_RUNS = 1_000;
/** A run may start many processes of its own, as hyperfine does. */
const MOST_PROCESSES = 10_000;
const MOST_ROUNDS = 1_000;
const LONGEST = 4_000;

const word = z.string().max(LONGEST);
const moment = z.iso.datetime().describe("ISO 8601 in UTC.");

const commit = z.strictObject({
  sha: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
    .describe("Full commit SHA."),
  revision: word.describe("What the command was given."),
});

const environment = z.strictObject({
  cpu: word.exactOptional(),
  cores: z.int().positive().exactOptional(),
  arch: word.exactOptional(),
  os: word.exactOptional(),
  runtime: word.exactOptional().describe("Of the benchmarks, where a result file says it."),
});

const run = z.strictObject({
  side: z.enum(["base", "head"]),
  round: z.int().positive().describe("1-based; a round is one run of each side."),
  started: moment,
  seconds: z.number().nonnegative(),
  outcome: z.enum(["measured", "failed", "timed-out", "no-result", "interrupted"]),
  exit: z.int().nullable().describe("Exit code of the command; null when it was ended by a signal or never started."),
  files: z.array(word).max(MOST_RUNS).describe("Result files that were read, relative to the work tree."),
  message: word.nullable().describe("Why nothing was measured."),
});

const processes = z
  .array(z.array(z.number()).min(1).max(MOST_ROUNDS))
  .max(MOST_PROCESSES)
  .describe("One row for each process in run order, in it that process's rounds; empty when the side lacks the benchmark.");

const series = z.strictObject({
  benchmark: word.min(1).describe("Suite, full name and parameters."),
  metric: word.min(1),
  unit: z.enum(["s", "B", "1/s", "1", "unknown"]).describe("SI base unit of every figure; a count or ratio is `1`."),
  better: z.enum(["lower", "higher", "unknown"]),
  statistic: z
    .enum(["min", "p25", "median", "mean", "p50", "p75", "p90", "p95", "p97_5", "p99", "p99_9", "p99_99", "max", "rate", "value"])
    .describe("What the tool's own figure is."),
  deterministic: z.literal(true).exactOptional().describe("A count that the same code repeats exactly."),
  endpoint: word.exactOptional().describe("The request that a load test sent."),
  sourceUnit: word.exactOptional().describe("The unit as the tool wrote it, where `unit` is `unknown`."),
  resolution: z.number().positive().exactOptional().describe("The tool's smallest step in `unit`."),
  base: processes,
  head: processes,
});

/** What `redline bench` writes. Strict: a field that nobody knows is refused, not ignored. */
export const benchBundle = z.strictObject({
  format: z.literal("redline-bench"),
  version: z.literal(1),
  tool: word.describe("`redline` and its version."),
  state: z
    .enum(["running", "complete", "interrupted", "failed"])
    .describe("`running` in a finished job means that it was killed; what was measured until then counts."),
  reason: word.nullable().describe("Why it is not complete."),
  started: moment,
  finished: moment.nullable(),
  base: commit.describe("The commit that the head is compared with."),
  head: commit,
  command: z.array(word).min(1).max(MOST_RUNS),
  setup: word.nullable().describe("What ran once in each work tree before the first round."),
  rounds: z.int().positive().describe("Rounds before the first look."),
  maxRounds: z.int().positive(),
  environment: environment.describe("The machine, the same for both sides."),
  runs: z.array(run).max(2 * MOST_RUNS),
  series: z.array(series).max(MOST_SERIES),
});

export type BenchBundle = z.infer<typeof benchBundle>;
export type BenchRun = BenchBundle["runs"][number];
export type BenchSeries = BenchBundle["series"][number];
export type Side = BenchRun["side"];

/** The bundle's JSON schema, as `docs/bench.schema.json` publishes it. */
export function benchSchema(): object {
  return { title: "redline-bench.json", ...z.toJSONSchema(benchBundle) };
}
