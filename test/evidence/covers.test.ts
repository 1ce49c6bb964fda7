import { describe, expect, it } from "vitest";
import { exerciseOf, namedBenchmarks, namingFiles, subjectOf, tracedTests, wordsOf } from "../../src/evidence/covers.js";
import type { CountedEntry } from "../../src/model/counts.js";
import type { Changes } from "../../src/model/evidence.js";
import { text } from "../../src/model/text.js";

const none: Changes = { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [] };
const absent = { status: "absent", reason: text`none` } as const;

const figure = (benchmark: string, endpoint?: string) =>
  ({
    benchmark,
    metric: "time",
    unit: "s",
    better: "lower",
    statistic: "min",
    value: 1,
    ...(endpoint !== undefined && { endpoint }),
  }) as const;

const results = (...measurements: readonly ReturnType<typeof figure>[]) =>
  ({ status: "collected", value: { files: [{ file: "run.json", run: { format: "any", measurements, problems: [] } }] } }) as const;

const entry = (name: string, code: object): CountedEntry =>
  ({ kind: "test", key: name, name, runs: { head: [1], base: [] }, statements: [{ code }] }) as unknown as CountedEntry;

describe("what of this head exercises code", () => {
  it("is benchmarks and endpoints that were measured, each once, and files that changed", () => {
    const files = [
      { path: "bench/cart.ts", status: "modified", head: "total()" },
      { path: "src/cart.ts", status: "modified" },
    ] as const;
    const exercise = exerciseOf(results(figure("test_cart"), figure("test_cart"), figure("GET /a", "GET /a")), absent, {
      ...none,
      files,
      benchmarks: ["bench/cart.ts"],
    });
    expect(exercise).toMatchObject({ benchmarks: ["test_cart"], endpoints: ["GET /a"], files: [files[0]], entries: [] });
  });

  it("is nothing of a run that proves nothing", () => {
    const [file] = results(figure("test_cart")).value.files;
    const broken = { status: "collected", value: { files: [{ ...file!, run: { ...file!.run, noData: text`nothing ran` } }] } } as const;
    expect(exerciseOf(broken, absent, none).benchmarks).toEqual([]);
  });
});

describe("a benchmark named after code", () => {
  it.each([
    ["src/checkout/CartTotal.ts", ["cart", "total"]],
    ["src/checkout/cart_total.test.py", ["cart", "total"]],
    ["src/checkout/index.ts", ["checkout"]],
    ["app/service.py", ["app"]],
  ])("%s is about %j", (path, words) => expect(subjectOf(path)).toEqual(words));

  it("has all of its words", () => {
    const exercise = {
      ...exerciseOf(absent, absent, none),
      benchmarks: ["test_shop.py::test_cart_total[large]", "BenchmarkCartTotal-8", "test_cart"],
    };
    expect(namedBenchmarks(["cart", "total"], exercise).map(({ name }) => name)).toEqual([
      "test_shop.py::test_cart_total[large]",
      "BenchmarkCartTotal-8",
    ]);
    expect(namedBenchmarks([], exercise)).toEqual([]);
    expect(wordsOf("parseURLs2Go")).toEqual(["parse", "urls2", "go"]);
  });

  it("may be a file that changed, and names it in its path or its text", () => {
    const files = [
      { path: "bench/cart.ts", status: "modified", head: "" },
      { path: "bench/all.ts", status: "modified", head: "import { total } from '../src/cart'" },
      { path: "bench/other.ts", status: "modified", head: "sort()" },
    ] as const;
    const exercise = { ...exerciseOf(absent, absent, none), files };
    expect(namingFiles("cart", ["cart"], exercise).map(({ name }) => name)).toEqual(["bench/cart.ts", "bench/all.ts"]);
  });
});

describe("the record of a test", () => {
  const exercise = {
    ...exerciseOf(absent, absent, none),
    entries: [
      entry("test list", { path: "/app/src/cart.py", function: "total" }),
      entry("test other", { path: "src/other.py" }),
      entry("test none", {}),
    ],
  };

  it("shows which files it ran, wherever they lay then", () => {
    expect(tracedTests("src/cart.py", undefined, exercise)).toEqual([{ what: "test", why: "traced", name: "test list" }]);
    expect(tracedTests("cart.pyx", undefined, exercise)).toEqual([]);
  });

  it("shows which functions", () => {
    expect(tracedTests("src/cart.py", "total", exercise)).toHaveLength(1);
    expect(tracedTests("src/cart.py", "discount", exercise)).toEqual([]);
  });
});
