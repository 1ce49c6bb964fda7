import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bmf } from "../../src/formats/bmf.js";
import { formats } from "../../src/formats/registry.js";
import { brokenOf, bytesOf, claimants, codes, fixture, fixtureJson, orders, reordered, runOf, values } from "./reading.js";

const MEASURES = "bmf/handmade-measures.json";

describe("a file in Bencher Metric Format", () => {
  test("the measures that Bencher defines have their units, others have none", async () => {
    const run = await runOf(fixture(MEASURES));
    expect(values(run)).toEqual({
      "json::parse latency": 3247 * 1e-9,
      "json::parse throughput": 307_976.5,
      "bundle file-size": 120_000,
      "bundle build-time": 12.5,
      "31aba8a9-977a-47d1-9fb6-e6b94b428471 instructions": 91_234_567,
    });
    const facts = run.measurements.map(({ metric, unit, better }) => `${metric} ${unit} ${better}`);
    expect(facts).toEqual([
      "latency s lower",
      "throughput 1/s higher",
      "file-size B lower",
      "build-time s lower",
      "instructions unknown unknown",
    ]);
  });

  test("the bounds are not read, and null is missing", async () => {
    const run = await runOf({ a: { latency: { value: 5, lower_value: -1 } }, b: { latency: { value: null } } });
    expect(values(run)).toEqual({ "a latency": 5e-9 });
    expect(codes(run)).toEqual(["invalid-value"]);
  });

  test("a latency of 0 is below what can be told, and a file of nothing else has no data", async () => {
    const run = await runOf({ a: { latency: { value: 0 } } });
    expect(codes(run)).toEqual(["below-resolution"]);
    expect(run.noData).toBeDefined();
  });

  test("names like those of an object's own parts are only names", async () => {
    const run = await runOf('{"__proto__": {"constructor": {"value": 3}}, "toString": {"latency": {"value": 1}}}');
    expect(run.measurements.at(-1)).toMatchObject({ benchmark: "toString", metric: "latency" });
    expect(run.measurements.every(({ unit }) => unit === "s" || unit === "unknown")).toBe(true);
  });
});

describe("recognising it", () => {
  test("leaves other objects of objects alone", () => {
    const others = [
      {},
      { a: {} },
      { a: { value: 5 } },
      { a: { b: { value: 5, unit: "ns" } } },
      { a: { b: { value: "5" } } },
      { a: { b: { value: 5 } }, c: 1 },
      { Total: { transaction: "Total", sampleCount: 5 } },
      { metrics: { http_reqs: { type: "counter", values: { count: 5 } } } },
      { metrics: { vus: { value: 5, min: 1 } } },
      [{ a: { value: 5 } }],
    ];
    for (const other of others) expect(bmf.recognizes(bytesOf(other))).toBe(false);
  });

  test("no fixture of another format is taken for it", () => {
    for (const path of ["k6-summary-export/handmade-endpoints.json", "autocannon/ok-slow.json", "mitata/format-json.json"])
      expect(claimants(formats, fixture(path))).not.toContain("bmf");
  });

  test("a file cut in the middle is broken", async () => {
    expect(await brokenOf(fixture(MEASURES).subarray(0, 150))).toMatchObject({ code: "truncated" });
  });

  test("property: the order of keys changes the order of the measurements only", async () => {
    const expected = values(await runOf(fixture(MEASURES)));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(values(await runOf(reordered(fixtureJson(MEASURES), order)))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: every throughput comes back under its name", async () => {
    const names = fc.string().filter((name) => name !== "__proto__");
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(names, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minKeys: 1, noNullPrototype: true }),
        async (rates) => {
          const content = Object.fromEntries(Object.entries(rates).map(([name, value]) => [name, { throughput: { value } }]));
          const { measurements } = await runOf(content);
          expect(Object.fromEntries(measurements.map(({ benchmark, value }) => [benchmark, value]))).toEqual(rates);
        },
      ),
    );
  });
});
