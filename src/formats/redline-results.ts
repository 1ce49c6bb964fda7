import type { Measurement, ParsedRun, ResultFormat, Statistic } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { median } from "../statistics/quantiles.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { isPercentile } from "./load.js";
import { environmentOf, microRun } from "./micro.js";
import { ofEndpoints } from "./redline-results-endpoints.js";
import { type Result, type ResultsFile, resultsFile } from "./redline-results-schema.js";
import { withParameters } from "./timings.js";
import { type ToolUnit, toolUnit, unitFields } from "./tool-units.js";

const id = "redline-results";
const title = "Redline results";

function recognizes(head: Uint8Array): boolean {
  const { redline, results } = fields(peek(head));
  return typeof redline === "number" && Array.isArray(results);
}

const RATIOS: ReadonlyMap<string, ToolUnit> = new Map([
  ["1", { unit: "1", better: "unknown", scale: 1 }],
  ["%", { unit: "1", better: "unknown", scale: 0.01 }],
]);

const nameOf = ({ suite, name, params = {} }: Result): string => withParameters(suite === undefined ? name : `${suite} > ${name}`, params);

const LATENCY = "latency_";

function statisticOf({ metric, statistic }: Result): Statistic {
  const percentile = metric.startsWith(LATENCY) ? metric.slice(LATENCY.length) : "";
  if (isPercentile(percentile)) return percentile;
  return metric === "throughput" || metric === "error_rate" ? "rate" : statistic;
}

function sampled({ samples = [], samplesKind }: Result, scale: number): Partial<Measurement> {
  const values = samples.map((sample) => sample * scale);
  if (values.length === 0) return {};
  const raw = samplesKind === "process" ? { processes: values.map((value) => [value]) } : { rounds: values };
  return { ...raw, n: values.length, ...(values.length > 1 ? { typical: median(values) } : {}) };
}

function measurement(one: Result): Measurement {
  const unit = RATIOS.get(one.unit) ?? toolUnit(one.unit);
  const usual = one.metric === "error_rate" && unit.unit === "1" ? "lower" : unit.better;
  return {
    benchmark: nameOf(one),
    metric: one.metric,
    ...unitFields(unit),
    better: one.direction ?? usual,
    statistic: statisticOf(one),
    value: (one.value ?? Number.NaN) * unit.scale,
    ...sampled(one, unit.scale),
    ...(one.deterministic === undefined ? {} : { deterministic: one.deterministic }),
    ...(one.resolution === undefined ? {} : { resolution: one.resolution * unit.scale }),
    ...(one.requests === undefined ? {} : { n: one.requests }),
    ...(one.endpoint === undefined ? {} : { endpoint: one.endpoint }),
  };
}

const emptyFile = ({ results }: ResultsFile): { noData?: Text } =>
  results.length === 0 ? { noData: text`the list of results is empty` } : {};

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const file = shaped(resultsFile, await readJson(chunks), title);
  const requested = ofEndpoints(file.results, measurement);
  const { load, noData } = requested;
  return microRun({
    format: id,
    ...(file.tool === undefined ? {} : { tool: file.tool }),
    ...emptyFile(file),
    ...(noData === undefined ? {} : { noData }),
    measurements: noData === undefined ? requested.measurements : [],
    problems: noData === undefined ? requested.problems : [],
    ...(load === undefined ? {} : { load }),
    ...(file.environment === undefined ? {} : { environment: environmentOf(file.environment) }),
  });
}

export const redlineResults: ResultFormat = { id, title, recognizes, parse };
