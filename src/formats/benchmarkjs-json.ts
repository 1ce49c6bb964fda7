import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { failed, ofRounds } from "./micro.js";
import { type Reading, runOfReadings } from "./timings.js";

const id = "benchmarkjs-json";
const title = "benchmark.js suite JSON";

const benchmark = z.looseObject({ name: z.string(), stats: z.looseObject({ sample: z.array(z.unknown()) }) });
const suite = z.looseObject({ name: z.string().optional().catch(undefined) });

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : fields(value)["0"]);

function recognizes(head: Uint8Array): boolean {
  const { name, stats } = fields(firstOf(peek(head)));
  const { sample, deviation, rme } = fields(stats);
  return typeof name === "string" && Array.isArray(sample) && deviation !== undefined && rme !== undefined;
}

/** A suite is an object with the indices of its benchmarks as keys; `Array.from(suite)` is an array of them. */
function benchmarksOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return Object.entries(fields(value))
    .filter(([key]) => /^\d+$/.test(key))
    .map(([, one]) => one);
}

/** Samples are seconds per operation. One that threw has none of them, and a mean of 0. */
function read(prefix: string, one: z.infer<typeof benchmark>): Reading {
  const name = `${prefix}${one.name}`;
  if ("error" in one) return failed(name, text`it threw`);
  if (one.stats.sample.length === 0) return failed(name, text`it has no samples`);
  return ofRounds({ benchmark: name, metric: "time", unit: "s", better: "lower" }, one.stats.sample.map(numeric));
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const value = await readJson(chunks);
  const benchmarks = shaped(z.array(benchmark), benchmarksOf(value), title);
  const name = Array.isArray(value) ? undefined : shaped(suite, value, title).name;
  const prefix = name === undefined ? "" : `${name} > `;
  const readings = benchmarks.map((one) => read(prefix, one));
  return runOfReadings({ format: id, tool: "benchmark.js" }, readings);
}

export const benchmarkjsJson: ResultFormat = { id, title, recognizes, parse };
