import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lighthouse } from "../../src/formats/lighthouse.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const MOBILE = "lighthouse/mobile.json";

interface Report extends Record<string, unknown> {
  audits: Record<string, Record<string, unknown>>;
  environment: Record<string, unknown>;
  configSettings: Record<string, unknown>;
  categories: { performance?: { score: unknown } };
}
const report = () => fixtureJson<Report>(MOBILE);
const withAudit = (name: string, changes: object): Report => {
  const page = report();
  return { ...page, audits: { ...page.audits, [name]: { ...page.audits[name], ...changes } } };
};

describe("a Lighthouse report", () => {
  test("gives seconds, bytes, a shift and a score of one page on one device", async () => {
    const run = await runOf(fixture(MOBILE));
    const page = "http://127.0.0.1:18099/ (mobile)";
    expect(values(run)).toEqual({
      [`${page} first-contentful-paint`]: 1650.239 * 1e-3,
      [`${page} largest-contentful-paint`]: 1804.239 * 1e-3,
      [`${page} total-blocking-time`]: 2405.9999999999995 * 1e-3,
      [`${page} speed-index`]: 3177.9277926657965 * 1e-3,
      [`${page} interactive`]: 4463.039 * 1e-3,
      [`${page} cumulative-layout-shift`]: 0,
      [`${page} total-byte-weight`]: 4908,
      [`${page} performance-score`]: 70,
    });
    const facts = run.measurements.map(({ unit, better, n }) => `${unit} ${better} ${n}`);
    expect(facts).toEqual(["s lower 1", "s lower 1", "s lower 1", "s lower 1", "s lower 1", "1 lower 1", "B lower 1", "1 higher 1"]);
  });

  test("says that one page load is one sample", async () => {
    const run = await runOf(fixture(MOBILE));
    expect(run.problems).toMatchObject([{ level: "warning", code: "single-sample" }]);
  });

  test("the page on a desktop is another benchmark", async () => {
    const names = new Set((await runOf(fixture("lighthouse/desktop.json"))).measurements.map(({ benchmark }) => benchmark));
    expect([...names]).toEqual(["http://127.0.0.1:18099/ (desktop)"]);
  });

  test("versions and the processor's index in steps of 500 are the machine", async () => {
    const environment = async (benchmarkIndex: number) => {
      const page = report();
      return (await runOf({ ...page, environment: { ...page.environment, benchmarkIndex } })).environment;
    };
    expect((await environment(1_456))?.cpu).toBe("benchmarkIndex ~1500");
    expect(await environment(2_790)).toEqual(await environment(2_826));
    expect((await environment(12))?.cpu).toBe("benchmarkIndex ~500");
    expect((await runOf(report())).environment?.runtime).toMatch(/^Lighthouse 12, Chrome \d+$/);
  });

  test("version 5 states no units and has fewer audits; a missing one is simply not there", async () => {
    const run = await runOf(fixture("lighthouse/handmade-v5.json"));
    expect(Object.keys(values(run)).map((name) => name.replace("https://shop.example.com/ (mobile) ", ""))).toEqual([
      "first-contentful-paint",
      "speed-index",
      "interactive",
      "total-byte-weight",
      "performance-score",
    ]);
    expect(run.measurements[0]).toMatchObject({ value: 2100.5 * 1e-3, unit: "s" });
    expect(run.environment).toEqual({ cpu: "benchmarkIndex ~500", runtime: "Lighthouse 5, Chrome 75" });
  });

  test("inside the PageSpeed API's wrapper it is the same report", async () => {
    expect((await runOf(fixture("lighthouse/handmade-pagespeed.json"))).measurements).toEqual(
      (await runOf(fixture("lighthouse/desktop.json"))).measurements,
    );
  });

  test("no blocking time at all is a figure: 0 within a step of a millisecond", async () => {
    const run = await runOf(withAudit("total-blocking-time", { numericValue: 0 }));
    expect(run.measurements.find(({ metric }) => metric === "total-blocking-time")).toMatchObject({ value: 0, resolution: 0.001 });
    expect(codes(run)).toEqual(["single-sample"]);
  });
});

describe("a report that proves nothing", () => {
  test.each([
    ["lighthouse/refused.json", "the page was not measured: Chrome prevented page load with an interstitial."],
    ["lighthouse/no-paint.json", "the page was not measured: The page did not paint any content."],
  ])("%s has no data and says why", async (path, why) => {
    const run = await runOf(fixture(path));
    expect(run.measurements).toEqual([]);
    expect(plain(run.noData ?? [])).toContain(why);
  });

  test("without a performance score or category has none either", async () => {
    const page = report();
    const unscored = await runOf({ ...page, categories: { performance: { score: null } } });
    expect(plain(unscored.noData ?? [])).toBe("the page got no performance score, because an audit of it failed");
    expect(plain((await runOf({ ...page, categories: {} })).noData ?? [])).toBe("the report has no performance category");
  });

  test("an error code that means no error is none", async () => {
    expect((await runOf({ ...report(), runtimeError: { code: "NO_ERROR", message: "" } })).noData).toBeUndefined();
  });

  test("an audit whose figure is null is missing, and named", async () => {
    const run = await runOf(withAudit("speed-index", { numericValue: null }));
    expect(codes(run)).toEqual(["single-sample", "invalid-value"]);
    expect(sentence(run.problems[1]!)).toContain("speed-index is missing");
  });
});

describe("recognising Lighthouse", () => {
  test("leaves its budgets and other things with audits alone", () => {
    for (const other of [[{ resourceSizes: [] }], { audits: {} }, { lighthouseVersion: 12 }, { lighthouseResult: {} }, []])
      expect(lighthouse.recognizes(bytesOf(other))).toBe(false);
  });

  test("a report cut in the middle is broken", async () => {
    expect(await brokenOf(fixture(MOBILE).subarray(0, 3_000))).toMatchObject({ code: "truncated" });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(MOBILE));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(report(), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: whatever an audit holds, what is measured is a figure or is named", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.double(), fc.constantFrom(null, "NaN", {}, 0)), async (numericValue) => {
        const run = await runOf(withAudit("largest-contentful-paint", { numericValue }));
        const found = run.measurements.find(({ metric }) => metric === "largest-contentful-paint");
        expect(found === undefined).toBe(codes(run).includes("invalid-value"));
        if (found !== undefined) expect(found.value).toBeGreaterThan(0);
      }),
    );
  });
});
