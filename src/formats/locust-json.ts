import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { Histogram } from "./histogram.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { type EndpointFigures, loadRun } from "./load-run.js";
import { locustStep } from "./locust-step.js";

const id = "locust-json";
const title = "Locust --json";

const tally = z.number().int().nonnegative();
const entry = z.looseObject({
  name: z.string(),
  method: z.string().nullish(),
  num_requests: tally,
  num_failures: tally,
  total_response_time: z.number().nonnegative(),
  max_response_time: z.number().nonnegative(),
  response_times: z.record(z.string().regex(/^\d{1,12}$/), tally),
  start_time: z.number().nullish(),
  last_request_timestamp: z.number().nullish(),
});
const file = z.array(entry);
type Entry = z.infer<typeof entry>;

function recognizes(head: Uint8Array): boolean {
  const value = peek(head);
  const first = fields(Array.isArray(value) ? value[0] : undefined);
  return "num_requests" in first && ("num_failures" in first || "response_times" in first);
}

function histogramOf({ response_times }: Entry): Histogram {
  const histogram = new Histogram();
  for (const [milliseconds, times] of Object.entries(response_times)) histogram.add(Number(milliseconds), times);
  return histogram;
}

/** Several entries are added up by their histograms, never by averaging their percentiles. */
function figures(endpoint: string, entries: readonly Entry[]): EndpointFigures {
  const sum = (of: (entry: Entry) => number): number => entries.reduce((total, entry) => total + of(entry), 0);
  const times = new Histogram();
  for (const entry of entries) times.merge(histogramOf(entry));
  const requests = sum((entry) => entry.num_requests);
  const began = Math.min(...entries.map(({ start_time }) => start_time ?? Number.NaN));
  const ended = Math.max(...entries.map(({ last_request_timestamp }) => last_request_timestamp ?? Number.NaN));
  const exact = {
    mean: sum((entry) => entry.total_response_time) / times.total / 1000,
    max: Math.max(...entries.map(({ max_response_time }) => max_response_time)) / 1000,
  };
  return {
    endpoint,
    requests,
    failed: sum((entry) => entry.num_failures),
    seconds: times.total === 0 ? {} : { ...times.statistics(1000), ...exact },
    timed: times.total,
    ...(ended > began ? { perSecond: requests / (ended - began) } : {}),
    resolution: locustStep,
  };
}

const named = ({ method, name }: Entry): string => (method ? `${method} ${name}` : name);

/** The file has no total of its own. Failures are in every time. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const entries = shaped(file, await readJson(chunks), title);
  const requested = entries.filter((entry) => entry.num_requests > 0);
  const endpoints = requested.map((entry) => figures(named(entry), [entry]));
  return loadRun({ format: id, tool: "Locust", total: figures("*", requested), endpoints });
}

export const locustJson: ResultFormat = { id, title, recognizes, parse };
