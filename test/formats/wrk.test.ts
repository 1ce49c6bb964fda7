import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wrk } from "../../src/formats/wrk.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, rounded, runOf, sentence, values } from "./reading.js";

const textOf = (name: string) => new TextDecoder().decode(fixture(`wrk/${name}.txt`));
const SLOW = "http://127.0.0.1:18090/slow";
const noDataOf = async (content: unknown) => plain((await runOf(content)).noData ?? []);

describe("what wrk printed", () => {
  test("the URL is the endpoint, and each time has its own unit", async () => {
    const run = await runOf(fixture("wrk/own-ok.txt"));
    expect(rounded(values(run))).toEqual({
      [`${SLOW} latency_mean`]: 0.02079,
      [`${SLOW} latency_p50`]: 0.02074,
      [`${SLOW} latency_p75`]: 0.02087,
      [`${SLOW} latency_p90`]: 0.02106,
      [`${SLOW} latency_p99`]: 0.02461,
      [`${SLOW} latency_max`]: 0.02481,
      [`${SLOW} throughput`]: 191.54,
      [`${SLOW} error_rate`]: 0,
    });
    expect(run.measurements[0]).toMatchObject({ n: 384, resolution: 1e-5 });
    expect([run.tool, codes(run)]).toEqual(["wrk", []]);
  });

  test("two decimals of a larger unit are a larger step", async () => {
    const file = textOf("own-ok")
      .replace("99%   24.61ms", "99%    1.64s")
      .replace("50%   20.74ms", "50%   17.00us")
      .replace("24.81ms", "1.67m");
    const { measurements } = await runOf(file);
    const stepOf = (metric: string) => measurements.find((one) => one.metric === metric);
    expect(stepOf("latency_p99")).toMatchObject({ value: 1.64, resolution: 0.01 });
    expect(stepOf("latency_p50")).toMatchObject({ value: 0.000017, resolution: 1e-8 });
    expect(stepOf("latency_max")).toMatchObject({ value: expect.closeTo(100.2, 9), resolution: 0.6 });
  });

  test("without --latency there are no percentiles, and the flag is named", async () => {
    const run = await runOf(fixture("wrk/own-no-latency-flag.txt"));
    expect(run.measurements.map(({ metric }) => metric)).toEqual(["latency_mean", "latency_max", "throughput", "error_rate"]);
    expect(codes(run)).toEqual(["missing-percentile"]);
    expect(plain(run.problems[0]?.remedy ?? [])).toBe("run wrk with --latency");
  });

  test("bad statuses and lost connections are failures", async () => {
    const run = await runOf(fixture("wrk/own-flaky.txt"));
    expect(run.load).toMatchObject({ requests: 1_239, failed: 123 });
    expect(codes(run)).toEqual(["failures-mixed-in"]);
    const lost = textOf("own-ok").replace("  384 requests", "  Socket errors: connect 1, read 2, write 3, timeout 4\n  384 requests");
    expect((await runOf(lost)).load).toMatchObject({ requests: 390, failed: 10 });
  });

  test("an endpoint made a fifth slower is a fifth slower", async () => {
    const [base, head] = [values(await runOf(textOf("own-base"))), values(await runOf(textOf("own-head")))];
    const p50 = "http://127.0.0.1:18190/api/checkout latency_p50";
    expect((head[p50] ?? 0) / (base[p50] ?? 1)).toBeCloseTo(1.22, 1);
  });
});

describe("what wrk2 printed", () => {
  test("the detailed spectrum gives the percentiles that the table leaves out, and calibration is no latency", async () => {
    const run = await runOf(fixture("wrk/handmade-wrk2.txt"));
    expect(run.tool).toBe("wrk2");
    expect(rounded(values(run))).toMatchObject({
      [`${SLOW} latency_mean`]: 0.0207,
      [`${SLOW} latency_p50`]: 0.02041,
      [`${SLOW} latency_p95`]: 0.0234,
      [`${SLOW} latency_p97_5`]: 0.0249,
      [`${SLOW} latency_p99`]: 0.0302,
      [`${SLOW} latency_p99_9`]: 0.0551,
      [`${SLOW} latency_max`]: 0.06022,
    });
  });

  test("the first distribution counts, not the one that leaves the waiting out", async () => {
    expect(values(await runOf(fixture("wrk/handmade-wrk2-saturated.txt")))).toMatchObject({ [`${SLOW} latency_p99`]: 0.0302 });
  });

  test("a server that did not follow the rate asked for was saturated", async () => {
    expect(codes(await runOf(fixture("wrk/handmade-wrk2.txt")))).not.toContain("saturated");
    const run = await runOf(fixture("wrk/handmade-wrk2-saturated.txt"));
    expect(run.problems.map(sentence)[0]).toBe("the server answered 82.1 of the 100 requests per second asked for: it was saturated");
    const thousands = textOf("handmade-wrk2").replace("-R100", "-R 2k");
    expect(codes(await runOf(thousands))).toContain("saturated");
  });
});

describe("a wrk run that proves nothing or is broken", () => {
  test("could not connect", async () => {
    expect(await noDataOf(fixture("wrk/own-connection-refused.txt"))).toBe(
      "nothing was measured: unable to connect to 127.0.0.1:18099 Connection refused",
    );
  });

  test("got bad statuses only, at 53,867 requests per second", async () => {
    expect(await noDataOf(fixture("wrk/own-non2xx.txt"))).toBe("all 107,845 requests failed");
  });

  test("got no answer at all: every latency reads 0", async () => {
    expect(textOf("own-hang")).toContain("-nan%");
    expect(await noDataOf(fixture("wrk/own-hang.txt"))).toBe("no request was answered");
  });

  test("is cut, or two runs", async () => {
    expect((await brokenOf(textOf("own-ok").slice(0, 300))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-ok").replace(/(Requests\/sec:\s+\d)[\s\S]*/, "$1"))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-ok") + textOf("own-ok"))).code).toBe("several-runs");
  });

  test("a latency that is nan is missing, never 0", async () => {
    const run = await runOf(textOf("own-ok").replace("24.61ms", "-nanus"));
    expect(run.problems.map(sentence)).toEqual([`${SLOW}: latency_p99 is missing or not a number`]);
    expect(values(run)).not.toHaveProperty([`${SLOW} latency_p99`]);
  });

  test("leaves other text alone", () => {
    for (const other of ["Running tests", "was unable to connect to x", "{}"]) expect(wrk.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: whatever follows a line is part of no other figure", async () => {
    const expected = values(await runOf(textOf("own-ok")));
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), fc.nat(9), async (noise, at) => {
        const lines = textOf("own-ok").split("\n");
        lines.splice(at + 1, 0, `> ${noise.replaceAll("\n", " ")}`);
        expect(values(await runOf(lines.join("\n")))).toEqual(expected);
      }),
    );
  });
});
