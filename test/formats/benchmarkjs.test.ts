import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benchmarkjs } from "../../src/formats/benchmarkjs.js";
import { brokenOf, bytesOf, codes, fixture, runOf, sentence, values } from "./reading.js";

const line = (name: string, rate: string) => `${name} x ${rate} ops/sec ±0.50% (90 runs sampled)`;

describe("what benchmark.js printed", () => {
  test("a rate a benchmark, whose name may hold the separator", async () => {
    const run = await runOf(fixture("benchmarkjs/suite.txt"));
    expect(values(run)).toEqual({ "a x b throughput": 8_227_932, "RegExp#test throughput": 90_518_399, "slow throughput": 192 });
    expect(run.measurements[0]).toMatchObject({ unit: "1/s", better: "higher", statistic: "rate", n: 6 });
    expect(run.tool).toBe("benchmark.js");
  });

  test("a name, a colon and nothing is a benchmark that threw", async () => {
    const run = await runOf(fixture("benchmarkjs/suite.txt"));
    expect(run.problems).toMatchObject([{ level: "error", code: "benchmark-failed" }]);
    expect(sentence(run.problems[0]!)).toBe("boom: the benchmark failed: it threw");
    expect(codes(await runOf(`${line("a", "5")}\r\nboom: \r\n`))).toEqual(["benchmark-failed"]);
  });

  test("decimals, one run, and lines of somebody else", async () => {
    const run = await runOf(
      `# node 20\nhttp://x: up\nResults:\n${line("a: b", "81.61")}\nthis x line should be ignored\nb x 5 ops/sec ±0.00% (1 run sampled)\n`,
    );
    expect(values(run)).toEqual({ "a: b throughput": 81.61, "b throughput": 5 });
    expect(run.problems).toEqual([]);
  });
});

describe("rates that say nothing", () => {
  test.each(["0.00", "NaN", "Infinity"])("%s is no rate", async (rate) => {
    expect(codes(await runOf(`${line("a", rate)}\n${line("b", "5")}`))).toEqual(["invalid-value"]);
  });

  test("two benchmarks of one name are an error", async () => {
    expect(codes(await runOf(`${line("a", "5")}\n${line("a", "6")}\n`))).toEqual(["duplicate-name"]);
  });

  test("text that is not UTF-8 is refused", async () => {
    const bytes = new Uint8Array([...bytesOf(line("a", "5")), 0x0a, 0xff]);
    expect(await brokenOf(bytes)).toMatchObject({ code: "not-utf-8" });
  });
});

describe("recognising benchmark.js", () => {
  test("leaves other text alone", () => {
    for (const other of ["a x b", "5 ops/sec", "Fastest is a", "Requests/sec: 5", "a x 5 ops/sec"])
      expect(benchmarkjs.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: names and rates come back, with commas between thousands", async () => {
    const rows = fc.uniqueArray(
      fc.record({ name: fc.stringMatching(/^[!-~](?:[ -~]{0,20}[!-~])?$/), rate: fc.integer({ min: 100, max: 1e9 }) }),
      {
        selector: ({ name }) => name,
        minLength: 1,
      },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const run = await runOf(list.map(({ name, rate }) => line(name, rate.toLocaleString("en-US"))).join("\n"));
        expect(run.measurements.map(({ benchmark, value }) => [benchmark, value])).toEqual(list.map(({ name, rate }) => [name, rate]));
      }),
    );
  });
});
