import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gatlingStats } from "../../src/formats/gatling-stats.js";
import type { Origin } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

interface Node extends Record<string, unknown> {
  name: string;
  stats: Record<string, unknown>;
  contents: Record<string, Node>;
}
const groups = () => fixtureJson<Node>("gatling-stats/handmade-groups.json");
const CHECKOUT = "shop / checkout";
const configured = (percentages: readonly number[]): Origin => ({
  name: "js/stats.json",
  sibling: async () => undefined,
  percentiles: { "gatling-stats": percentages },
});

describe("what Gatling wrote into js/stats.json", () => {
  test("requests are named by their groups, and only successes are timed", async () => {
    const run = await runOf(fixture("gatling-stats/handmade-groups.json"));
    expect(run.tool).toBe("Gatling");
    expect(values({ measurements: run.measurements.filter(({ endpoint }) => endpoint === CHECKOUT) })).toEqual({
      [`${CHECKOUT} latency_mean`]: 0.024,
      [`${CHECKOUT} latency_p50`]: 0.022,
      [`${CHECKOUT} latency_p75`]: 0.026,
      [`${CHECKOUT} latency_p95`]: 0.037,
      [`${CHECKOUT} latency_p99`]: 0.052,
      [`${CHECKOUT} latency_max`]: 0.064,
      [`${CHECKOUT} throughput`]: 11.7,
      [`${CHECKOUT} error_rate`]: 0.1,
    });
    const p99 = run.measurements.find(({ metric, endpoint }) => metric === "latency_p99" && endpoint === CHECKOUT);
    expect(p99).toMatchObject({ n: 360, resolution: 0.001, unit: "s", better: "lower" });
  });

  test("the root is the total, whatever it is called, and a group is no request", async () => {
    const { measurements, load } = await runOf(fixture("gatling-stats/handmade-groups.json"));
    expect([...new Set(measurements.map(({ endpoint }) => endpoint))]).toEqual(["*", CHECKOUT, "shop / checkout Redirect 1", "invoice"]);
    expect(load).toEqual({ requests: 630, failed: 70, errorRate: 70 / 630 });
    expect((await runOf({ ...groups(), name: "Global Information" })).measurements).toEqual(measurements);
  });

  test("a request that always failed has an error rate and no latency, although the file has a dash there", async () => {
    const run = await runOf(fixture("gatling-stats/handmade-groups.json"));
    expect(values(run)).toMatchObject({ "invoice error_rate": 1 });
    expect(values(run)).not.toHaveProperty(["invoice latency_p99"]);
    expect(codes(run)).toEqual(["no-success"]);
  });

  test("other percentiles are read by the configuration, because the file does not name them", async () => {
    const run = await runOf(fixture("gatling-stats/handmade-groups.json"), { origin: configured([90, 97.5, 99, 99.9]) });
    expect(values(run)).toMatchObject({
      [`${CHECKOUT} latency_p90`]: 0.022,
      [`${CHECKOUT} latency_p97_5`]: 0.026,
      [`${CHECKOUT} latency_p99`]: 0.037,
    });
    expect(values(run)).not.toHaveProperty([`${CHECKOUT} latency_p50`]);
  });

  test("a percentile without a name here is left out", async () => {
    const run = await runOf(fixture("gatling-stats/handmade-groups.json"), { origin: configured([42]) });
    expect(run.measurements.filter(({ endpoint }) => endpoint === "*").map(({ statistic }) => statistic)).toEqual([
      "mean",
      "max",
      "rate",
      "rate",
    ]);
  });
});

describe("a Gatling report that proves nothing or is broken", () => {
  test("has failures only", async () => {
    const { noData, measurements } = await runOf(fixture("gatling-stats/handmade-all-failed.json"));
    expect([plain(noData ?? []), measurements]).toEqual(["all 30 requests failed", []]);
  });

  test("ends in the middle", async () => {
    const cut = fixture("gatling-stats/handmade-groups.json").subarray(0, 3_000);
    expect((await brokenOf(cut)).code).toBe("truncated");
  });

  test("counts what cannot be counted", async () => {
    const root = groups();
    Object.assign(root.stats, { numberOfRequests: { total: -1, ok: 0, ko: 0 } });
    expect(sentence(await brokenOf(root))).toContain("at stats.numberOfRequests.total");
  });

  test("is told from the files beside it", () => {
    for (const name of ["assertions", "global_stats"])
      expect(gatlingStats.recognizes(fixture(`gatling-stats/nobody/handmade-${name}.json`))).toBe(false);
    for (const other of [{ type: "GROUP" }, { stats: { numberOfRequests: {} } }, [], 3])
      expect(gatlingStats.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys changes no figure", async () => {
    const sorted = (run: Parameters<typeof values>[0]) => Object.entries(values(run)).sort();
    const expected = sorted(await runOf(groups()));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(sorted(await runOf(reordered(groups(), order)))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
