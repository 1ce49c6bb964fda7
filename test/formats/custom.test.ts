import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { custom } from "../../src/formats/custom.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence } from "./reading.js";

const MIXED = "custom/handmade-mixed-units.json";
const entry = (changes: object = {}) => ({ name: "a", unit: "ms", value: 2, ...changes });
const only = async (changes: object) => (await runOf([entry(changes)])).measurements[0];

describe("a custom file of github-action-benchmark", () => {
  test("times and rates tell their direction, anything else does not and keeps its unit's spelling", async () => {
    const { measurements } = await runOf(fixture(MIXED));
    expect(measurements.map(({ benchmark, metric, unit, better, value }) => [benchmark, metric, unit, better, value])).toEqual([
      ["parse", "time", "s", "lower", 90.9 * 1e-9],
      ["render", "time", "s", "lower", 0.0125],
      ["requests", "throughput", "1/s", "higher", 350],
      ["CPU load", "value", "unknown", "unknown", 50],
      ["memory", "value", "unknown", "unknown", 100],
    ]);
    expect(measurements.map(({ sourceUnit }) => sourceUnit)).toEqual([undefined, undefined, undefined, "Percent", "Megabytes"]);
  });

  test.each<[string, string, number]>([
    ["ns/iter", "s", 2e-9],
    ["µs", "s", 2e-6],
    ["Milliseconds", "s", 2e-3],
    ["second", "s", 2],
    ["ops/sec", "1/s", 2],
    ["ops/second", "1/s", 2],
    ["MB/s", "1/s", 2e6],
    ["MB", "unknown", 2],
    ["errors/s", "unknown", 2],
  ])("%s is %s", async (unit, si, value) => {
    const read = await only({ unit });
    expect(read?.unit).toBe(si);
    expect(read?.value).toBeCloseTo(value, 12);
  });

  test("a figure written as text is read, other text is missing", async () => {
    expect(await only({ value: " 2.5e1 " })).toMatchObject({ value: 0.025 });
    expect(codes(await runOf([entry({ value: "fast" })]))).toEqual(["invalid-value"]);
    expect(codes(await runOf([entry(), entry({ name: "b", value: null })]))).toEqual(["invalid-value"]);
    expect(codes(await runOf([entry({ value: 0 })]))).toEqual(["below-resolution"]);
  });

  test("one name twice is an error", async () => {
    expect(codes(await runOf([entry(), entry({ value: 3 })]))).toEqual(["duplicate-name"]);
  });
});

describe("recognising it", () => {
  test("leaves other lists alone", () => {
    for (const other of [[], [{}], [{ name: "a", unit: "ms" }], [{ name: "a", value: 1 }], [{ name: 1, unit: "ms", value: 1 }], entry()])
      expect(custom.recognizes(bytesOf(other))).toBe(false);
  });

  test("an entry without a unit breaks the file at its place, and so does an end in the middle", async () => {
    expect(sentence(await brokenOf([entry(), { name: "b", value: 1 }]))).toContain("at 1.unit");
    expect(await brokenOf(fixture(MIXED).subarray(0, 150))).toMatchObject({ code: "truncated" });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(MIXED));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(MIXED), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: a direction is only ever given to times and rates, whatever the unit says", async () => {
    const units = fc.oneof(fc.constantFrom("ms", "ops/s", "MB", "%", "score", "B/op"), fc.string());
    await fc.assert(
      fc.asyncProperty(units, async (unit) => {
        const read = await only({ unit });
        expect(read?.better === "unknown").toBe(read?.unit === "unknown");
        if (read?.unit === "unknown") expect(read.sourceUnit).toBe(unit);
      }),
    );
  });
});
