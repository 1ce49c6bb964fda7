import { type Environment, FormatError, type Measurement, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { figure, text } from "../model/text.js";
import { type GoBlock, goBlocks, goResult } from "./go-lines.js";
import { goOutput, outputByPackage } from "./go-test-events.js";
import { environmentOf, failed, incomplete, microRun, ofProcesses, type Series } from "./micro.js";
import { type Line, linesOf, peekLines, readLines } from "./text-lines.js";
import { toolUnit, unitFields } from "./tool-units.js";

const id = "go-bench";
const title = "go test -bench";

const isResult = (line: string): boolean => line.startsWith("goos: ") || goResult(line) !== undefined;

/** `goos:` is printed when benchmarks run, and by no mere test. */
function recognizes(head: Uint8Array): boolean {
  return peekLines(head).some((line) => {
    if (!line.startsWith("{")) return isResult(line);
    const output = goOutput(line)?.output;
    return output !== undefined && (isResult(output.trimEnd()) || /^Benchmark\S*\s*$/.test(output));
  });
}

/** Metrics that every Go benchmark may print; any other unit is its own metric's name. */
const METRICS: ReadonlyMap<string, string> = new Map([
  ["ns/op", "time"],
  ["B/op", "memory"],
  ["allocs/op", "allocations"],
  ["MB/s", "throughput"],
]);

/** No more measurements are taken of one file: further ones would only fill the memory. */
const MOST_SERIES = 20_000;

const COUNTED: ReadonlySet<string> = new Set(["B/op", "allocs/op"]);

/** Figures of one series: a row of repeats (`-count`) for each process. */
interface Repeated {
  readonly name: string;
  readonly unit: string;
  readonly rows: ReadonlyMap<GoBlock, number[]>;
}

/**
 * The number of processors that every name ends in. Where names differ in it, or one has none (GOMAXPROCS=1),
 * it may be part of the name: `/n-10` and `/n-20` are two benchmarks.
 */
function processorsOf(blocks: readonly GoBlock[]): number | undefined {
  const endings = new Set(blocks.flatMap(({ results }) => results.map(({ name }) => /-(\d{1,4})$/.exec(name)?.[1])));
  const [only] = endings;
  return endings.size === 1 && only !== undefined ? Number(only) : undefined;
}

function nameOf(from: string | undefined, printedName: string, processors: number | undefined): string {
  const name = processors === undefined ? printedName : printedName.slice(0, printedName.lastIndexOf("-"));
  return from === undefined ? name : `${from}.${name}`;
}

/** Figures of one name and unit, collected over all blocks. */
function repeatsOf(blocks: readonly GoBlock[], processors: number | undefined): readonly Repeated[] {
  const all = new Map<string, { name: string; unit: string; rows: Map<GoBlock, number[]> }>();
  for (const block of blocks) {
    for (const result of block.results) {
      const name = nameOf(block.package, result.name, processors);
      for (const [value, unit] of result.figures) {
        const key = JSON.stringify([name, unit]);
        const known = all.get(key) ?? { name, unit, rows: new Map<GoBlock, number[]>() };
        const row = known.rows.get(block);
        if (row === undefined) all.set(key, { ...known, rows: known.rows.set(block, [value]) });
        else row.push(value);
      }
      if (all.size > MOST_SERIES)
        throw new FormatError("too-many", text`the output holds more than ${MOST_SERIES} figures`, text`give it in several files`);
    }
  }
  return [...all.values()];
}

/** Bytes and allocations are exact only when every repeat agrees. */
function measured({ name, unit, rows }: Repeated): Measurement {
  const meaning = toolUnit(unit);
  const values = [...rows.values()].map((row) => row.map((value) => value * meaning.scale));
  const series: Series = { benchmark: name, metric: METRICS.get(unit) ?? unit, ...unitFields(meaning) };
  const exact = COUNTED.has(unit) && new Set(values.flat()).size === 1;
  return ofProcesses({ ...series, ...(exact && { deterministic: true }) }, values, "best");
}

const isBenchmark = (name: string): boolean => name.startsWith("Benchmark");

/** A thousand million iterations of less than half a nanosecond: the compiler left nothing to measure. */
function vanished(block: GoBlock): readonly Problem[] {
  const empty = block.results.filter(
    ({ iterations, figures }) => iterations >= 1e9 && figures.some(([value, unit]) => unit === "ns/op" && value < 0.5),
  );
  return [...new Set(empty.map(({ name }) => name))].map((name) => ({
    level: "warning",
    code: "optimised-away",
    message: text`${name}: less than ${figure("0.5 ns")} an operation, so the compiler may have removed what it measures`,
    remedy: text`keep the result, in a variable of the package or with b.Loop()`,
  }));
}

/** Why a package's figures are not all there; benchmarks that failed one by one are named by themselves. */
function whyIncomplete({ end, headers, failed: names, package: from = "the package", lastLine }: GoBlock): readonly Problem[] {
  if (end === "stopped") return [incomplete(text`${from} stopped before its end, or was not built`, lastLine)];
  if (end === "failed" && !names.some(isBenchmark)) return [incomplete(text`${from} failed`, lastLine)];
  return end === "missing" && headers.size > 0 ? [incomplete(text`the output of ${from} ends at line ${lastLine}`, lastLine)] : [];
}

function problemsOf(block: GoBlock): readonly Problem[] {
  const named = block.failed.filter(isBenchmark).map((name) => failed(nameOf(block.package, name, undefined)));
  return [...named, ...whyIncomplete(block), ...vanished(block)];
}

function environment(blocks: readonly GoBlock[], cores: number | undefined): Environment {
  const headers = blocks.find((block) => block.headers.size > 0)?.headers;
  return environmentOf({ cpu: headers?.get("cpu"), cores, arch: headers?.get("goarch"), os: headers?.get("goos") });
}

function blocksIn(lines: readonly Line[]): readonly GoBlock[] {
  if (!lines.some((line) => goOutput(line.text) !== undefined)) return goBlocks(lines);
  return [...outputByPackage(lines)].flatMap(([name, output]) => goBlocks(linesOf(output), name));
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const blocks = blocksIn([...(await readLines(chunks))]);
  const processors = processorsOf(blocks);
  return microRun({
    format: id,
    tool: title,
    measurements: repeatsOf(blocks, processors).map(measured),
    environment: environment(blocks, processors),
    problems: blocks.flatMap(problemsOf),
  });
}

export const goBench: ResultFormat = { id, title, recognizes, parse };
