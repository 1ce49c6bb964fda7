import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vitestBench } from "../../src/formats/vitest-bench.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence } from "./reading.js";

const MANY = "vitest-bench/duplicates-and-throw.json";

const benchmark = (changes: object = {}) => ({
  id: "1_0",
  name: "parse",
  rank: 1,
  rme: 1,
  samples: [],
  min: 2,
  hz: 400,
  median: 3,
  ...changes,
});
const file = (...benchmarks: object[]) => ({
  files: [{ filepath: "/srv/demo/a.bench.ts", groups: [{ fullName: "a.bench.ts > grp", benchmarks }] }],
});

describe("what vitest bench --outputJson wrote", () => {
  test("a benchmark is measured in seconds under its group's full name", async () => {
    const { measurements, tool } = await runOf(fixture("vitest-bench/one.json"));
    expect(tool).toBe("vitest");
    expect(measurements).toEqual([
      {
        benchmark: "vb/a.bench.ts > grp > parse",
        metric: "time",
        unit: "s",
        better: "lower",
        statistic: "min",
        value: 0.0001399999999875945 / 1000,
        typical: 0.00016000000005078618 / 1000,
        n: 117_981,
      },
    ]);
  });

  test("one name in several groups and files is several benchmarks", async () => {
    const names = (await runOf(fixture(MANY))).measurements.map(({ benchmark: name }) => name);
    expect(names).toEqual([
      "bench/a.bench.ts > grp > parse",
      "bench/a.bench.ts > grp > same name",
      "bench/a.bench.ts > nested > deep > same name",
      "bench/b.bench.ts > grp > same name",
    ]);
  });

  test("one that threw has a name only, and is reported as failed", async () => {
    const run = await runOf(fixture(MANY));
    expect(run.problems).toMatchObject([{ level: "error", code: "benchmark-failed" }]);
    expect(sentence(run.problems[0]!)).toBe(
      "bench/a.bench.ts > grp > throws: the benchmark failed: it threw, and vitest still exits with 0",
    );
  });

  test("samples, where a reporter keeps them, are the rounds when all of them are there", async () => {
    const all = await runOf(file(benchmark({ samples: [2, 4], sampleCount: 2 })));
    expect(all.measurements[0]).toMatchObject({ rounds: [0.002, 0.004], n: 2 });
    const some = await runOf(file(benchmark({ samples: [2, 4], sampleCount: 9 })));
    expect(some.measurements[0]).not.toHaveProperty("rounds");
    expect(some.measurements[0]?.n).toBe(9);
  });
});

describe("figures that say nothing", () => {
  test("a file without benchmarks has no data", async () => {
    expect(plain((await runOf(file())).noData ?? [])).toBe("no benchmark ran");
    expect(plain((await runOf({ files: [{ filepath: "/a", groups: [] }] })).noData ?? [])).toBe("no benchmark ran");
  });

  test("a run whose only benchmark threw has none either", async () => {
    const run = await runOf(file({ id: "1", name: "throws", rank: 1, rme: 0, samples: [] }));
    expect(plain(run.noData ?? [])).toBe("no benchmark gave a figure");
  });

  test("a minimum of 0 is below the clock's step, null is missing", async () => {
    expect(codes(await runOf(file(benchmark({ min: 0 }))))).toEqual(["below-resolution"]);
    expect(codes(await runOf(file(benchmark({ min: null }))))).toEqual(["invalid-value"]);
  });

  test("two benchmarks of one name in one group are an error", async () => {
    expect(codes(await runOf(file(benchmark(), benchmark({ id: "1_1" }))))).toEqual(["duplicate-name"]);
  });
});

describe("recognising vitest bench", () => {
  test("leaves other lists of files alone", () => {
    for (const other of [{ files: [] }, { files: ["a.ts"] }, { files: [{ filepath: "/a", tests: [] }] }, [{ filepath: "/a", groups: [] }]])
      expect(vitestBench.recognizes(bytesOf(other))).toBe(false);
  });

  test("a file cut in the middle is broken", async () => {
    expect(await brokenOf(fixture(MANY).subarray(0, 2_000))).toMatchObject({ code: "truncated" });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(MANY));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(MANY), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: every time comes back a thousandth, under any name", async () => {
    const list = fc.uniqueArray(fc.record({ name: fc.string(), min: fc.double({ min: 1e-6, max: 1e6, noNaN: true }) }), {
      selector: ({ name }) => name,
    });
    await fc.assert(
      fc.asyncProperty(list, async (benchmarks) => {
        const { measurements } = await runOf(file(...benchmarks.map((each) => benchmark({ ...each, median: each.min }))));
        expect(measurements.map((one) => [one.benchmark, one.value])).toEqual(
          benchmarks.map(({ name, min }) => [`a.bench.ts > grp > ${name}`, min * 1e-3]),
        );
      }),
    );
  });
});
