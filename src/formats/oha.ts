import { z } from "zod";
import type { ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { count, type Percentile, withoutFinest } from "./load.js";
import { loadRun } from "./load-run.js";

const id = "oha";
const title = "oha --output-format json";

/** oha counts in nanoseconds and writes all digits. */
const RESOLUTION = 1e-9;

const tally = z.number().int().nonnegative();
const counts = z.record(z.string(), tally).default({});
const times = z.looseObject({});
const file = z.looseObject({
  summary: z.looseObject({}),
  latencyPercentiles: times,
  latencyPercentilesSuccessful: times.nullish(),
  statusCodeDistribution: counts,
  errorDistribution: counts,
});
type File = z.infer<typeof file>;

const KEYS = {
  p50: "p50",
  p75: "p75",
  p90: "p90",
  p95: "p95",
  p97_5: "p97.5",
  p99: "p99",
  p99_9: "p99.9",
  p99_99: "p99.99",
} as const satisfies Partial<Record<Percentile, string>>;

function recognizes(head: Uint8Array): boolean {
  const { summary } = fields(peek(head));
  return "successRate" in fields(summary) && "requestsPerSec" in fields(summary);
}

const sumOf = (counted: Readonly<Record<string, number>>): number => Object.values(counted).reduce((sum, times) => sum + times, 0);

const isGood = ([status]: readonly [string, number]): boolean => /^[23]\d\d$/.test(status);

/** Seconds, although the newer `metrics.latency_ms` beside them is milliseconds. Mean and maximum exist over all answers only. */
function secondsOf(run: File): Readonly<Partial<Record<Percentile, number>>> {
  const { summary, latencyPercentilesSuccessful } = run;
  const written = latencyPercentilesSuccessful ?? run.latencyPercentiles;
  const percentiles = Object.entries(KEYS).flatMap(([percentile, key]) => (key in written ? [[percentile, numeric(written[key])]] : []));
  const overall = latencyPercentilesSuccessful ? {} : { mean: numeric(summary.average), max: numeric(summary.slowest) };
  return { ...Object.fromEntries(percentiles), ...overall };
}

function cutOff({ errorDistribution }: File): Problem[] {
  const aborted = Object.entries(errorDistribution).filter(([error]) => /deadline/i.test(error));
  if (aborted.length === 0) return [];
  const times = aborted.reduce((sum, [, requests]) => sum + requests, 0);
  const message = text`${count(times)} requests were cut off by the end of the run and count as failed`;
  return [{ level: "warning", code: "cut-off", message, remedy: text`let oha wait for them with --wait-ongoing-requests-after-deadline` }];
}

/** `successRate` leaves out what never answered: failures are counted from both distributions. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const run = shaped(file, await readJson(chunks), title);
  const answered = sumOf(run.statusCodeDistribution);
  const errors = sumOf(run.errorDistribution);
  const good = sumOf(Object.fromEntries(Object.entries(run.statusCodeDistribution).filter(isGood)));
  const total = {
    endpoint: "*",
    requests: answered + errors,
    failed: answered + errors - good,
    byStatus: run.statusCodeDistribution,
    seconds: withoutFinest(secondsOf(run), answered),
    perSecond: numeric(run.summary.requestsPerSec),
    resolution: RESOLUTION,
    ...(run.latencyPercentilesSuccessful ? { successesOnly: true as const } : { timed: answered }),
  };
  return loadRun({ format: id, tool: "oha", total, problems: cutOff(run) });
}

export const oha: ResultFormat = { id, title, recognizes, parse };
