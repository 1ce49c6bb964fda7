import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vegeta } from "../../src/formats/vegeta.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, runOf, sentence, values } from "./reading.js";

const some = () => fixtureJson<Record<string, unknown>>("vegeta/handmade-some-failed.json");

describe("what vegeta report -type=json wrote", () => {
  test("nanoseconds become seconds, and the throughput is that of the successes", async () => {
    const run = await runOf(fixture("vegeta/handmade-some-failed.json"));
    expect(values(run)).toEqual({
      "* latency_mean": 0.021480312,
      "* latency_p50": 0.021103418,
      "* latency_p90": 0.023904112,
      "* latency_p95": 0.02561187,
      "* latency_p99": 0.031204409,
      "* latency_max": 0.06011823,
      "* throughput": some().throughput,
      "* error_rate": 0.01,
    });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", n: 1_000, resolution: 1e-9 });
    expect(run.load?.byStatus).toEqual({ 200: 990, 503: 10 });
  });

  test("failures are in the latencies", async () => {
    expect(codes(await runOf(fixture("vegeta/handmade-some-failed.json")))).toEqual(["failures-mixed-in"]);
    expect(codes(await runOf({ ...some(), status_codes: { 200: 1_000 } }))).toEqual([]);
  });

  test("a run that was refused proves nothing, however fast it was", async () => {
    const { noData, measurements } = await runOf(fixture("vegeta/handmade-refused.json"));
    expect([plain(noData ?? []), measurements]).toEqual(["none of the 1,000 requests was answered", []]);
  });

  test("reports that follow one another (-every) are refused, and a cut one", async () => {
    const one = JSON.stringify(some());
    expect((await brokenOf(`${one}\n${one}`)).code).toBe("several-values");
    expect((await brokenOf(one.slice(0, 200))).code).toBe("truncated");
  });

  test("a latency that is missing is said, never 0", async () => {
    const run = await runOf({ ...some(), latencies: { "50th": 1_000, "99th": null } });
    expect(run.problems.map(sentence)).toContain("*: latency_p99 is missing or not a number");
    expect(values(run)).toMatchObject({ "* latency_p50": 0.000001 });
  });

  test("leaves other files with latencies alone", () => {
    for (const other of [{ latencies: { p50: 1 } }, { latencies: [] }, {}]) expect(vegeta.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: what did not answer 200 to 399 failed", async () => {
    const codesOfRun = fc.dictionary(fc.integer({ min: 100, max: 599 }).map(String), fc.nat(500));
    await fc.assert(
      fc.asyncProperty(codesOfRun, fc.nat(500), async (status_codes, unanswered) => {
        const requests = Object.values(status_codes).reduce((sum, times) => sum + times, unanswered);
        const good = Object.entries(status_codes).reduce((sum, [status, times]) => (/^[23]/.test(status) ? sum + times : sum), 0);
        const { load, measurements } = await runOf({ ...some(), requests, status_codes: { ...status_codes, 0: unanswered } });
        expect(load).toMatchObject({ requests, failed: requests - good });
        expect(measurements.length > 0).toBe(good > 0);
      }),
    );
  });
});
