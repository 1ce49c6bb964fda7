import { expect, test } from "vitest";
import type { Comparison } from "../../src/model/judgement.js";
import { plain, text } from "../../src/model/text.js";
import { improved, slower as slowerIn, unchanged, uncompared } from "../../src/report/comparison-sections.js";
import type { Section } from "../../src/report/section.js";

const comparison = (benchmark: string, change: Partial<Comparison>): Comparison => ({
  benchmark,
  metric: "time",
  unit: "s",
  better: "lower",
  mode: "B",
  interval: null,
  noise: null,
  p: null,
  need: null,
  baselineRuns: 1,
  trend: [],
  alias: null,
  decision: "regression",
  baseline: 1,
  candidate: 1.2,
  change: 0.2,
  visible: 0.05,
  runs: 3,
  history: 20,
  blocks: false,
  reason: text`because`,
  ...change,
});

const snapshot = { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "c0ffee00c0ffee00" }, head: { sha: "h" }, files: [] };
const slower = (comparisons: readonly Comparison[], ...commands: readonly (string | undefined)[]): Section => {
  const paired = commands.map((command) => ({ base: "m", distance: 0, files: [], figures: 1, ...(command && { command }) }));
  return slowerIn({ comparisons, snapshot, comparability: { paired, machine: [], shift: null } });
};

const names = (section: Section): readonly string[] => section.rows.map((row) => plain(row[0]!).split(" ")[0]!);

test("what blocks comes first, then regressions, then suspects, each worst first", () => {
  const section = slower([
    comparison("suspect", { decision: "inconclusive", doubt: "suspect", change: 3 }),
    comparison("mild", { change: 0.1 }),
    comparison("blocks", { change: 0.12, blocks: true }),
    comparison("bad", { change: 0.5 }),
    comparison("throughput", { better: "higher", change: -0.5 }),
    comparison("quiet", { decision: "no-change" }),
    comparison("floor", { decision: "inconclusive", doubt: "noise-floor" }),
  ]);
  expect(names(section)).toEqual(["blocks", "throughput", "bad", "mild", "suspect"]);
  expect(plain(section.title)).toBe("Benchmarks that regressed");
});

test("suspects alone are not called regressions, and say what would decide them", () => {
  const section = slower([comparison("a", { decision: "inconclusive", doubt: "suspect", need: 2 })]);
  expect(plain(section.title)).toBe("Benchmarks that look slower");
  expect(plain(section.rows[0]![1]!)).toBe("⚠️ inconclusive, suspect, 2 more runs would tell");
});

test("asks for more rounds than the usual eight where they are needed", () => {
  const suspect = comparison("a", { mode: "A", decision: "inconclusive", doubt: "suspect", need: 12 });
  expect(plain(slower([suspect]).closing!)).toContain("redline bench --base c0ffee0 --max-rounds 12 --results FILE -- ");
});

test("the table ends with one line to reproduce it, naming the merge base and no foreign text", () => {
  const { closing } = slower([comparison("a", {})]);
  expect(closing?.join("")).toBe(
    "Measure it yourself, both commits in turn: `redline bench --base c0ffee0 --results FILE -- <your benchmark command>`",
  );
});

test("the line to reproduce it shows the command that was measured, as foreign text, where there is just one", () => {
  const line = (...commands: readonly (string | undefined)[]) => slower([comparison("a", {})], ...commands).closing?.at(-1);
  expect(line("npm run bench")).toEqual({ foreign: "redline bench --base c0ffee0 --results FILE -- npm run bench", statement: true });
  for (const several of [["npm run bench", "make bench"], ["npm run bench", undefined], [undefined]])
    expect(line(...several)).toBe("`redline bench --base c0ffee0 --results FILE -- <your benchmark command>`");
});

test("what could not be compared is listed by name, the missing first", () => {
  const section = uncompared([
    comparison("fresh", { decision: "new" }),
    comparison("odd", { decision: "incomparable" }),
    comparison("gone", { decision: "missing" }),
    comparison("first", { decision: "no-baseline" }),
    comparison("slow", {}),
  ]);
  expect(section.rows.map((row) => plain(row[0]!))).toEqual(["gone", "odd", "first", "fresh"]);
  expect(plain(section.title)).toBe("4 benchmark figures not compared");
});

test("improvements are one line, the best first, at most ten by name", () => {
  const better = Array.from({ length: 12 }, (_, index) => comparison(`b${index}`, { decision: "improvement", change: -0.1 - index / 100 }));
  const section = improved(better);
  expect(section.rows).toHaveLength(1);
  expect(plain(section.rows[0]![0]!)).toMatch(/^b11 -21 %, b10 -20 %, .* and 2 more$/);
  expect(improved([comparison("a", {})]).rows).toEqual([]);
});

test("undecided comparisons that point to nothing stand with the unchanged ones, with the reason", () => {
  const section = unchanged([
    comparison("quiet", { decision: "no-change" }),
    comparison("floor", { decision: "inconclusive", doubt: "noise-floor" }),
    comparison("suspect", { decision: "inconclusive", doubt: "suspect" }),
  ]);
  expect(section.rows.map((row) => plain(row[1]!))).toEqual(["✅ no change", "inconclusive: because"]);
});
