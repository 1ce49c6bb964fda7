import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ab } from "../../src/formats/ab.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, sentence, values } from "./reading.js";

const textOf = (name: string) => new TextDecoder().decode(fixture(`ab/${name}.txt`));
const noDataOf = async (name: string) => plain((await runOf(textOf(name))).noData ?? []);
const SLOW = "http://127.0.0.1:18090/slow";

describe("what ApacheBench printed", () => {
  test("host, port and path are the endpoint, and milliseconds become seconds", async () => {
    const run = await runOf(fixture("ab/own-ok.txt"));
    expect(values(run)).toEqual({
      [`${SLOW} latency_mean`]: 21.951 / 1000,
      [`${SLOW} latency_p50`]: 0.022,
      [`${SLOW} latency_p75`]: 0.022,
      [`${SLOW} latency_p90`]: 0.022,
      [`${SLOW} latency_p95`]: 0.022,
      [`${SLOW} latency_p99`]: 0.023,
      [`${SLOW} latency_max`]: 0.023,
      [`${SLOW} throughput`]: 182.22,
      [`${SLOW} error_rate`]: 0,
    });
    const resolutions = run.measurements.map(({ metric, resolution }) => [metric, resolution]);
    expect(resolutions).toContainEqual(["latency_p99", 0.001]);
    expect(resolutions).toContainEqual(["latency_mean", 1e-6]);
  });

  test("the usual port is left out, and TLS is https", async () => {
    const file = textOf("own-ok")
      .replace("18090", "443")
      .replace("Document Path:", "SSL/TLS Protocol:       TLSv1.3,X,256,256\nDocument Path:");
    expect((await runOf(file)).measurements[0]?.endpoint).toBe("https://127.0.0.1/slow");
  });

  test("bad statuses are failures although ab says `Failed requests: 0`", async () => {
    expect(textOf("own-flaky")).toContain("Failed requests:        0");
    const run = await runOf(fixture("ab/own-flaky.txt"));
    expect(run.load).toMatchObject({ requests: 100, failed: 10 });
    expect(codes(run)).toEqual(["failures-mixed-in"]);
  });

  test("answers of another length are no failures, which is said", async () => {
    const run = await runOf(fixture("ab/own-lengths.txt"));
    expect(run.load).toMatchObject({ requests: 100, failed: 0 });
    expect(run.problems.map(sentence)).toEqual([
      "85 answers had another length than the first, which ApacheBench calls failed and Redline does not",
    ]);
  });

  test("thirty requests are too few for p99", async () => {
    const run = await runOf(fixture("ab/own-few.txt"));
    expect(codes(run)).toEqual(["too-few-samples"]);
    expect(run.measurements.map(({ metric }) => metric)).not.toContain("latency_p99");
  });

  test("an endpoint made slower is slower", async () => {
    const [base, head] = [values(await runOf(textOf("own-base"))), values(await runOf(textOf("own-head")))];
    const p50 = "http://127.0.0.1:18190/api/checkout latency_p50";
    expect([base[p50], head[p50]]).toEqual([0.023, 0.027]);
  });
});

describe("an ApacheBench run that proves nothing or is broken", () => {
  test.each([
    ["own-connection-refused", "the run was aborted: apr_socket_recv: Connection refused (111)"],
    ["own-timeout", "the run was aborted: apr_pollset_poll: The timeout specified has expired (70007)"],
    ["own-non2xx", "all 50 requests failed"],
  ])("%s: %s", async (name, why) => {
    expect(await noDataOf(name)).toBe(why);
  });

  test("is cut before or inside the table, or two runs", async () => {
    expect((await brokenOf(textOf("own-ok").slice(0, 400))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-ok").replace(/ {2}99%[\s\S]*/, ""))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-ok").replace(/( 100% {1,6}\d)[\s\S]*/, "$1"))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-ok") + textOf("own-ok"))).code).toBe("several-runs");
  });

  test("leaves its file for gnuplot and other text alone", () => {
    expect(ab.recognizes(fixture("ab/nobody/own-gnuplot.tsv"))).toBe(false);
    for (const other of ["ApacheBench is a tool", "{}"]) expect(ab.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: failures never exceed the requests", async () => {
    const counts = fc.record({
      connect: fc.nat(300),
      receive: fc.nat(300),
      length: fc.nat(300),
      exceptions: fc.nat(300),
      statuses: fc.nat(300),
    });
    await fc.assert(
      fc.asyncProperty(counts, async ({ connect, receive, length, exceptions, statuses }) => {
        const kinds = `   (Connect: ${connect}, Receive: ${receive}, Length: ${length}, Exceptions: ${exceptions})`;
        const file = textOf("own-ok").replace(
          "Failed requests:        0",
          `Failed requests:        9\n${kinds}\nNon-2xx responses:      ${statuses}`,
        );
        const { load, noData } = await runOf(file);
        const failed = Math.min(200, connect + receive + exceptions + statuses);
        expect(load).toMatchObject({ requests: 200, failed });
        expect(noData === undefined).toBe(failed < 200);
      }),
    );
  });
});
