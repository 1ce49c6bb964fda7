import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asv } from "../../src/formats/asv.js";
import { bytesOf, codes, fixture, runOf, sentence, values } from "./reading.js";

const TWO = "asv/handmade-two-environments.txt";
const output = (...rows: string[]) => ["[  0.00%] ·· Benchmarking py3", ...rows.map((row) => `[ 50.00%] ··· ${row}`)].join("\n");

describe("what asv run printed", () => {
  test("medians in seconds under name and environment, and figures without a unit", async () => {
    const run = await runOf(fixture(TWO));
    expect(values(run)).toEqual({
      "suite.Dicts.mem_list (virtualenv-py3.10) value": 2_420,
      "suite.Dicts.time_keys (virtualenv-py3.10) time": 11.2 * 1e-6,
      "suite.Dicts.time_values (virtualenv-py3.10) time": 0.0015,
      "suite.Dicts.mem_list (virtualenv-py3.12) value": 2_110,
    });
    expect(run.measurements[0]).toMatchObject({ unit: "unknown", better: "unknown" });
    expect(run.measurements[1]).toMatchObject({ unit: "s", better: "lower", statistic: "median" });
  });

  test("what failed is reported, and so is what is not read or has no unit", async () => {
    const run = await runOf(fixture(TWO));
    expect(run.problems.map(({ level, code }) => `${level} ${code}`)).toEqual([
      "warning no-unit",
      "warning no-unit",
      "error benchmark-failed",
      "warning not-read",
    ]);
    expect(sentence(run.problems[2]!)).toBe("suite.Dicts.time_keys (virtualenv-py3.12): the benchmark failed");
  });

  test("n/a, a unit that nobody knows and rows of progress are no figures; nothing left is no data", async () => {
    const run = await runOf(output("a n/a", "b 5parsec", "Setting up suite:12 ok", "Running (a--)."));
    expect([run.measurements, run.problems]).toEqual([[], []]);
    expect(run.noData).toBeDefined();
  });

  test("a time of 0 is below what can be told, and one name twice is an error", async () => {
    expect(codes(await runOf(output("a 0±0ns")))).toEqual(["below-resolution"]);
    expect(codes(await runOf(output("a 1ms", "a 2ms")))).toEqual(["duplicate-name"]);
  });
});

describe("recognising asv", () => {
  test("leaves other text alone", () => {
    for (const other of ["Benchmarking x", "·· Building", "x ·· Benchmarking y", "[1.00%] ··· a 5ms"])
      expect(asv.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: every time comes back under its name", async () => {
    const rows = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z.]{1,20}$/), ms: fc.integer({ min: 1, max: 1e6 }) }), {
      selector: ({ name }) => name,
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const { measurements } = await runOf(output(...list.map(({ name, ms }) => `${name}   ${ms}±0.1ms`)));
        expect(measurements.map(({ benchmark, value }) => [benchmark, value])).toEqual(
          list.map(({ name, ms }) => [`${name} (py3)`, ms * 1e-3]),
        );
      }),
    );
  });
});
