import { z } from "zod";
import type { Origin, ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { latencyPercentiles } from "./load.js";
import { type EndpointFigures, loadRun } from "./load-run.js";

const id = "jmeter-statistics";
const title = "JMeter dashboard statistics.json";

/** Times are measured in whole milliseconds. */
const RESOLUTION = 0.001;

/** JMeter's default for pct1 to 3 (aggregate_rpt_pct); the file does not say what was configured. */
const PERCENTILES = [90, 95, 99];

const tally = z.number().int().nonnegative();
const row = z.looseObject({ transaction: z.string(), sampleCount: tally, errorCount: tally });
const file = z.record(z.string(), row);
type Row = z.infer<typeof row>;

function recognizes(head: Uint8Array): boolean {
  const [first] = Object.values(fields(peek(head)));
  return "transaction" in fields(first) && "sampleCount" in fields(first);
}

/** Failures are in every time. */
function figures(row: Row, endpoint: string, percentages: readonly number[]): EndpointFigures {
  const time = (key: string) => numeric(row[key]) / 1000;
  const percentiles = percentages.map((percentage, index) => [percentage, time(`pct${index + 1}ResTime`)] as const);
  return {
    endpoint,
    requests: row.sampleCount,
    failed: row.errorCount,
    seconds: {
      ...("medianResTime" in row ? { p50: time("medianResTime") } : {}),
      ...latencyPercentiles(percentiles),
      mean: time("meanResTime"),
      max: time("maxResTime"),
    },
    perSecond: numeric(row.throughput),
    resolution: RESOLUTION,
  };
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const { Total: total, ...labels } = shaped(file, await readJson(chunks), title);
  const percentages = origin.percentiles?.[id] ?? PERCENTILES;
  const endpoints = Object.values(labels).map((row) => figures(row, row.transaction, percentages));
  return loadRun({
    format: id,
    tool: "JMeter",
    ...(total === undefined ? {} : { total: figures(total, "*", percentages) }),
    endpoints,
  });
}

export const jmeterStatistics: ResultFormat = { id, title, recognizes, parse };
