import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { artillery } from "../../src/formats/artillery.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const FILE = "artillery/own-three-endpoints.json";
interface File {
  aggregate: {
    counters: Record<string, number>;
    summaries: Record<string, Record<string, number>>;
    lastMetricAt: number;
    firstMetricAt: number;
  };
  intermediate: unknown[];
}
const three = () => fixtureJson<File>(FILE);

describe("what artillery run --output wrote", () => {
  test("the run's latencies are those of the 2xx answers, in seconds", async () => {
    const run = await runOf(fixture(FILE));
    const { summaries } = three().aggregate;
    expect(values(run)).toMatchObject({
      "* latency_mean": 0.0092,
      "* latency_p50": 0.006,
      "* latency_p95": 0.0211,
      "* latency_max": 0.022,
      "* throughput": 180 / 5.933,
      "* error_rate": 6 / 180,
    });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", n: summaries["http.response_time.2xx"]?.count });
  });

  test("a 503 is a failure, although no virtual user failed", async () => {
    expect(three().aggregate.counters["vusers.failed"]).toBe(0);
    const run = await runOf(fixture(FILE));
    expect(run.load).toEqual({ requests: 180, failed: 6, errorRate: 6 / 180, byStatus: { 200: 174, 503: 6 } });
    expect(values(run)).toMatchObject({ "/flaky error_rate": 0.1, "/fast error_rate": 0 });
    expect(run.problems.filter(({ code }) => code === "failures-mixed-in").map(sentence)).toEqual([
      "/flaky: the latencies may include those of failed requests",
    ]);
  });

  test("endpoints are those of the plugin metrics-by-endpoint, with as many samples as it timed", async () => {
    const { measurements } = await runOf(fixture(FILE));
    expect([...new Set(measurements.map(({ endpoint }) => endpoint))]).toEqual(["*", "/fast", "/flaky", "/slow"]);
    expect(measurements.find(({ benchmark, metric }) => benchmark === "/slow" && metric === "latency_p95")).toMatchObject({
      value: 0.022,
      n: 60,
    });
  });

  test("percentiles come from buckets that grow by 2 %", async () => {
    const file = three();
    file.aggregate.summaries["http.response_time.2xx"]!.p95 = 982.6;
    const { measurements } = await runOf(file);
    expect(measurements.find(({ metric }) => metric === "latency_p95")?.resolution).toBeCloseTo(0.0197, 4);
    expect(measurements.find(({ metric }) => metric === "latency_max")?.resolution).toBe(0.001);
  });

  test("a median of 0 ms is below the step", async () => {
    const run = await runOf(fixture(FILE));
    expect(values(run)).not.toHaveProperty(["/fast latency_p50"]);
    expect(codes(run)).toContain("below-resolution");
  });

  test("the windows of ten seconds are the same requests again and never added", async () => {
    const file = three();
    expect(await runOf({ ...file, intermediate: [...file.intermediate, ...file.intermediate] })).toEqual(await runOf(file));
  });

  test("without the plugin there is the run only, and the line to add", async () => {
    const file = three();
    for (const part of [file.aggregate.counters, file.aggregate.summaries])
      for (const name of Object.keys(part)) if (name.startsWith("plugins.")) delete part[name];
    const run = await runOf(file);
    expect(run.measurements.every(({ endpoint }) => endpoint === "*")).toBe(true);
    expect(plain(run.problems[0]?.remedy ?? [])).toContain("plugins: { metrics-by-endpoint: {} }");
  });
});

describe("an artillery run that proves nothing or is broken", () => {
  test("was refused: no summaries, and exit code 0", async () => {
    const { noData, measurements, load } = await runOf(fixture("artillery/own-connection-refused.json"));
    expect([plain(noData ?? []), measurements]).toEqual(["none of the 20 requests was answered", []]);
    expect(load).toMatchObject({ requests: 20, failed: 20 });
  });

  test("an endpoint that was refused is there beside others that were not", async () => {
    const file = three();
    file.aggregate.counters["http.requests"]! += 9;
    file.aggregate.counters["plugins.metrics-by-endpoint./down.errors.ECONNREFUSED"] = 9;
    const run = await runOf(file);
    expect(values(run)).toMatchObject({ "/down error_rate": 1 });
    expect(run.problems.map(sentence)).toContain("/down: every request failed");
  });

  test("sent nothing over HTTP", async () => {
    expect(plain((await runOf({ aggregate: { counters: { "vusers.created": 3 } }, intermediate: [] })).noData ?? [])).toBe(
      "no request was answered",
    );
  });

  test("is cut, or counts what cannot be counted", async () => {
    expect((await brokenOf(fixture(FILE).subarray(0, 2_000))).code).toBe("truncated");
    const file = three();
    file.aggregate.counters["http.requests"] = -1;
    expect(sentence(await brokenOf(file))).toContain("http.requests");
  });

  test("leaves other aggregates alone", () => {
    for (const other of [{ aggregate: 3 }, { aggregate: { counters: {} } }, { aggregate: { counters: { a: 1 } } }])
      expect(artillery.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = Object.entries(values(await runOf(three()))).sort();
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(Object.entries(values(await runOf(reordered(three(), order)))).sort()).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
