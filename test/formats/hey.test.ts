import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hey } from "../../src/formats/hey.js";
import { heyEndpoint } from "../../src/formats/hey-command.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, sentence, values } from "./reading.js";

const textOf = (name: string) => new TextDecoder().decode(fixture(`hey/${name}.txt`));
const noDataOf = async (name: string) => plain((await runOf(textOf(name))).noData ?? []);
const CHECKOUT = "POST http://127.0.0.1:18190/api/checkout";

describe("what hey printed", () => {
  test("is the run's total, in seconds with four decimals", async () => {
    const run = await runOf(fixture("hey/own-first.txt"));
    expect(values(run)).toEqual({
      "* latency_mean": 0.0004,
      "* latency_p50": 0.0002,
      "* latency_p75": 0.0002,
      "* latency_p90": 0.0004,
      "* latency_p95": 0.0007,
      "* latency_p99": 0.0085,
      "* latency_max": 0.0091,
      "* throughput": 9723.901,
      "* error_rate": 0,
    });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", n: 200, resolution: 0.0001 });
  });

  test("the command line in front of it names the endpoint", async () => {
    const [base, head] = [values(await runOf(textOf("own-base"))), values(await runOf(textOf("own-head")))];
    expect(Object.keys(base).every((name) => name.startsWith(CHECKOUT))).toBe(true);
    expect(head[`${CHECKOUT} latency_p50`]).toBeGreaterThan(1.15 * (base[`${CHECKOUT} latency_p50`] ?? 0));
  });

  test.each([
    [undefined, "*"],
    ["hey -n 5", "*"],
    ["hey -n 5 http://a/b", "http://a/b"],
    ["hey -m PUT -n 5 'http://a/b?c=d'", "PUT http://a/b?c=d"],
    ["hey http://a/b -m", "http://a/b"],
  ])("of the command %s the endpoint is %s", (command, endpoint) => {
    expect(heyEndpoint(command)).toBe(endpoint);
  });

  test("answers of a bad status are failures and in the latencies", async () => {
    const run = await runOf(fixture("hey/own-flaky.txt"));
    expect(run.load).toEqual({ requests: 200, failed: 20, errorRate: 0.1, byStatus: { 200: 180, 503: 20 } });
    expect(codes(run)).toEqual(["failures-mixed-in"]);
  });

  test("requests without an answer are failures, and not in the latencies", async () => {
    const run = await runOf(fixture("hey/own-partly-refused.txt"));
    expect(run.load).toMatchObject({ requests: 400, failed: 136, byStatus: { 200: 264 } });
    expect(codes(run)).toEqual([]);
    expect(run.measurements[0]).toMatchObject({ metric: "latency_mean", n: 264 });
  });
});

describe("a hey run that proves nothing or is broken", () => {
  test.each([
    ["own-connection-refused", "none of the 20 requests was answered"],
    ["own-timeout", "none of the 6 requests was answered"],
    ["own-only-500", "all 48 responses were 500"],
  ])("%s: %s", async (name, why) => {
    expect(await noDataOf(name)).toBe(why);
  });

  test("is cut, or two runs", async () => {
    expect((await brokenOf(textOf("own-first").slice(0, 500))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-flaky").replace(/( {2}\[200\].*)[\s\S]*/, "$1"))).code).toBe("truncated");
    expect((await brokenOf(textOf("own-first") + textOf("own-first"))).code).toBe("several-runs");
  });

  test("a percentile of 0.0000 s is below the step", async () => {
    const run = await runOf(textOf("own-first").replace("50% in 0.0002", "50% in 0.0000"));
    expect(run.problems.map(sentence)).toEqual(["*: latency_p50 read 0, below the tool's step of 0.1 ms"]);
  });

  test("is told from oha's text and from other summaries", () => {
    expect(hey.recognizes(fixture("hey/nobody/handmade-oha.txt"))).toBe(false);
    for (const other of ["Summary:\n  Total: 3", "{}", ""]) expect(hey.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: an error's text is never counted as a status", async () => {
    const errors = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.string({ minLength: 1, maxLength: 30 })), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(errors, async (lines) => {
        const texts = lines.map(([times, error]) => `  [${times}]\tGet ${error.replaceAll(/[\r\n]/g, " ")}.`);
        const { load } = await runOf(`${textOf("own-first")}\nError distribution:\n${texts.join("\n")}\n`);
        const errored = lines.reduce((sum, [times]) => sum + times, 0);
        expect(load).toMatchObject({ requests: 200 + errored, failed: errored, byStatus: { 200: 200 } });
      }),
    );
  });
});
