import type { z } from "zod";
import type { Direction, Measurement, ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type DotNetEntry, dotNetFile, type host } from "./benchmarkdotnet-shape.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { environmentOf, failed, microRun, ofProcesses, ofRounds, type Series } from "./micro.js";

const id = "benchmarkdotnet";
const title = "BenchmarkDotNet's JSON (*-report-full.json)";

const NANOSECOND = 1e-9;

/** The machine stands first; where an exporter of one's own left it out, an entry's names tell. */
function recognizes(head: Uint8Array): boolean {
  const begun = fields(peek(head));
  const first = fields(Array.isArray(begun.Benchmarks) ? begun.Benchmarks[0] : undefined);
  return "HostEnvironmentInfo" in begun || ("Method" in first && "Statistics" in first);
}

/** Namespace, type, method and parameters; an entry without any of them has no name at all. */
function fullName({ FullName, Namespace, Type, Method, MethodTitle, Parameters }: DotNetEntry): string {
  if (FullName !== undefined && FullName !== "") return FullName;
  const parts = [Namespace, Type, Method ?? MethodTitle].filter((part) => part !== undefined && part !== "");
  return `${parts.join(".")}${Parameters === undefined || Parameters === "" ? "" : `(${Parameters})`}`;
}

/** `Memory.Sort: ShortRun(IterationCount=3)`: what stands behind the method is the job. */
const jobOf = ({ DisplayInfo = "" }: DotNetEntry): string => {
  const at = DisplayInfo.indexOf(": ");
  return at < 0 ? "" : DisplayInfo.slice(at + 2);
};

/** Names of all entries; where two share one, as the same method under two runtimes does, the job is part of it. */
function namesOf(entries: readonly DotNetEntry[]): readonly string[] {
  const times = new Map<string, number>();
  for (const name of entries.map(fullName)) times.set(name, (times.get(name) ?? 0) + 1);
  return entries.map((entry) => {
    const name = fullName(entry);
    const job = jobOf(entry);
    return (times.get(name) ?? 0) > 1 && job !== "" ? `${name} [${job}]` : name;
  });
}

/** Rounds of each launch, which is a process: what the tool calls its results, or else its workload. */
function launches(entry: DotNetEntry): readonly (readonly number[])[] {
  const rows = (entry.Measurements ?? []).map(fields);
  const results = rows.filter(({ IterationMode, IterationStage }) => IterationMode === "Result" || IterationStage === "Result");
  const actual = rows.filter(({ IterationMode, IterationStage }) => IterationMode === "Workload" && IterationStage === "Actual");
  const byLaunch = new Map<number, number[]>();
  for (const row of results.length > 0 ? results : actual) {
    const launch = numeric(row.LaunchIndex);
    const time = (numeric(row.Nanoseconds) / numeric(row.Operations)) * NANOSECOND;
    const known = byLaunch.get(launch);
    if (known === undefined) byLaunch.set(launch, [time]);
    else known.push(time);
  }
  return [...byLaunch.values()];
}

/** One launch has its values ready, without outliers; several are told apart by their single measurements only. */
function time(series: Series, entry: DotNetEntry): Measurement {
  const { OriginalValues = [], ...statistics } = entry.Statistics ?? {};
  const rows = launches(entry);
  if (rows.length > 1) return ofProcesses(series, rows, "best");
  if (OriginalValues.length > 0)
    return ofRounds(
      series,
      OriginalValues.map((value) => numeric(value) * NANOSECOND),
    );
  const typical = numeric(statistics.Median) * NANOSECOND;
  const n = numeric(statistics.N);
  if (statistics.Min === undefined) return { ...series, statistic: "median", value: typical };
  const beside = { ...(Number.isNaN(typical) ? {} : { typical }), ...(Number.isNaN(n) ? {} : { n }) };
  return { ...series, statistic: "min", value: numeric(statistics.Min) * NANOSECOND, ...beside };
}

/** Bytes an operation are counted by the runtime, and the same code allocates the same. */
function memory(benchmark: string, { Memory }: DotNetEntry): readonly Measurement[] {
  const bytes = Memory?.BytesAllocatedPerOperation;
  if (typeof bytes !== "number") return [];
  return [{ benchmark, metric: "memory", unit: "B", better: "lower", deterministic: true, statistic: "value", value: bytes }];
}

/** Figures that the benchmark's diagnosers add. Their unit is the tool's own word; their direction is in the file. */
function metrics(benchmark: string, entry: DotNetEntry): readonly Measurement[] {
  return (entry.Metrics ?? []).flatMap((one) => {
    const { Value, Descriptor } = fields(one);
    const { Id, Unit, TheGreaterTheBetter } = fields(Descriptor);
    if (typeof Id !== "string" || Id === "Allocated Memory" || /^Gen\dCollects$/.test(Id)) return [];
    const better: Direction = typeof TheGreaterTheBetter === "boolean" ? (TheGreaterTheBetter ? "higher" : "lower") : "unknown";
    const sourceUnit = typeof Unit === "string" && Unit !== "" ? { sourceUnit: Unit } : {};
    return [{ benchmark, metric: Id, unit: "unknown", better, ...sourceUnit, statistic: "value", value: numeric(Value) }];
  });
}

interface Read {
  readonly measurements: readonly Measurement[];
  readonly problems: readonly Problem[];
}

function read(entry: DotNetEntry, name: string): Read {
  const benchmark = name === "" ? "(no name)" : name;
  if (entry.Statistics === undefined || entry.Statistics === null) return { measurements: [], problems: [failed(benchmark)] };
  const series: Series = { benchmark, metric: "time", unit: "s", better: "lower" };
  return { measurements: [time(series, entry), ...memory(benchmark, entry), ...metrics(benchmark, entry)], problems: [] };
}

function environment(info: z.infer<typeof host>) {
  const { ProcessorName: cpu, LogicalCoreCount: cores, Architecture: arch, OsVersion: os, RuntimeVersion: runtime } = info;
  return environmentOf({ cpu, cores, arch, os, runtime });
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { HostEnvironmentInfo: machine, Benchmarks } = shaped(dotNetFile, await readJson(chunks), title);
  const version = machine?.BenchmarkDotNetVersion;
  const names = namesOf(Benchmarks);
  const parts = Benchmarks.map((entry, index) => read(entry, names[index] ?? ""));
  return microRun({
    format: id,
    tool: version === undefined ? "BenchmarkDotNet" : `BenchmarkDotNet ${version}`,
    measurements: parts.flatMap((part) => part.measurements),
    ...(Benchmarks.length === 0 ? { noData: text`no benchmark ran` } : {}),
    ...(machine === undefined ? {} : { environment: environment(machine) }),
    problems: parts.flatMap((part) => part.problems),
  });
}

export const benchmarkdotnet: ResultFormat = { id, title, recognizes, parse };
