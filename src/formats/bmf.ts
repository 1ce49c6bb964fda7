import { z } from "zod";
import type { Measurement, ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { microRun } from "./micro.js";
import { type ToolUnit, toolUnit } from "./tool-units.js";

const id = "bmf";
const title = "Bencher Metric Format";

const KEYS = ["value", "lower_value", "upper_value"];

const measure = z.looseObject({ value: z.unknown() });
const file = z.record(z.string(), z.record(z.string(), measure));

const isMeasure = (value: unknown): boolean => {
  const keys = Object.keys(fields(value));
  return typeof value === "object" && keys.every((key) => KEYS.includes(key));
};

/** Every value is an object of measures and nothing else; where the head ends, the last ones may be empty. */
function recognizes(head: Uint8Array): boolean {
  const benchmarks = Object.values(fields(peek(head)));
  const measures = benchmarks.flatMap((one) => Object.values(fields(one)));
  const certain = measures.some((one) => typeof fields(one).value === "number");
  return certain && benchmarks.every((one) => typeof one === "object" && !Array.isArray(one)) && measures.every(isMeasure);
}

/** The measures that Bencher defines itself. The file states neither unit nor direction, and others are never guessed. */
const KNOWN: ReadonlyMap<string, ToolUnit> = new Map([
  ["latency", toolUnit("ns")],
  ["throughput", toolUnit("ops/s")],
  ["build-time", toolUnit("s")],
  ["file-size", toolUnit("B")],
]);
const UNKNOWN: ToolUnit = { unit: "unknown", better: "unknown", scale: 1 };

function measurement(benchmark: string, metric: string, value: unknown): Measurement {
  const { unit, better, scale } = KNOWN.get(metric) ?? UNKNOWN;
  return { benchmark, metric, unit, better, statistic: "value", value: numeric(value) * scale };
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const benchmarks = Object.entries(shaped(file, await readJson(chunks), title));
  const measurements = benchmarks.flatMap(([benchmark, measures]) =>
    Object.entries(measures).map(([metric, { value }]) => measurement(benchmark, metric, value)),
  );
  return microRun({ format: id, measurements, problems: [] });
}

export const bmf: ResultFormat = { id, title, recognizes, parse };
