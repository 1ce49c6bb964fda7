import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BenchBundle, benchBundle, benchSchema } from "../../src/formats/bench-bundle.js";
import { withRun } from "../../src/formats/bench-samples.js";
import { formats } from "../../src/formats/registry.js";
import { brokenOf, claimants, codes, fixture, fixtureJson, orders, reordered, runOf, sentence } from "./reading.js";

const COMPLETE = "redline-bench/complete.json";
const INTERRUPTED = "redline-bench/interrupted.json";
const bundle = (): BenchBundle => fixtureJson<BenchBundle>(COMPLETE);

const time = (benchmark: string, value: number) =>
  ({ benchmark, metric: "time", unit: "s", better: "lower", statistic: "min", value }) as const;

const series = (base: number[][], head: number[][], statistic: "min" | "p99" | "rate" = "min"): BenchBundle["series"] =>
  [{ ...time("a", 1), statistic, base, head }].map(({ value: _, ...rest }) => rest);

describe("what redline bench wrote", () => {
  test("every benchmark carries the processes of both sides in run order, by full commits", async () => {
    const { paired, format, tool } = await runOf(fixture(COMPLETE));
    const { base, head } = bundle();
    expect({ format, tool: tool?.split(" ")[0] }).toEqual({ format: "redline-bench", tool: "redline" });
    expect(paired).toMatchObject({ base: base.sha, head: head.sha });
    expect(paired?.series.map(({ benchmark, base, head }) => [benchmark, base.length, head.length])).toEqual([
      ["test_prices.py::test_sort", 3, 3],
      ["test_prices.py::test_total", 3, 3],
      ["test_prices.py::test_legacy", 3, 0],
      ["test_prices.py::test_newest", 0, 3],
    ]);
  });

  test("the head's figure is that of its middle process, with all of them beside it", async () => {
    const { measurements } = await runOf({
      ...bundle(),
      series: series(
        [[9]],
        [
          [3, 5],
          [2, 8],
          [4, 4],
        ],
      ),
    });
    expect(measurements).toEqual([
      {
        ...time("a", 3),
        value: expect.closeTo(3, 12),
        typical: expect.closeTo(4, 12),
        processes: [
          [3, 5],
          [2, 8],
          [4, 4],
        ],
        n: 3,
      },
    ]);
  });

  test("a figure that is no minimum stands as its run gave it", async () => {
    const { measurements } = await runOf({ ...bundle(), series: series([], [[0.2], [0.3], [0.5]], "p99") });
    expect(measurements[0]).toMatchObject({ statistic: "p99", value: expect.closeTo(0.3, 12) });
    expect(measurements[0]).not.toHaveProperty("typical");
  });

  test("a benchmark of the base alone is no measurement of this head", async () => {
    const names = (await runOf(fixture(COMPLETE))).measurements.map(({ benchmark }) => benchmark);
    expect(names).toEqual(["test_prices.py::test_sort", "test_prices.py::test_total", "test_prices.py::test_newest"]);
  });

  test("the machine is told without its name", async () => {
    const { environment } = await runOf(fixture(COMPLETE));
    expect(environment).toEqual({ cpu: "AMD EPYC", cores: 2, arch: "x86_64", os: "Linux", runtime: expect.stringContaining("CPython 3") });
  });

  test("a complete one has no problem, an interrupted one says that it is and counts all the same", async () => {
    expect(codes(await runOf(fixture(COMPLETE)))).toEqual([]);
    const run = await runOf(fixture(INTERRUPTED));
    expect(codes(run)).toEqual(["incomplete", "failed-runs"]);
    expect(run.problems.map(sentence)).toEqual([
      "redline bench had not finished: it was interrupted",
      "1 of 4 runs of the command gave no result",
    ]);
    expect(run.paired?.series[0]).toMatchObject({ base: [expect.anything(), expect.anything()], head: [expect.anything()] });
  });

  test("one that never measured its head proves nothing", async () => {
    const run = await runOf({ ...bundle(), state: "failed", reason: "--setup failed at the head", series: [] });
    expect(run.noData).toEqual(["nothing was measured at the head"]);
    expect(run.problems.map(sentence)).toContain("redline bench had not finished: --setup failed at the head");
  });
});

describe("a file that is not what redline bench writes", () => {
  const wrong: readonly (readonly [string, (file: BenchBundle) => object, string])[] = [
    ["has a field that nobody knows", (file) => ({ ...file, verdict: "pass" }), "unexpected-shape"],
    ["names a commit in short", (file) => ({ ...file, head: { ...file.head, sha: file.head.sha.slice(0, 7) } }), "unexpected-shape"],
    ["has a process without a round", (file) => ({ ...file, series: series([[]], [[1]]) }), "unexpected-shape"],
    ["has a round that is no number", (file) => ({ ...file, series: [{ ...series([], [])[0], base: [["1"]] }] }), "unexpected-shape"],
    ["is of another version", (file) => ({ ...file, version: 2 }), "unknown-version"],
    ["lacks its version", ({ version: _, ...file }) => file, "unknown-version"],
    ["has a benchmark twice", (file) => ({ ...file, series: [...series([], [[1]]), ...series([[1]], [])] }), "duplicate-name"],
  ];

  test.each(wrong)("one that %s is refused with a remedy", async (_, changed, code) => {
    const problem = await brokenOf(changed(bundle()));
    expect(problem).toMatchObject({ code, level: "error" });
    expect(problem.remedy).toBeDefined();
  });

  test("one cut in the middle is broken and not somebody else's", async () => {
    expect((await brokenOf(fixture(COMPLETE).subarray(0, 9_000))).code).toBe("truncated");
  });

  test("a figure that cannot be is no measurement", async () => {
    const run = await runOf({ ...bundle(), series: series([[1]], [[-1]]) });
    expect(run.measurements).toEqual([]);
    expect(codes(run)).toContain("invalid-value");
  });
});

describe("recognising redline-bench", () => {
  test("goes by the name that the file gives itself", () => {
    expect(claimants(formats, fixture(COMPLETE))).toEqual(["redline-bench"]);
    expect(claimants(formats, { ...bundle(), format: "other" })).toEqual([]);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(COMPLETE));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(bundle(), order))).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the published schema", () => {
  const validate = addFormats.default(new Ajv2020()).compile(benchSchema());

  test("docs/bench.schema.json is the schema of the code", async () => {
    await expect(`${JSON.stringify(benchSchema(), null, 2)}\n`).toMatchFileSnapshot("../../docs/bench.schema.json");
  });

  test.each([COMPLETE, INTERRUPTED])("%s keeps to it", (path) => {
    expect(validate(fixtureJson(path)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...fixtureJson<object>(path), more: 1 })).toBe(false);
  });

  test("property: what is recorded can be read again, whatever the benchmarks are called", async () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 50 }).map((raw) => Buffer.from(raw).toString());
    const run = fc.uniqueArray(fc.tuple(name, fc.double({ min: 1e-9, max: 1e6, noNaN: true })), { selector: ([first]) => first });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom("base" as const, "head" as const), run), { maxLength: 6 }), async (runs) => {
        const recorded = runs.reduce(
          (known, [side, list]) =>
            withRun(
              known,
              side,
              list.map(([benchmark, value]) => time(benchmark, value)),
            ),
          [] as BenchBundle["series"],
        );
        const file = benchBundle.parse(JSON.parse(JSON.stringify({ ...bundle(), series: recorded })));
        expect((await runOf(file)).paired?.series).toEqual(recorded.map(({ statistic: _, ...rest }) => rest));
      }),
      { numRuns: 50 },
    );
  });
});
