import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type BenchBundle, benchBundle } from "./bench-bundle.js";
import { BENCH_FORMAT, benchRun } from "./bench-run.js";
import { fields, peek, readJson, shaped } from "./json.js";

const id = BENCH_FORMAT;
const title = "redline bench --output";

const recognizes = (head: Uint8Array): boolean => fields(peek(head)).format === id;

function refuseTwins(series: BenchBundle["series"]): void {
  const seen = new Set<string>();
  for (const { benchmark, metric, statistic, unit, better } of series) {
    const key = JSON.stringify([benchmark, metric, statistic, unit, better]);
    if (seen.has(key))
      throw new FormatError("duplicate-name", text`${benchmark} stands twice in the file`, text`give the file as redline bench wrote it`);
    seen.add(key);
  }
}

function refuseOtherVersions(value: unknown): void {
  const { version } = fields(value);
  if (version === 1) return;
  const found = typeof version === "number" ? version : 0;
  throw new FormatError("unknown-version", text`version ${found} of the file is not known`, text`this Redline reads version 1; update it`);
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const value = await readJson(chunks);
  refuseOtherVersions(value);
  const bundle = shaped(benchBundle, value, title);
  refuseTwins(bundle.series);
  return benchRun(bundle);
}

export const redlineBench: ResultFormat = { id, title, recognizes, parse };
