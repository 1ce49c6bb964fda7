import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  count,
  errorRate,
  latencies,
  latencyPercentiles,
  mixedIn,
  type Percentile,
  percentileOf,
  throughput,
  withoutFinest,
} from "../../src/formats/load.js";
import { plain } from "../../src/model/text.js";
import { sentence } from "./reading.js";

const all = { p50: 0.01, p95: 0.02, p97_5: 0.03, p99: 0.04, p99_9: 0.05 };
const kept = (requests: number) => latencies({ endpoint: "/a", requests }, all).measurements.map(({ statistic }) => statistic);

describe("latency percentiles", () => {
  test.each([
    [1, []],
    [2, ["p50"]],
    [19, ["p50"]],
    [20, ["p50", "p95"]],
    [40, ["p50", "p95", "p97_5"]],
    [99, ["p50", "p95", "p97_5"]],
    [100, ["p50", "p95", "p97_5", "p99"]],
    [1_000, ["p50", "p95", "p97_5", "p99", "p99_9"]],
  ])("of %s requests are measured where they are more than the largest value", (requests, expected) => {
    expect(kept(requests)).toEqual(expected);
  });

  test("too few requests become one problem that says how many it takes", () => {
    const { problems } = latencies({ endpoint: "/a", requests: 30 }, all);
    expect(problems.map(sentence)).toEqual(["/a: 30 requests are too few for latency_p97_5, latency_p99, latency_p99_9"]);
    expect(plain(problems[0]?.remedy ?? [])).toBe("send at least 1,000 requests to it");
  });

  test("are measured when nobody counted the requests", () => {
    const { measurements, problems } = latencies({ endpoint: "/a" }, { p99: 0.04 });
    expect(problems).toEqual([]);
    expect(measurements).toEqual([
      { benchmark: "/a", endpoint: "/a", metric: "latency_p99", statistic: "p99", unit: "s", better: "lower", value: 0.04 },
    ]);
  });

  test("of zero are below the resolution where the tool has one", () => {
    const { measurements, problems } = latencies({ endpoint: "/a", requests: 500, resolution: 0.001 }, { p50: 0, p99: 0.002 });
    expect(measurements.map(({ statistic, resolution }) => [statistic, resolution])).toEqual([["p99", 0.001]]);
    expect(problems.map(sentence)).toEqual(["/a: latency_p50 read 0, below the tool's step of 1 ms"]);
  });

  test("property: each given percentile is measured once or stands in a problem", () => {
    const seconds = fc.record({ p50: fc.double(), p95: fc.double(), p99: fc.constantFrom(0, 1) }, { requiredKeys: [] });
    fc.assert(
      fc.property(seconds, fc.nat(200), fc.boolean(), (given, requests, whole) => {
        const { measurements, problems } = latencies({ endpoint: "/a", requests, ...(whole ? { resolution: 0.001 } : {}) }, given);
        const said = problems.map(sentence).join();
        for (const percentile of Object.keys(given)) {
          const measured = measurements.some(({ statistic }) => statistic === (percentile as Percentile));
          expect(measured).not.toBe(new RegExp(`latency_${percentile}(?!\\d|_)`).test(said));
        }
      }),
    );
  });
});

describe("percentages and their names", () => {
  test("are p50 to p99.99 and the maximum; others have none", () => {
    expect([50, 97.5, 99.99, 100].map(percentileOf)).toEqual(["p50", "p97_5", "p99_99", "max"]);
    expect([0, 66, 101, Number.NaN, 99.999].map(percentileOf)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test("of two figures for one percentage the first counts", () => {
    expect(
      latencyPercentiles([
        [99, 1],
        [66, 2],
        [50, 3],
        [99, 4],
      ]),
    ).toEqual({ p99: 1, p50: 3 });
  });

  test("p99.99 is left out where the requests cannot carry it, without a word", () => {
    expect(withoutFinest({ p50: 1, p99_99: 2 }, 9_999)).toEqual({ p50: 1 });
    expect(withoutFinest({ p50: 1, p99_99: 2 }, 10_000)).toEqual({ p50: 1, p99_99: 2 });
    expect(withoutFinest({ p50: 1 }, 10_000)).toEqual({ p50: 1 });
  });

  test("a step may grow with the figure, and be unknown for some", () => {
    const resolution = (percentile: Percentile, seconds: number) => (percentile === "mean" ? undefined : seconds / 10);
    const { measurements } = latencies({ endpoint: "/a", resolution }, { mean: 0.5, p50: 0.4, max: 3 });
    expect(measurements.map((one) => one.resolution)).toEqual([undefined, 0.04, 0.3]);
  });
});

describe("other figures of a load test", () => {
  test("are the rates, with the requests behind them", () => {
    const sampled = { endpoint: "*", requests: 10 };
    expect(throughput(sampled, 5)).toMatchObject({ metric: "throughput", unit: "1/s", better: "higher", value: 5, n: 10, endpoint: "*" });
    expect(errorRate(sampled, 0.1)).toMatchObject({ metric: "error_rate", unit: "1", better: "lower", value: 0.1, n: 10, benchmark: "*" });
  });

  test("an endpoint's name is foreign text in every sentence", () => {
    const name = "/a`@team";
    const { problems } = latencies({ endpoint: name, requests: 1, resolution: 1 }, all);
    for (const { message } of [...problems, mixedIn(name)]) expect(message[0]).toEqual({ foreign: name });
  });

  test("counts have thousands separators whatever the locale", () => {
    expect([1, 999, 6_500, 1_234_567].map((number) => plain(count(number)))).toEqual(["1", "999", "6,500", "1,234,567"]);
  });
});
