import type { Measurement, ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type JmhEntry, type JmhMetric, jmhFile } from "./jmh-shape.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { environmentOf, microRun, ofProcesses, type Series } from "./micro.js";
import { type ToolUnit, toolUnit, unitFields } from "./tool-units.js";

const id = "jmh";
const title = "JMH's JSON (-rf json)";

/** The metrics come last in an entry, so that one that was cut is told by its JVM and mode. */
function recognizes(head: Uint8Array): boolean {
  const begun = peek(head);
  const first = fields(Array.isArray(begun) ? begun[0] : undefined);
  return "benchmark" in first && ("primaryMetric" in first || "jmhVersion" in first) && ("mode" in first || "jmhVersion" in first);
}

/** Benchmark, sorted parameters, mode and threads: one benchmark stands in the file once for each mode. */
function nameOf({ benchmark, params = {}, mode, threads = 1 }: JmhEntry): string {
  const given = Object.entries(params)
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .sort();
  const labels = [...given, ...(threads === 1 ? [] : [`threads=${threads}`])];
  return `${benchmark}${labels.length === 0 ? "" : ` {${labels.join(", ")}}`} [${mode}]`;
}

type Kind = "time" | "throughput";
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["thrpt", "throughput"],
  ["avgt", "time"],
  ["sample", "time"],
  ["ss", "time"],
]);

/** Mode and unit must agree, or nobody knows which way is better: then the figure is shown and not judged. */
function meaningOf(kind: Kind | undefined, unit: string): ToolUnit {
  const meaning = toolUnit(unit);
  const expected = kind === "throughput" ? "1/s" : "s";
  return kind !== undefined && meaning.unit === expected ? meaning : { unit: "unknown", better: "unknown", scale: 1, sourceUnit: unit };
}

function disagreement(entry: JmhEntry): readonly Problem[] {
  const { scoreUnit } = entry.primaryMetric;
  if (meaningOf(KINDS.get(entry.mode), scoreUnit).unit !== "unknown") return [];
  const message = text`${nameOf(entry)}: the mode ${entry.mode} does not go with the unit ${scoreUnit}, so it is shown and not judged`;
  return [{ level: "warning", code: "unit-unclear", message }];
}

/** A fork is a process of its own. Without its iterations only the score is known, which is their mean. */
function scored(series: Series, metric: JmhMetric, scale: number): Measurement {
  const rows = (metric.rawData ?? []).map((row) => row.map((value) => numeric(value) * scale)).filter((row) => row.length > 0);
  return rows.length > 0 ? ofProcesses(series, rows) : { ...series, statistic: "mean", value: numeric(metric.score) * scale };
}

/** Calls behind the histogram of mode `sample`; infinite where the file does not say. */
function calls({ rawDataHistogram }: JmhMetric): number {
  if (rawDataHistogram === undefined) return Number.POSITIVE_INFINITY;
  const counts = rawDataHistogram
    .flat(1)
    .flatMap((iteration) => iteration.map((pair) => numeric(Array.isArray(pair) ? pair[1] : undefined)));
  return counts.reduce((sum, count) => sum + count, 0);
}

const PERCENTILES = [
  ["50.0", "p50", 2],
  ["99.0", "p99", 100],
] as const;

/** Mode `sample`: single calls. A percentile with too few calls behind it is only the slowest of them. */
function sampled(series: Series, metric: JmhMetric, scale: number): readonly Measurement[] {
  const { scorePercentiles = {} } = metric;
  const n = calls(metric);
  return PERCENTILES.filter(([, , fewest]) => !(n < fewest)).map(([key, statistic]) => ({
    ...series,
    metric: `latency_${statistic}`,
    statistic,
    value: numeric(scorePercentiles[key]) * scale,
    ...(Number.isFinite(n) ? { n } : {}),
  }));
}

function primary(entry: JmhEntry): readonly Measurement[] {
  const kind = KINDS.get(entry.mode);
  const meaning = meaningOf(kind, entry.primaryMetric.scoreUnit);
  const series: Series = { benchmark: nameOf(entry), metric: kind ?? "score", ...unitFields(meaning) };
  if (entry.mode === "sample") return sampled(series, entry.primaryMetric, meaning.scale);
  return [scored(series, entry.primaryMetric, meaning.scale)];
}

/** The collector's own figure, which some versions mark with a dot in front. Bytes an operation hardly vary. */
const isAllocated = (name: string): boolean => name.replace(/^\u00b7/, "") === "gc.alloc.rate.norm";

/** Methods of a group share mode and unit with their benchmark; what profilers count beside memory is not read. */
function secondary(entry: JmhEntry): readonly Measurement[] {
  const { scoreUnit } = entry.primaryMetric;
  const kind = KINDS.get(entry.mode);
  return Object.entries(entry.secondaryMetrics ?? {}).flatMap(([name, metric]) => {
    const meaning = toolUnit(metric.scoreUnit);
    if (isAllocated(name) && meaning.unit === "B")
      return [scored({ benchmark: nameOf(entry), metric: "memory", ...unitFields(meaning) }, metric, meaning.scale)];
    if (kind === undefined || entry.mode === "sample" || metric.scoreUnit !== scoreUnit || meaning.unit === "unknown") return [];
    return [scored({ benchmark: `${nameOf(entry)} ${name}`, metric: kind, ...unitFields(meaning) }, metric, meaning.scale)];
  });
}

function environment([first]: readonly JmhEntry[]) {
  const { vmName, vmVersion, jdkVersion } = first ?? {};
  const runtime = [vmName, vmVersion ?? jdkVersion].filter((part) => part !== undefined).join(" ");
  return environmentOf({ runtime: runtime === "" ? undefined : runtime });
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const entries = shaped(jmhFile, await readJson(chunks), title);
  const version = entries[0]?.jmhVersion;
  return microRun({
    format: id,
    tool: version === undefined ? "JMH" : `JMH ${version}`,
    measurements: entries.flatMap((entry) => [...primary(entry), ...secondary(entry)]),
    environment: environment(entries),
    problems: entries.flatMap(disagreement),
  });
}

export const jmh: ResultFormat = { id, title, recognizes, parse };
