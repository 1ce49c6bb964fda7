import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { failed } from "./micro.js";
import { type Reading, runOfReadings, timed } from "./timings.js";

const id = "vitest-bench";
const title = "vitest bench --outputJson";

const MILLISECOND = 1e-3;

const benchmark = z.looseObject({ name: z.string(), samples: z.array(z.unknown()).nullish() });
const group = z.looseObject({ fullName: z.string(), benchmarks: z.array(benchmark) });
const file = z.looseObject({ files: z.array(z.looseObject({ groups: z.array(group) })) });

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function isFile(value: unknown): boolean {
  const { filepath, groups } = fields(value);
  return isList(groups) && (typeof filepath === "string" || groups.some((one) => "fullName" in fields(one)));
}

function recognizes(head: Uint8Array): boolean {
  const { files } = fields(peek(head));
  return isList(files) && files.some(isFile);
}

/** The group's full name begins with the path below the root; a benchmark that threw has a name and no figures. */
function read(suite: string, one: z.infer<typeof benchmark>): Reading {
  const name = `${suite} > ${one.name}`;
  if (one.min === undefined && one.hz === undefined) return failed(name, text`it threw, and vitest still exits with 0`);
  return timed(name, { min: one.min, median: one.median, rounds: one.samples, n: one.sampleCount }, MILLISECOND);
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { files } = shaped(file, await readJson(chunks), title);
  const groups = files.flatMap(({ groups: inner }) => inner);
  const readings = groups.flatMap(({ fullName, benchmarks }) => benchmarks.map((one) => read(fullName, one)));
  return runOfReadings({ format: id, tool: "vitest" }, readings);
}

export const vitestBench: ResultFormat = { id, title, recognizes, parse };
