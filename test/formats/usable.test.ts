import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { usable } from "../../src/formats/usable.js";
import type { Measurement, ParsedRun } from "../../src/model/measurement.js";
import { plain, text } from "../../src/model/text.js";
import { codes, sentence } from "./reading.js";

const time = (changes: Partial<Measurement> = {}): Measurement => ({
  benchmark: "a",
  metric: "time",
  unit: "s",
  better: "lower",
  statistic: "min",
  value: 1,
  ...changes,
});

const run = (...measurements: Measurement[]): ParsedRun => ({ format: "x", measurements, problems: [] });

describe("measurements that can be", () => {
  test("pass as they are", () => {
    const measurements = [
      time({ typical: 2, rounds: [1, 3], n: 2 }),
      time({ benchmark: "size", metric: "size", unit: "B", value: 0 }),
      time({ benchmark: "*", metric: "error_rate", unit: "1", value: 1 }),
      time({ benchmark: "odd", metric: "odd", unit: "unknown", value: -4 }),
    ];
    expect(usable(run(...measurements))).toEqual(run(...measurements));
  });

  test.each<[string, Partial<Measurement>]>([
    ["a time of zero", { value: 0 }],
    ["a negative time", { value: -1 }],
    ["an infinite time", { value: Number.POSITIVE_INFINITY }],
    ["a throughput of zero", { unit: "1/s", value: 0 }],
    ["a negative size", { unit: "B", value: -1 }],
    ["an error rate above one", { metric: "error_rate", unit: "1", value: 1.5 }],
    ["NaN of an unknown unit", { unit: "unknown", value: Number.NaN }],
  ])("%s does not pass, and its benchmark is named", (_, changes) => {
    const result = usable(run(time({ benchmark: "bad", ...changes }), time()));
    expect(result.measurements).toEqual([time()]);
    expect(result.problems).toMatchObject([{ level: "error", code: "invalid-value" }]);
    expect(result.problems[0]?.message[0]).toEqual({ foreign: "bad" });
  });

  test("a time of 0 passes within a stated step, and only there", () => {
    const zero = time({ value: 0, typical: 0, resolution: 0.001 });
    expect(usable(run(zero))).toEqual(run(zero));
    expect(usable(run(time({ value: -0.1, resolution: 0.001 }))).measurements).toEqual([]);
  });

  test("the sentence says what was read", () => {
    const { problems } = usable(run(time({ value: Number.NaN }), time({ benchmark: "b", value: -0.5 })));
    expect(problems.map(sentence)).toEqual(["a: time is missing or not a number", "b: time cannot be -0.5"]);
  });

  test("when nothing passes, the run proves nothing", () => {
    expect(plain(usable(run(time({ value: -1 }))).noData ?? [])).toBe("no usable figure in this file");
    expect(usable(run(time(), time({ benchmark: "b", value: -1 }))).noData).toBeUndefined();
  });

  test("a reason that the format gave stands", () => {
    expect(usable({ ...run(), noData: text`no benchmark ran` }).noData).toEqual(text`no benchmark ran`);
  });
});

describe("names that stand twice", () => {
  test("are not judged, because nobody knows which is meant", () => {
    const result = usable(run(time(), time({ value: 2 }), time({ benchmark: "b" })));
    expect(result.measurements).toEqual([time({ benchmark: "b" })]);
    expect(result.problems.map(sentence)).toEqual(["a: time stands 2 times in this file, and none of them is judged"]);
  });

  test("are two names when the metric or the statistic differs", () => {
    const measurements = [time(), time({ statistic: "mean" }), time({ metric: "latency_p99" })];
    expect(usable(run(...measurements)).measurements).toEqual(measurements);
  });
});

describe("figures beside the value", () => {
  test("rounds, median and number of rounds are dropped when they cannot be", () => {
    const result = usable(run(time({ typical: 0, rounds: [1, Number.NaN], n: 2.5 })));
    expect(result.measurements).toEqual([time()]);
    expect(codes(result)).toEqual(["invalid-value"]);
  });

  test("no bytes and no allocations are believed, in the median and in the rounds too", () => {
    const none = time({ metric: "memory", unit: "B", value: 0, typical: 0, rounds: [0, 0], n: 2, deterministic: true });
    expect(usable(run(none))).toEqual(run(none));
  });

  test("processes are kept when every round of every one can be", () => {
    const good = time({ processes: [[1, 2], [3]] });
    expect(usable(run(good)).measurements).toEqual([good]);
    for (const processes of [[[1, 0]], [[1], []], [[1], [Number.NaN]]]) {
      expect(usable(run(time({ processes }))).measurements).toEqual([time()]);
    }
  });
});

test("property: whatever a format yields, what passes is finite and every series is there once", () => {
  const any = fc.record({
    benchmark: fc.constantFrom("a", "b", "c"),
    metric: fc.constantFrom("time", "error_rate"),
    unit: fc.constantFrom("s", "B", "1/s", "1", "unknown"),
    better: fc.constant("lower"),
    statistic: fc.constantFrom("min", "mean"),
    value: fc.double(),
  }) satisfies fc.Arbitrary<Measurement>;
  fc.assert(
    fc.property(fc.array(any), (measurements) => {
      const result = usable(run(...measurements));
      const keys = result.measurements.map(({ benchmark, metric, statistic }) => `${benchmark} ${metric} ${statistic}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(result.measurements.every(({ value }) => Number.isFinite(value))).toBe(true);
      expect(result.noData === undefined).toBe(result.measurements.length > 0);
    }),
  );
});
