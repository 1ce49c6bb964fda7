import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autocannon } from "../../src/formats/autocannon.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const SLOW = "http://127.0.0.1:18090/slow";
const FLAKY = "http://127.0.0.1:18090/flaky";

interface Latency extends Record<string, unknown> {
  totalCount: number;
}
interface File extends Record<string, unknown> {
  "2xx": number;
  errors: number;
  non2xx: number;
  latency: Latency;
  requests: Record<string, unknown>;
  statusCodeStats: Record<string, { count: number }>;
}

const slow = () => fixtureJson<File>("autocannon/ok-slow.json");
const noDataOf = async (content: unknown) => {
  const { measurements, noData } = await runOf(content);
  expect(measurements).toEqual([]);
  return plain(noData ?? []);
};

describe("what autocannon --json wrote", () => {
  test("the URL is the endpoint, milliseconds become seconds, and the step is one millisecond", async () => {
    const file = slow();
    const { measurements, environment, tool } = await runOf(fixture("autocannon/ok-slow.json"));
    expect(values({ measurements })).toEqual({
      [`${SLOW} latency_mean`]: Number(file.latency.mean) / 1000,
      [`${SLOW} latency_p50`]: Number(file.latency.p50) / 1000,
      [`${SLOW} latency_p75`]: Number(file.latency.p75) / 1000,
      [`${SLOW} latency_p90`]: Number(file.latency.p90) / 1000,
      [`${SLOW} latency_p97_5`]: Number(file.latency.p97_5) / 1000,
      [`${SLOW} latency_p99`]: Number(file.latency.p99) / 1000,
      [`${SLOW} latency_max`]: Number(file.latency.max) / 1000,
      [`${SLOW} throughput`]: file.requests.average,
      [`${SLOW} error_rate`]: 0,
    });
    const n = file["2xx"];
    expect(measurements[4]).toMatchObject({ endpoint: SLOW, statistic: "p97_5", unit: "s", better: "lower", resolution: 0.001, n });
    expect(measurements[7]).toMatchObject({ statistic: "rate", unit: "1/s", better: "higher", n });
    expect(measurements[8]).toMatchObject({ statistic: "rate", unit: "1", better: "lower", n });
    expect([tool, environment]).toEqual(["autocannon", undefined]);
  });

  test("the load counts requests and answers by status", async () => {
    const { load } = await runOf(fixture("autocannon/some-503.json"));
    const { "2xx": good, non2xx, statusCodeStats } = fixtureJson<File>("autocannon/some-503.json");
    expect(load).toEqual({
      requests: good + non2xx,
      failed: non2xx,
      errorRate: non2xx / (good + non2xx),
      byStatus: { 200: statusCodeStats[200]?.count, 503: statusCodeStats[503]?.count },
    });
  });

  test("some failures leave the figures standing, with a word that they are mixed in", async () => {
    const run = await runOf(fixture("autocannon/some-503.json"));
    expect(values(run)[`${FLAKY} error_rate`]).toBeCloseTo(0.1, 2);
    expect(values(run)).toHaveProperty([`${FLAKY} latency_p99`]);
    expect(codes(run)).toEqual(["failures-mixed-in"]);
    const successesOnly = fixtureJson<File>("autocannon/some-503.json");
    successesOnly.latency.totalCount = successesOnly["2xx"];
    expect(codes(await runOf(successesOnly))).toEqual([]);
  });

  test("a method in the file stands in front of the URL", async () => {
    expect((await runOf({ ...slow(), method: "POST" })).measurements[0]).toMatchObject({
      benchmark: `POST ${SLOW}`,
      endpoint: `POST ${SLOW}`,
    });
  });

  test("several URLs in turns are the total; a list of one is that one", async () => {
    expect((await runOf({ ...slow(), url: [SLOW, FLAKY] })).measurements[0]?.endpoint).toBe("*");
    expect((await runOf({ ...slow(), url: [SLOW] })).measurements[0]?.endpoint).toBe(SLOW);
  });
});

describe("an autocannon run that proves nothing", () => {
  test("got errors only: counted by status", async () => {
    const { non2xx } = fixtureJson<File>("autocannon/only-500.json");
    expect(await noDataOf(fixture("autocannon/only-500.json"))).toBe(`all ${non2xx.toLocaleString("en-US")} responses were 500`);
  });

  test("was refused", async () => {
    const { errors } = fixtureJson<File>("autocannon/refused.json");
    expect(await noDataOf(fixture("autocannon/refused.json"))).toBe(`none of the ${errors.toLocaleString("en-US")} requests was answered`);
  });

  test("timed out: the timeouts are among the errors and count once", async () => {
    expect(fixtureJson("autocannon/timeouts.json")).toMatchObject({ errors: 6, timeouts: 6 });
    expect(await noDataOf(fixture("autocannon/timeouts.json"))).toBe("none of the 6 requests was answered");
  });

  test("failed in several ways: each is counted", async () => {
    const statusCodeStats = { 403: { count: 6_000 }, 503: { count: 500 } };
    const file = { ...slow(), "2xx": 0, non2xx: 6_500, errors: 2, statusCodeStats };
    expect(await noDataOf(file)).toBe("none of the 6,502 requests succeeded: 6,000 × 403, 500 × 503, 2 errors, 0 unexpected bodies");
  });

  test("got nothing but unexpected bodies", async () => {
    const file = slow();
    expect(await noDataOf({ ...file, mismatches: file["2xx"] })).toContain("unexpected bodies");
  });

  test("made no request at all", async () => {
    expect(await noDataOf({ ...slow(), "2xx": 0 })).toBe("no request was answered and none failed");
  });
});

describe("figures that say less than they seem to", () => {
  test("a latency of 0 ms is below the tool's step and no measurement", async () => {
    const run = await runOf(fixture("autocannon/quantised-zero.json"));
    const metrics = run.measurements.map(({ metric }) => metric);
    expect(metrics).toEqual(["latency_mean", "latency_p99_9", "latency_p99_99", "latency_max", "throughput", "error_rate"]);
    expect(codes(run)).toEqual(["below-resolution"]);
    expect(sentence(run.problems[0]!)).toContain(
      "latency_p50, latency_p75, latency_p90, latency_p97_5, latency_p99 read 0, below the tool's step of 1 ms",
    );
  });

  test("thirty requests are too few for any percentile above p90", async () => {
    const run = await runOf(fixture("autocannon/too-few.json"));
    const times = ["mean", "p50", "p75", "p90", "max"].map((statistic) => `latency_${statistic}`);
    expect(run.measurements.map(({ metric }) => metric)).toEqual([...times, "throughput", "error_rate"]);
    expect(codes(run)).toEqual(["too-few-samples"]);
    expect(sentence(run.problems[0]!)).toBe(`${SLOW}: 30 requests are too few for latency_p97_5, latency_p99, latency_p99_9`);
  });

  test("a percentile that the file lacks is simply not there", async () => {
    const file = slow();
    delete file.latency.p50;
    expect((await runOf(file)).measurements.map(({ metric }) => metric)).not.toContain("latency_p50");
  });

  test("a percentile that is null or negative is named, and no measurement", async () => {
    const file = slow();
    Object.assign(file.latency, { p50: null, p99: -3 });
    const run = await runOf(file);
    expect(run.problems.filter(({ code }) => code === "invalid-value").map(sentence)).toEqual([
      `${SLOW}: latency_p50 is missing or not a number`,
      `${SLOW}: latency_p99 cannot be -0.003`,
    ]);
    const times = ["mean", "p75", "p90", "p97_5", "max"].map((statistic) => `latency_${statistic}`);
    expect(run.measurements.map(({ metric }) => metric)).toEqual([...times, "throughput", "error_rate"]);
  });

  test("a count that cannot be breaks the file", async () => {
    const problem = await brokenOf({ ...slow(), errors: -1 });
    expect(problem.code).toBe("unexpected-shape");
    expect(sentence(problem)).toContain("at errors");
  });
});

describe("recognising autocannon", () => {
  test("a byte order mark in front is no obstacle", async () => {
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...fixture("autocannon/ok-slow.json")]);
    expect(await runOf(marked)).toEqual(await runOf(fixture("autocannon/ok-slow.json")));
  });

  test("leaves other files with a latency alone", () => {
    for (const other of [{ latency: { p99: 1 } }, { requests: { sent: 1 } }, { latency: 5, statusCodeStats: {} }])
      expect(autocannon.recognizes(bytesOf(other))).toBe(false);
  });

  test("two runs appended to one file are refused, never the first taken", async () => {
    const twice = `${JSON.stringify(slow())}\n${JSON.stringify(slow())}\n`;
    expect(await brokenOf(twice)).toMatchObject({ code: "several-values", line: 1 });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture("autocannon/some-503.json"));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson("autocannon/some-503.json"), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: the error rate is failures of requests, and nothing succeeds at a rate of one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5_000), fc.nat(5_000), fc.nat(5_000), async (good, non2xx, errors) => {
        const { load, measurements, noData } = await runOf({ ...slow(), "2xx": good, non2xx, errors });
        expect(load).toMatchObject({ requests: good + non2xx + errors, failed: non2xx + errors });
        expect(measurements.length === 0).toBe(good === 0);
        expect(noData === undefined).toBe(good > 0);
      }),
    );
  });
});
