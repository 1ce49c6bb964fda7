import { printed } from "./text-lines.js";

/** A figure with its unit as printed, and the smallest step its digits can show. */
export interface CargoFigure {
  readonly value: number;
  readonly unit: string;
  readonly step: number;
}

/** A number as cargo's harnesses print it, with `,` between thousands. */
function figureOf(number: string, unit: string): CargoFigure {
  const decimals = number.split(".")[1]?.length ?? 0;
  return { value: printed(number, "commas"), unit, step: 10 ** -decimals };
}

/** What became of one test or benchmark of a libtest harness. */
type LibtestOutcome = { readonly figure: CargoFigure } | "FAILED" | "ignored" | "ok";

export interface LibtestLine {
  readonly name: string;
  readonly outcome: LibtestOutcome;
}

/** `bench: 3,161 ns/iter (+/- 975)`, `FAILED`, `ignored, why`; undefined for anything else. */
export function libtestOutcome(words: string): LibtestOutcome | undefined {
  const [word, number = "", unit = "", spread] = words.split(/ +/, 4);
  if (word === "bench:" && spread === "(+/-" && unit.includes("/")) return { figure: figureOf(number, unit) };
  return (["FAILED", "ignored", "ok"] as const).find((known) => words === known || words.startsWith(`${known},`));
}

const DOTS = " ... ";

/** `test tests::fib ... bench: 3,161 ns/iter (+/- 975)`, `... FAILED`, `... ignored`. Names may hold spaces. */
export function libtestLine(line: string): LibtestLine | undefined {
  if (!line.startsWith("test ")) return undefined;
  for (const dots of new Set([line.indexOf(DOTS), line.lastIndexOf(DOTS)])) {
    const outcome = dots < 0 ? undefined : libtestOutcome(line.slice(dots + DOTS.length));
    if (outcome !== undefined) return { name: line.slice(5, dots).trim(), outcome };
  }
  return undefined;
}

/** A test or benchmark that began, and whose outcome its own output pushed away: `test fib ... thread 'main' panicked`. */
export function libtestStart(line: string): string | undefined {
  const dots = line.startsWith("test ") ? `${line} `.indexOf(DOTS) : -1;
  return dots < 0 ? undefined : line.slice(5, dots).trim();
}

/** A line of criterion that gives a benchmark's time. The name stands alone on the line before when it is long. */
export interface CriterionTime {
  readonly name: string;
  readonly estimate: CargoFigure;
}

const INTERVAL = /^\[\S+ \S+ (\S+) (\S+) \S+ \S+\]$/;

/** `fib 10   time:   [148.60 ns 153.61 ns 158.04 ns]`: the middle one is the estimate, the others its 95 % interval. */
export function criterionTime(line: string): CriterionTime | undefined {
  const at = line.lastIndexOf("time:");
  if (at < 0) return undefined;
  const [, number, unit] = INTERVAL.exec(line.slice(at + 5).trim()) ?? [];
  return number === undefined || unit === undefined ? undefined : { name: line.slice(0, at).trim(), estimate: figureOf(number, unit) };
}

const PROGRESS = /: (?:Warming up for |Collecting \d+ samples |Profiling |Analyzing$)/;

/** The benchmark that criterion is at, as its progress says. */
export function criterionProgress(line: string): string | undefined {
  if (!line.startsWith("Benchmarking ")) return undefined;
  const at = PROGRESS.exec(line)?.index;
  return at === undefined ? undefined : line.slice("Benchmarking ".length, at);
}

/**
 * The target that cargo starts: its source file where it is named, else the binary without the hash that cargo
 * puts behind it: `Running benches/fib.rs (target/release/deps/fib-0123456789abcdef)`.
 */
export function runningTarget(line: string): string | undefined {
  const [, named = "", binary = ""] = /^\s*Running (?:unittests ?)?([^()]*)\(([^()]*)\)$/.exec(line) ?? [];
  const file = binary.slice(binary.lastIndexOf("/") + 1).replace(/-[0-9a-f]{6,16}$/, "");
  return named.trim() || file || undefined;
}
