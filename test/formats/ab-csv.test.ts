import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { abCsv } from "../../src/formats/ab-csv.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, values } from "./reading.js";

const textOf = (name: string) => new TextDecoder().decode(fixture(`ab-csv/${name}.csv`));
const file = (times: readonly (number | string)[]) =>
  `Percentage served,Time in ms\n${times.map((time, index) => `${index},${time}\n`).join("")}`;
const even = (time: number | string) => Array.from({ length: 101 }, () => time);

describe("what ApacheBench -e wrote", () => {
  test("milliseconds with three decimals become seconds; the last row is the maximum", async () => {
    const run = await runOf(fixture("ab-csv/own-percentiles.csv"));
    expect(values(run)).toMatchObject({ "* latency_p50": 0.021538, "* latency_p99": 0.022535, "* latency_max": 0.022833 });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", resolution: 1e-6 });
    expect(run.measurements[0]).not.toHaveProperty("n");
  });

  test("says that neither requests nor failures are counted in it", async () => {
    expect(codes(await runOf(fixture("ab-csv/own-percentiles.csv")))).toEqual(["missing-error-rate"]);
  });

  test("an older version without the row of 100 % has no maximum", async () => {
    const run = await runOf(file(even(3).slice(0, 100)));
    expect(run.measurements.map(({ statistic }) => statistic)).toEqual(["p50", "p75", "p90", "p95", "p99"]);
  });

  test("an endpoint made slower is slower", async () => {
    const [base, head] = [values(await runOf(textOf("own-base"))), values(await runOf(textOf("own-head")))];
    expect((head["* latency_p50"] ?? 0) / (base["* latency_p50"] ?? 1)).toBeGreaterThan(1.1);
  });
});

describe("an ApacheBench table that proves nothing or is broken", () => {
  test("reads 0 everywhere", async () => {
    expect(plain((await runOf(file(even("0.000")))).noData ?? [])).toContain("every latency reads 0");
  });

  test("is cut, jumps, or two runs", async () => {
    expect((await brokenOf(textOf("own-percentiles").slice(0, 300))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-base").trimEnd().slice(0, -1))).code).toBe("truncated");
    expect((await brokenOf(`${textOf("own-base")}{"other": 1}\n`)).code).toBe("unexpected-shape");
    expect((await brokenOf(textOf("own-percentiles").replace("\n50,", "\n51,"))).code).toBe("unexpected-shape");
    expect((await brokenOf(textOf("own-percentiles").repeat(2))).code).toBe("several-runs");
  });

  test("a time that is no number is missing, never 0", async () => {
    const times = even(3).with(99, "nan");
    const run = await runOf(file(times));
    expect(codes(run)).toContain("invalid-value");
    expect(values(run)).not.toHaveProperty(["* latency_p99"]);
  });

  test("leaves other tables alone", () => {
    for (const other of ["Percentage,Time", "x,Percentage served,Time in ms", ""]) expect(abCsv.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: every named percentile is its row", async () => {
    const times = fc.array(fc.integer({ min: 1, max: 1e7 }), { minLength: 101, maxLength: 101 });
    await fc.assert(
      fc.asyncProperty(times, async (microseconds) => {
        const run = values(await runOf(file(microseconds.map((time) => (time / 1000).toFixed(3)))));
        for (const [name, row] of [
          ["p50", 50],
          ["p75", 75],
          ["p90", 90],
          ["p95", 95],
          ["p99", 99],
          ["max", 100],
        ] as const)
          expect(run[`* latency_${name}`]).toBeCloseTo((microseconds[row] ?? 0) / 1e6, 9);
      }),
    );
  });
});
