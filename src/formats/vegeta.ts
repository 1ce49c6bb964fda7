import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import type { Percentile } from "./load.js";
import { loadRun } from "./load-run.js";
import { failuresIn } from "./vegeta-status.js";

const id = "vegeta";
const title = "vegeta report -type=json";

/** Times are whole nanoseconds. */
const RESOLUTION = 1e-9;

const tally = z.number().int().nonnegative();
const file = z.looseObject({
  latencies: z.looseObject({}),
  requests: tally,
  throughput: z.unknown(),
  status_codes: z.record(z.string(), tally),
});

const KEYS = {
  mean: "mean",
  p50: "50th",
  p90: "90th",
  p95: "95th",
  p99: "99th",
  max: "max",
} as const satisfies Partial<Record<Percentile, string>>;

function recognizes(head: Uint8Array): boolean {
  const { latencies } = fields(peek(head));
  return "50th" in fields(latencies) && "99th" in fields(latencies);
}

/** `errors` are distinct texts and no count. Requests that failed are in the latencies. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { latencies, requests, throughput, status_codes } = shaped(file, await readJson(chunks), title);
  const seconds = Object.entries(KEYS).flatMap(([name, key]) => (key in latencies ? [[name, numeric(latencies[key]) / 1e9]] : []));
  const total = {
    endpoint: "*",
    requests,
    ...failuresIn(status_codes, requests),
    seconds: Object.fromEntries(seconds),
    perSecond: numeric(throughput),
    resolution: RESOLUTION,
  };
  return loadRun({ format: id, tool: "vegeta", total });
}

export const vegeta: ResultFormat = { id, title, recognizes, parse };
