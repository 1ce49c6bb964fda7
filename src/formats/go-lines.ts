import { type Line, printed } from "./text-lines.js";

/** One line of figures, as `testing.B` prints it. */
interface GoResult {
  /** As printed, with the number of processors at its end. */
  readonly name: string;
  readonly iterations: number;
  /** Value and unit, in the order printed. A value that is no number is NaN. */
  readonly figures: readonly (readonly [value: number, unit: string])[];
}

/** What one test binary wrote: one package, one process. */
export interface GoBlock {
  readonly package: string | undefined;
  readonly results: readonly GoResult[];
  /** Benchmarks and tests after `--- FAIL:`. */
  readonly failed: readonly string[];
  /** `goos`, `goarch`, `cpu`. */
  readonly headers: ReadonlyMap<string, string>;
  /** `FAIL` alone ends a binary that ran to its end; without it before `FAIL <package>`, it stopped or was not built. */
  readonly end: "passed" | "failed" | "stopped" | "missing";
  readonly lastLine: number;
}

type Building = { -readonly [Key in keyof GoBlock]: GoBlock[Key] extends readonly (infer Item)[] ? Item[] : GoBlock[Key] } & {
  headers: Map<string, string>;
  /** The name of a result whose line was broken up by what the benchmark itself printed. */
  interrupted?: string;
};

const empty = (from?: string): Building => ({
  package: from,
  results: [],
  failed: [],
  headers: new Map(),
  end: "missing",
  lastLine: 0,
});

const wordsOf = (line: string): readonly string[] => line.split(/\s+/).filter((word) => word !== "");

/** Pairs of value and unit behind the iterations; undefined when the words are something else. */
function resultOf(name: string, [iterations = "", ...words]: readonly string[]): GoResult | undefined {
  if (!/^\d+$/.test(iterations) || words.length < 2 || words.length % 2 === 1) return undefined;
  const figures = words.flatMap((word, index) => (index % 2 === 0 ? [[printed(word), words[index + 1] ?? ""] as const] : []));
  return { name, iterations: Number(iterations), figures };
}

/** A line of figures of its own: `BenchmarkFib/n=10-8   5604217   210.2 ns/op`. */
export function goResult(line: string): GoResult | undefined {
  if (!line.startsWith("Benchmark")) return undefined;
  const [name = "", ...words] = wordsOf(line);
  return resultOf(name, words);
}

function takeResult(block: Building, line: string): boolean {
  const [first = "", ...words] = wordsOf(line);
  if (first.startsWith("Benchmark")) {
    const result = resultOf(first, words);
    if (result === undefined) block.interrupted = first;
    else block.results.push(result);
    return true;
  }
  const rest = block.interrupted !== undefined && words[1] === "ns/op" ? resultOf(block.interrupted, [first, ...words]) : undefined;
  if (rest === undefined) return false;
  block.results.push(rest);
  delete block.interrupted;
  return true;
}

const HEADER = /^(goos|goarch|pkg|cpu): (.*)$/;
const FAILED = /^\s*--- FAIL: (\S+)/;
const END = /^(ok|FAIL)\s+(\S+)/;

/** True when the line closes its block. A package outside a module is called by its absolute path, which is no identity. */
function takeEnd(block: Building, line: string): boolean {
  const [, how, name] = END.exec(line) ?? [];
  if (line === "PASS" && block.end === "missing") block.end = "passed";
  if (line === "FAIL") block.end = "failed";
  if (how === undefined) return false;
  if (how === "ok") block.end = "passed";
  else if (block.end === "missing") block.end = "stopped";
  if (!name?.startsWith("_/")) block.package ??= name;
  return true;
}

function takeHeader(block: Building, line: string): boolean {
  const [, key, value] = HEADER.exec(line) ?? [];
  if (key === undefined || value === undefined) return false;
  if (key === "pkg") block.package = value.trim();
  else block.headers.set(key, value.trim());
  return true;
}

const isUsed = (block: Building): boolean =>
  block.results.length + block.failed.length + block.headers.size > 0 || block.end === "failed" || block.end === "stopped";

/** A header behind results, or behind another of its kind, belongs to the next process. */
const beginsNext = (block: Building, line: string): boolean => {
  const key = HEADER.exec(line)?.[1];
  return key !== undefined && (block.results.length > 0 || block.end !== "missing" || block.headers.has(key));
};

/**
 * The blocks of what `go test -bench` printed, one for each run of a package. A bare `FAIL` at the very end,
 * which sums up all packages, is no block.
 * @param from the package, where the caller knows it
 */
export function goBlocks(lines: Iterable<Line>, from?: string): readonly GoBlock[] {
  const blocks: GoBlock[] = [];
  let block = empty(from);
  const close = () => {
    if (isUsed(block)) blocks.push(block);
    block = empty(from);
  };
  for (const { text: line, number } of lines) {
    if (beginsNext(block, line)) close();
    if (line !== "") block.lastLine = number;
    const failed = FAILED.exec(line)?.[1];
    if (failed !== undefined) block.failed.push(failed);
    else if (!takeHeader(block, line) && !takeResult(block, line) && takeEnd(block, line)) close();
  }
  const isSum = block.results.length + block.failed.length + block.headers.size === 0 && blocks.length > 0;
  if (!isSum) close();
  return blocks;
}
