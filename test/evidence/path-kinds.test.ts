import { describe, expect, it } from "vitest";
import { isBenchmark, isLoadTest, isOnlyDocumentation, isProduction, isSource, matchesAny } from "../../src/evidence/path-kinds.js";

const usual = { ignore: [], benchmarks: [], loadTests: [], classes: {} };

describe("kinds of paths", () => {
  it.each([
    "bench/parse.ts",
    "src/parse.bench.ts",
    "tests/bench_parse.py",
    "benchmarks/run.py",
    "src/ParseBenchmark.java",
    "src/jmh/java/A.java",
  ])("takes %s for a benchmark", (path) => {
    expect(isBenchmark(path, usual)).toBe(true);
    expect(isProduction(path, usual)).toBe(false);
  });

  it.each([
    "k6/checkout.js",
    "load/k6-script.js",
    "locustfile.py",
    "perf/shop.jmx",
    "load-tests/a.yml",
    "src/gatling/ShopSimulation.scala",
    "artillery.yml",
  ])("takes %s for a load test", (path) => {
    expect(isLoadTest(path, usual)).toBe(true);
  });

  it.each(["src/checkout.ts", "lib/parse.py", "README.md"])("takes %s for neither", (path) => {
    expect(isBenchmark(path, usual) || isLoadTest(path, usual)).toBe(false);
  });

  it("does not take prose about benchmarks for one", () => {
    expect(isBenchmark("docs/benchmarks.md", usual)).toBe(false);
    expect(isLoadTest("k6/README.md", usual)).toBe(false);
  });

  it("adds what the configuration names to the usual names", () => {
    const configured = { ignore: [], benchmarks: ["perf/**"], loadTests: ["load/**"], classes: {} };
    expect(isBenchmark("perf/a.md", configured)).toBe(true);
    expect(isBenchmark("bench/a.ts", configured)).toBe(true);
    expect(isLoadTest("load/a.js", configured)).toBe(true);
  });

  it.each(["test/a.ts", "src/a.test.ts", "src/a_test.go", "tests/test_a.py", "src/__tests__/a.js", "src/ATest.java"])(
    "does not take the test %s for production code",
    (path) => {
      expect(isProduction(path, usual)).toBe(false);
    },
  );

  it("knows source by its extension, in any case", () => {
    expect(["a.ts", "b/A.PY", "c.go"].map(isSource)).toEqual([true, true, true]);
    expect(["a.json", "b.md", "Makefile", "ts"].map((path) => isSource(path))).toEqual([false, false, false, true]);
  });

  it("matches any of several globs", () => {
    expect(matchesAny(["a/**", "b/*"], "b/c")).toBe(true);
    expect(matchesAny([], "b/c")).toBe(false);
  });
});

describe("a change of documentation alone", () => {
  const only = (...paths: readonly string[]): boolean => isOnlyDocumentation(paths.map((path) => ({ path })));

  it("holds text and pictures for people", () => {
    expect(only("README.md", "docs/guide.rst", "docs/flow.svg", "LICENSE")).toBe(true);
  });

  it.each(["requirements.txt", "docs/page.mdx", "docs/conf.py", "README"])("is none with %s", (path) => {
    expect(only("README.md", path)).toBe(false);
  });

  it("is none without a file, or with one that was code before", () => {
    expect(only()).toBe(false);
    expect(isOnlyDocumentation([{ path: "a.md", previousPath: "a.ts" }])).toBe(false);
  });
});
