import { z } from "zod";
import { FormatError, type Measurement, type Origin, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { microRun, ofRounds, type Series } from "./micro.js";

const id = "criterion-estimates";
const title = "criterion's estimates.json";

/** Criterion writes nanoseconds, whatever it prints. */
const NANOSECOND = 1e-9;

const estimate = z.looseObject({ point_estimate: z.unknown() });
const file = z.looseObject({ mean: estimate.optional().catch(undefined), median: estimate });
const named = z.looseObject({ full_id: z.string() });

function recognizes(head: Uint8Array): boolean {
  const begun = fields(peek(head));
  const isEstimate = (key: string): boolean => ["point_estimate", "confidence_interval"].some((part) => part in fields(begun[key]));
  return isEstimate("mean") || (isEstimate("median") && ("median_abs_dev" in begun || "std_dev" in begun));
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** A file of criterion's beside this one, as a value; nothing when there is none or it is broken. */
async function sibling(origin: Origin, name: string): Promise<unknown> {
  const bytes = await origin.sibling(name);
  if (bytes === undefined) return undefined;
  try {
    return await readJson(once(bytes));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

const COPIES: ReadonlyMap<string, string> = new Map([
  ["base", "the estimates of an earlier run that was stored on that machine"],
  ["change", "the change against an earlier run that was stored on that machine"],
]);

/** `new/` is this run. `base/` and `change/` come with a cached `target` folder and are stale. */
function refuseCopy(folder: string | undefined): void {
  const what = COPIES.get(folder ?? "");
  if (what === undefined) return;
  throw new FormatError("not-this-run", text`it holds ${[what]}`, text`give the files below new/ only: target/criterion/**/new/*.json`);
}

/** Folders of a path, the file itself left out; both kinds of slash, because archives keep the machine's own. */
const foldersOf = (path: string): readonly string[] => path.split(/[\\/]/).slice(0, -1);

/** The benchmark's folders, as far as they are known to be below criterion's own: `target/criterion/grp/fib/12/new`. */
function nameFromPath(folders: readonly string[]): string {
  const root = folders.lastIndexOf("criterion");
  const name = folders.slice(root + 1, -1).join("/");
  if (root >= 0 && folders.at(-1) === "new" && name !== "") return name;
  throw new FormatError(
    "no-name",
    text`it does not hold its benchmark's name, and there is no benchmark.json beside it`,
    text`upload the benchmark.json and sample.json of the same folder with it: target/criterion/**/new/*.json`,
  );
}

async function nameOf(origin: Origin, folders: readonly string[]): Promise<string> {
  const beside = named.safeParse(await sibling(origin, "benchmark.json"));
  return beside.success ? beside.data.full_id : nameFromPath(folders);
}

/** Times are totals of many iterations: a time of one is their quotient. Empty when there is no complete list. */
function samples(value: unknown): readonly number[] {
  const { iters, times } = fields(value);
  if (!Array.isArray(iters) || !Array.isArray(times) || iters.length !== times.length) return [];
  return times.map((total, index) => (numeric(total) / numeric(iters[index])) * NANOSECOND);
}

function measured(benchmark: string, estimates: z.infer<typeof file>, rounds: readonly number[]): Measurement {
  const series: Series = { benchmark, metric: "time", unit: "s", better: "lower" };
  if (rounds.length > 0) return ofRounds(series, rounds);
  return { ...series, statistic: "median", value: numeric(estimates.median.point_estimate) * NANOSECOND };
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const folders = foldersOf(origin.name);
  refuseCopy(folders.at(-1));
  const estimates = shaped(file, await readJson(chunks), title);
  const benchmark = await nameOf(origin, folders);
  const rounds = samples(await sibling(origin, "sample.json"));
  return microRun({ format: id, tool: "criterion", measurements: [measured(benchmark, estimates, rounds)], problems: [] });
}

export const criterionEstimates: ResultFormat = {
  id,
  title,
  companions: ["benchmark.json", "sample.json", "tukey.json"],
  recognizes,
  parse,
};
