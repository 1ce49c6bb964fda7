import { z } from "zod";
import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { median } from "../statistics/quantiles.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { environmentOf, failed } from "./micro.js";
import { printed } from "./text-lines.js";
import { type Reading, runOfReadings, timed } from "./timings.js";

const id = "tinybench";
const title = "tinybench tasks";

const MILLISECOND = 1e-3;
const NANOSECOND = 1e-9;

const task = z.looseObject({ name: z.string(), result: z.looseObject({}).nullish() });
const row = z.looseObject({ "Task name": z.string() });
type Task = z.infer<typeof task>;
type Row = z.infer<typeof row>;

const FLAT = ["totalTime", "min", "hz"];

function isTask(value: unknown): boolean {
  const { name, result } = fields(value);
  const { latency, state, error, ...flat } = fields(result);
  if (typeof name !== "string" || typeof result !== "object") return false;
  return "p75" in fields(latency) || typeof state === "string" || error !== undefined || FLAT.every((key) => key in flat);
}

/** In the middle of the first task, only its beginning is known; the table's first column is nobody else's. */
function recognizes(head: Uint8Array): boolean {
  const value = peek(head);
  if (!Array.isArray(value)) return false;
  return value.some((one) => isTask(one) || "Task name" in fields(one) || "Task Name" in fields(one));
}

/** Samples of older versions are sorted, which is no harm: the rounds of one process count as one. */
function ofTask({ name, result }: Task): Reading {
  const { state, error, latency, ...flat } = fields(result);
  if (error !== undefined || state === "errored") return failed(name, text`it threw`);
  if (state !== undefined && state !== "completed") return failed(name, text`it ended in the state ${String(state)}`);
  const times = latency === undefined ? flat : fields(latency);
  const samples = Array.isArray(times.samples) ? times.samples : [];
  const rounds = samples.map(numeric);
  const middle = times.p50 ?? (rounds.length > 0 ? median(rounds) : undefined);
  return timed(name, { min: times.min, median: middle, rounds, n: times.samplesCount ?? (rounds.length || undefined) }, MILLISECOND);
}

const MEDIAN = "Latency med (ns)";

/** `311.00 ± 31.00`: the number before the sign; the rest is its deviation. */
const before = (cell: unknown): number => (typeof cell === "string" ? printed(cell.split("±")[0]?.trim() ?? "") : numeric(cell));

/** The table has no minimum, and its times are nanoseconds while those of the tasks are milliseconds. */
function ofRow(one: Row): Reading {
  const name = one["Task name"];
  if ("Error" in one) return failed(name, text`it threw: ${String(one.Error)}`);
  const value = before(one[MEDIAN]) * NANOSECOND;
  const n = numeric(one.Samples);
  const count = Number.isNaN(n) ? {} : { n };
  return { benchmark: name, metric: "time", unit: "s", better: "lower", statistic: "median", value, ...count };
}

const isTable = (tasks: readonly unknown[]): boolean => tasks.some((one) => "Task name" in fields(one));

function refuseOldTable(tasks: readonly unknown[]): void {
  const shown = tasks.map(fields).find((one) => "Task Name" in one || ("Task name" in one && !("Error" in one)));
  if (shown === undefined || MEDIAN in shown) return;
  throw new FormatError(
    "unexpected-shape",
    text`the table of this version of tinybench has no column ${MEDIAN}`,
    text`write the tasks instead: JSON.stringify(bench.tasks.map(({ name, result }) => ({ name, result })))`,
  );
}

const runtimeOf = (tasks: readonly Task[]): string | undefined => {
  const { runtime, runtimeVersion } = fields(tasks.find(({ result }) => fields(result).runtime !== undefined)?.result);
  return typeof runtime === "string" ? [runtime, runtimeVersion].filter((part) => typeof part === "string").join(" ") : undefined;
};

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const value = shaped(z.array(z.unknown()), await readJson(chunks), title);
  refuseOldTable(value);
  if (isTable(value)) return runOfReadings({ format: id, tool: "tinybench" }, shaped(z.array(row), value, title).map(ofRow));
  const tasks = shaped(z.array(task), value, title);
  const environment = environmentOf({ runtime: runtimeOf(tasks) });
  return runOfReadings({ format: id, tool: "tinybench", environment }, tasks.map(ofTask));
}

export const tinybench: ResultFormat = { id, title, recognizes, parse };
