import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EndpointFigures, figuresOf, loadRun, whyNothing } from "../../src/formats/load-run.js";
import { plain } from "../../src/model/text.js";
import { sentence, values } from "./reading.js";

const good: EndpointFigures = { endpoint: "GET /a", requests: 200, failed: 0, seconds: { p95: 0.02 }, perSecond: 50 };
const because = (total: Partial<EndpointFigures>) => plain(whyNothing({ ...good, ...total }) ?? []);
const codesOf = (row: EndpointFigures) => figuresOf(row).problems.map(({ code }) => code);

describe("a run that proves nothing", () => {
  test.each<[string, Partial<EndpointFigures>]>([
    ["no request was answered", { requests: 0 }],
    ["all 200 requests failed", { failed: 200 }],
    ["all 200 responses were 403", { failed: 200, byStatus: { 403: 200 } }],
    ["none of the 200 requests was answered", { failed: 200, byStatus: { 0: 200 } }],
    ["none of the 200 requests was answered", { failed: 200, byStatus: {} }],
    ["none of the 200 requests succeeded: 150 × 500, 50 without an answer", { failed: 200, byStatus: { 0: 50, 500: 150 } }],
    ["none of the 200 requests succeeded: 150 × 500, 50 × 503", { failed: 200, byStatus: { 500: 150, 503: 50 } }],
    ["every latency of the 200 requests reads 0, which no request can have", { seconds: { p50: 0, p99: 0 } }],
    ["", {}],
    ["", { failed: 199 }],
    ["", { seconds: {} }],
  ])("says why: %j", (why, total) => {
    expect(because(total)).toBe(why);
  });

  test("has no measurement of any endpoint, but keeps its counts", () => {
    const run = loadRun({ format: "f", tool: "t", total: { ...good, endpoint: "*", failed: 200 }, endpoints: [good] });
    expect(run).toMatchObject({ measurements: [], load: { requests: 200, failed: 200, errorRate: 1 } });
    expect(run.noData).toBeDefined();
  });
});

describe("the figures of an endpoint", () => {
  test("are latencies, throughput and error rate", () => {
    expect(values(figuresOf(good))).toEqual({ "GET /a latency_p95": 0.02, "GET /a throughput": 50, "GET /a error_rate": 0 });
    expect(codesOf(good)).toEqual([]);
  });

  test("say that failures are mixed in, unless the tool timed the successes by themselves", () => {
    expect(codesOf({ ...good, failed: 2 })).toEqual(["failures-mixed-in"]);
    expect(codesOf({ ...good, failed: 2, successesOnly: true })).toEqual([]);
    expect(codesOf({ ...good, failed: 2, timed: 198 })).toEqual([]);
  });

  test("count the samples that were timed, not those that were sent", () => {
    const { measurements } = figuresOf({ ...good, requests: 25, failed: 8, successesOnly: true });
    expect(measurements.map(({ metric }) => metric)).toEqual(["throughput", "error_rate"]);
  });

  test("keep the error rate of an endpoint that always failed, and drop the speed of its failures", () => {
    const row = { ...good, failed: 200 };
    expect(values(figuresOf(row))).toEqual({ "GET /a error_rate": 1 });
    expect(codesOf(row)).toEqual(["no-success"]);
  });

  test("are missing for an endpoint without requests, which is said", () => {
    expect(figuresOf({ ...good, requests: 0 })).toMatchObject({ measurements: [], problems: [{ code: "no-requests" }] });
  });
});

describe("a run of many names", () => {
  const rows = Array.from({ length: 60 }, (_, id) => ({ ...good, endpoint: `GET /user?id=${id}`, requests: 3 }));

  test("is told to name its requests, and says once that they are too few", () => {
    const run = loadRun({ format: "f", tool: "t", endpoints: rows });
    expect(run.problems.map(({ code }) => code)).toEqual(["many-names", "too-few-samples"]);
    expect(sentence(run.problems[0]!)).toContain("60 names for 180 requests");
  });

  test("without a total of the tool's own has only the sum of its requests", () => {
    const run = loadRun({ format: "f", tool: "t", endpoints: rows });
    expect(run.load).toEqual({ requests: 180, failed: 0, errorRate: 0 });
    expect(run.measurements.some(({ endpoint }) => endpoint === "*")).toBe(false);
  });

  test("property: something is measured exactly when something succeeded", () => {
    const row = fc.nat(300).chain((requests) => fc.record({ requests: fc.constant(requests), failed: fc.nat(requests) }));
    fc.assert(
      fc.property(row, (counts) => {
        const run = loadRun({ format: "f", tool: "t", total: { ...good, ...counts, endpoint: "*" } });
        expect(run.measurements.length > 0).toBe(counts.failed < counts.requests);
        expect(run.noData === undefined).toBe(counts.failed < counts.requests);
      }),
    );
  });
});
