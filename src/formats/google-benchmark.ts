import { z } from "zod";
import { FormatError, type Measurement, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { gather } from "./bytes.js";
import { type GoogleGroup, type GoogleRow, googleGroups, googleRow } from "./google-rows.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { environmentOf, failed, microRun, ofRounds, type Series } from "./micro.js";
import { peekLines } from "./text-lines.js";
import { toolUnit, unitFields } from "./tool-units.js";

const id = "google-benchmark";
const title = "Google Benchmark's JSON";

const context = z.looseObject({ num_cpus: z.number().optional().catch(undefined), load_avg: z.array(z.unknown()).catch([]).optional() });
const file = z.looseObject({ context: context.optional().catch(undefined), benchmarks: z.array(googleRow) });
type Context = z.infer<typeof context>;

const CSV = "name,iterations,real_time,cpu_time,time_unit,";
const isCsv = (head: Uint8Array): boolean => peekLines(head.subarray(0, 4_096)).some((line) => line.startsWith(CSV));

function recognizes(head: Uint8Array): boolean {
  const begun = fields(peek(head));
  const machine = fields(begun.context);
  const first = fields(Array.isArray(begun.benchmarks) ? begun.benchmarks[0] : undefined);
  const runsGoogle = "num_cpus" in machine && ("library_build_type" in machine || "mhz_per_cpu" in machine || "executable" in machine);
  return runsGoogle || ("time_unit" in first && "real_time" in first) || isCsv(head);
}

/** Fields of the library itself. What is left is a counter of the benchmark's own. */
const OWN: ReadonlySet<string> = new Set([
  ..."family_index per_family_instance_index repetitions repetition_index threads iterations real_time cpu_time".split(" "),
  ..."bytes_per_second items_per_second allocs_per_iter max_bytes_used total_allocated_bytes net_heap_growth".split(" "),
]);

const counters = (rows: readonly GoogleRow[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => !OWN.has(key) && typeof row[key] === "number"))),
];

function time({ name, iterations, median }: GoogleGroup): Measurement {
  const rows = iterations.length > 0 ? iterations : [median];
  const meaning = toolUnit(rows[0]?.time_unit ?? "no unit");
  const series: Series = { benchmark: name, metric: "time", ...unitFields(meaning) };
  const rounds = rows.map((row) => numeric(row?.real_time) * toolUnit(row?.time_unit ?? "no unit").scale);
  return iterations.length > 0 ? ofRounds(series, rounds) : { ...series, statistic: "median", value: rounds[0] ?? Number.NaN };
}

/** What a MemoryManager counts: one figure, alike in every repetition of the same code. */
function allocations({ name, iterations }: GoogleGroup): readonly Measurement[] {
  const counts = iterations.flatMap(({ allocs_per_iter }) => (typeof allocs_per_iter === "number" ? [allocs_per_iter] : []));
  if (counts.length === 0) return [];
  const series: Series = { benchmark: name, metric: "allocations", unit: "1", better: "lower" };
  return [ofRounds({ ...series, ...(new Set(counts).size === 1 && { deterministic: true }) }, counts)];
}

function ownCounters({ name, iterations }: GoogleGroup): readonly Measurement[] {
  return counters(iterations).map((metric) =>
    ofRounds(
      { benchmark: name, metric, unit: "unknown", better: "unknown" },
      iterations.map((row) => numeric(row[metric])),
    ),
  );
}

const isFailed = (row: GoogleRow): boolean => row.error_occurred === true;
const isSkipped = (row: GoogleRow): boolean => row.skipped === true;

/** A row with an error has times of 0. One of several repetitions is enough: the others did not measure the same. */
function read(group: GoogleGroup): { readonly measurements: readonly Measurement[]; readonly problems: readonly Problem[] } {
  const { name, iterations } = group;
  const error = iterations.find(isFailed);
  if (error !== undefined)
    return { measurements: [], problems: [failed(name, error.error_message === undefined ? [] : [{ foreign: error.error_message }])] };
  if (iterations.some(isSkipped)) {
    const message = text`${name}: the benchmark skipped itself: ${iterations.find(isSkipped)?.skip_message ?? "it gives no reason"}`;
    return { measurements: [], problems: [{ level: "warning", code: "benchmark-skipped", message }] };
  }
  return { measurements: [time(group), ...allocations(group), ...ownCounters(group)], problems: [] };
}

const warning = (code: string, message: Problem["message"], remedy: NonNullable<Problem["remedy"]>): Problem => ({
  level: "warning",
  code,
  message,
  remedy,
});

function machineProblems({
  num_cpus = Number.POSITIVE_INFINITY,
  load_avg = [],
  cpu_scaling_enabled,
  library_build_type,
}: Context): Problem[] {
  const [load] = load_avg;
  const busy = typeof load === "number" && load > num_cpus;
  return [
    ...(library_build_type === "debug"
      ? [
          warning(
            "debug-build",
            text`the benchmark library was built for debugging`,
            text`link a release build; Debian's library always says this`,
          ),
        ]
      : []),
    ...(busy
      ? [
          warning(
            "busy-machine",
            text`the machine was busy when it began: a load of ${load} on ${num_cpus} processors`,
            text`let nothing else run beside it`,
          ),
        ]
      : []),
    ...(cpu_scaling_enabled === true
      ? [
          warning(
            "cpu-scaling",
            text`the processor changes its clock rate while it measures`,
            text`fix the rate, or compare interleaved runs only`,
          ),
        ]
      : []),
  ];
}

function refuseCsv(head: Uint8Array): void {
  if (!isCsv(head)) return;
  throw new FormatError(
    "csv",
    text`this is Google Benchmark's CSV, which ends in the middle without a word when two benchmarks have different counters`,
    text`write JSON: --benchmark_out=redline-google.json --benchmark_out_format=json`,
  );
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const bytes = await gather(chunks);
  refuseCsv(bytes);
  const { context: machine, benchmarks } = shaped(file, await readJson(once(bytes)), title);
  const parts = googleGroups(benchmarks).map(read);
  return microRun({
    format: id,
    tool: "Google Benchmark",
    measurements: parts.flatMap((part) => part.measurements),
    ...(machine === undefined ? {} : { environment: environmentOf({ cores: machine.num_cpus }) }),
    problems: [...parts.flatMap((part) => part.problems), ...(machine === undefined ? [] : machineProblems(machine))],
  });
}

export const googleBenchmark: ResultFormat = { id, title, recognizes, parse };
