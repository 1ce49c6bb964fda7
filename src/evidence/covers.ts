import type { Collected } from "../model/collected.js";
import type { CountedEntry, RuntimeCounts } from "../model/counts.js";
import type { Cover } from "../model/coverage.js";
import type { Changes, Results } from "../model/evidence.js";
import type { ChangedFile } from "../model/pull-request.js";

/** What of this head could exercise the code. */
export interface Exercise {
  readonly benchmarks: readonly string[];
  readonly endpoints: readonly string[];
  /** Benchmarks and load tests that changed with it, with their text. */
  readonly files: readonly ChangedFile[];
  readonly entries: readonly CountedEntry[];
}

const each = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** @param changes of which benchmarks and load tests count as exercise, too */
export function exerciseOf(results: Collected<Results>, runtime: Collected<RuntimeCounts>, changes: Changes): Exercise {
  const files = results.status === "absent" ? [] : results.value.files.filter(({ run }) => run.noData === undefined);
  const measurements = files.flatMap(({ run }) => run.measurements);
  const suites = runtime.status === "absent" ? [] : runtime.value.suites;
  return {
    benchmarks: each(measurements.filter(({ endpoint }) => endpoint === undefined).map(({ benchmark }) => benchmark)),
    endpoints: each(measurements.flatMap(({ endpoint }) => endpoint ?? [])),
    files: changes.files.filter(({ path }) => changes.benchmarks.includes(path) || changes.loadTests.includes(path)),
    entries: suites.flatMap(({ entries }) => entries.filter(({ runs }) => runs.head.length > 0)),
  };
}

/** Words of a name in small letters: `CartTotal`, `cart_total` and `cart-total` have the same. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== "");

/** Names of files that tell nothing; then their folder does. */
const EMPTY = new Set([
  "index",
  "main",
  "mod",
  "init",
  "lib",
  "app",
  "base",
  "core",
  "types",
  "util",
  "utils",
  "service",
  "handler",
  "views",
  "models",
]);

/** What a file is called, for somebody who names a benchmark after it. */
export function subjectOf(path: string): readonly string[] {
  const parts = path.split("/");
  const stem = wordsOf((parts.at(-1) ?? "").replace(/\..*$/u, ""));
  return stem.every((word) => EMPTY.has(word)) ? wordsOf(parts.at(-2) ?? "") : stem;
}

const namesAll = (subject: readonly string[], name: string): boolean => {
  const words = new Set(wordsOf(name));
  return subject.length > 0 && subject.every((word) => words.has(word));
};

/** Benchmarks whose names name the subject. */
export const namedBenchmarks = (subject: readonly string[], { benchmarks }: Exercise): readonly Cover[] =>
  benchmarks.filter((name) => namesAll(subject, name)).map((name) => ({ what: "benchmark", why: "named", name }));

/** Changed benchmarks whose path or text names it. */
export const namingFiles = (subject: string, words: readonly string[], { files }: Exercise): readonly Cover[] =>
  files
    .filter(({ path, head = "" }) => namesAll(words, path) || head.includes(subject))
    .map(({ path }) => ({ what: "benchmark file", why: "named", name: path }));

/** Tests whose record shows that they ran a file, or a function of it. */
export function tracedTests(path: string, fn: string | undefined, { entries }: Exercise): readonly Cover[] {
  const ran = ({ statements }: CountedEntry): boolean =>
    statements.some(
      ({ code }) =>
        code?.path !== undefined && (code.path === path || code.path.endsWith(`/${path}`)) && (fn === undefined || code.function === fn),
    );
  return entries.filter(ran).map(({ name }) => ({ what: "test", why: "traced", name }));
}
