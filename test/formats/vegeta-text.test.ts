import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vegetaText } from "../../src/formats/vegeta-text.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, rounded, runOf, values } from "./reading.js";

const report = () => new TextDecoder().decode(fixture("vegeta-text/handmade-some-failed.txt"));

describe("what vegeta report printed", () => {
  test("each duration has its own unit", async () => {
    const run = await runOf(report());
    expect(rounded(values(run))).toEqual({
      "* latency_mean": 0.02148,
      "* latency_p50": 0.021103,
      "* latency_p90": 0.023904,
      "* latency_p95": 0.025612,
      "* latency_p99": 0.031204,
      "* latency_max": 1.003,
      "* throughput": 98.79,
      "* error_rate": 0.01,
    });
    expect(codes(run)).toEqual(["failures-mixed-in"]);
  });

  test("the columns are those of the list in brackets, and minutes are printed with seconds", async () => {
    const run = await runOf(fixture("vegeta-text/handmade-old-columns.txt"));
    expect(values(run)).toEqual({
      "* latency_mean": 62.5,
      "* latency_p50": 60.2,
      "* latency_p95": 63,
      "* latency_p99": 64,
      "* latency_max": 65,
      "* error_rate": 0,
    });
  });

  test("the step grows with the unit", async () => {
    const { measurements } = await runOf(report());
    expect(measurements.map(({ resolution }) => resolution)).toEqual([1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-3, undefined, undefined]);
    expect((await runOf(fixture("vegeta-text/handmade-old-columns.txt"))).measurements[0]?.resolution).toBe(1);
  });

  test("a refused run proves nothing", async () => {
    expect(plain((await runOf(fixture("vegeta-text/handmade-refused.txt"))).noData ?? [])).toBe("none of the 500 requests was answered");
  });

  test("a cut report, two reports in one file and a report without a total are refused", async () => {
    expect((await brokenOf(report().slice(0, 300))).code).toBe("truncated");
    expect((await brokenOf(report().replace(/(200:\d)[\s\S]*/, "$1"))).code).toBe("truncated");
    expect((await brokenOf(report().replace("1000, 100.10", "-1, 100.10"))).code).toBe("unexpected-shape");
    expect((await brokenOf(report() + report())).code).toBe("several-runs");
    expect((await brokenOf(report().replace("1000, 100.10", "many, 100.10"))).code).toBe("unexpected-shape");
  });

  test("leaves other text alone", () => {
    for (const other of ["Latencies: 3", "Latencies are [min, mean]", "{}"]) expect(vegetaText.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: carriage returns and indentation change nothing", async () => {
    const expected = values(await runOf(report()));
    await fc.assert(
      fc.asyncProperty(fc.nat(8), fc.boolean(), async (indent, windows) => {
        const lines = report()
          .split("\n")
          .map((line) => " ".repeat(indent) + line);
        expect(values(await runOf(lines.join(windows ? "\r\n" : "\n")))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
