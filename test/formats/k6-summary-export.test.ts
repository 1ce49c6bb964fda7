import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { k6SummaryExport } from "../../src/formats/k6-summary-export.js";
import { brokenOf, bytesOf, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const ENDPOINTS = "k6-summary-export/handmade-endpoints.json";

interface File {
  metrics: Record<string, Record<string, unknown>>;
}

describe("what k6 --summary-export wrote", () => {
  test.each(["endpoints", "default-statistics", "all-failed"])(
    "%s: both shapes of one run say the same, although counts and thresholds are written the other way round",
    async (name) => {
      const summary = await runOf(fixture(`k6-summary/handmade-${name}.json`));
      const exported = await runOf(fixture(`k6-summary-export/handmade-${name}.json`));
      expect(exported).toEqual({ ...summary, format: "k6-summary-export" });
    },
  );

  test("`true` is a crossed threshold, `false` a met one", async () => {
    const { metrics } = fixtureJson<File>(ENDPOINTS);
    expect(metrics["http_req_duration{name:GET /api/products}"]?.thresholds).toEqual({ "p(99)<100": false });
    const crossed = (await runOf(fixture(ENDPOINTS))).problems.filter(({ code }) => code === "threshold-crossed").map(sentence);
    expect(crossed).toHaveLength(2);
    expect(crossed.join()).not.toContain("p(99)<100");
  });

  test("one failed request of a hundred is `passes: 1` and `value: 0.01`", async () => {
    const { metrics } = fixtureJson<File>(ENDPOINTS);
    const run = await runOf({
      metrics: { ...metrics, http_reqs: { count: 100, rate: 5 }, http_req_failed: { passes: 1, fails: 99, value: 0.01 } },
    });
    expect(run.load).toEqual({ requests: 100, failed: 1, errorRate: 0.01 });
    expect(values(run)["* error_rate"]).toBe(0.01);
  });

  test("a threshold that is not true or false breaks the file", async () => {
    const { metrics } = fixtureJson<File>(ENDPOINTS);
    const problem = await brokenOf({ metrics: { ...metrics, vus: { value: 1, thresholds: { "value<5": "no" } } } });
    expect(problem.code).toBe("unexpected-shape");
    expect(sentence(problem)).toContain("metrics.vus.thresholds.value<5");
  });
});

describe("recognising k6 --summary-export", () => {
  test("works when 64 KB of checks come first", async () => {
    const checks = Object.fromEntries(
      Array.from({ length: 1_200 }, (_, index) => [
        `check ${index}`,
        { name: `check ${index}`, path: `::check ${index}`, passes: 1, fails: 0 },
      ]),
    );
    const file = { root_group: { name: "", path: "", groups: {}, checks }, metrics: fixtureJson<File>(ENDPOINTS).metrics };
    expect(JSON.stringify(file).indexOf('"metrics"')).toBeGreaterThan(65_536);
    expect((await runOf(file)).format).toBe("k6-summary-export");
  });

  test("leaves other files with metrics alone", () => {
    for (const other of [{ metrics: { latency: { avg: 1, med: 1 } } }, { metrics: { http_reqs: 5 } }, { metrics: [] }])
      expect(k6SummaryExport.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(ENDPOINTS));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(ENDPOINTS), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
