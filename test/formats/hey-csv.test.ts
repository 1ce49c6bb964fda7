import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heyCsv } from "../../src/formats/hey-csv.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, values } from "./reading.js";

const HEADER = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset";
const row = (seconds: number, status = 200, offset = 0) =>
  `${seconds.toFixed(4)},0.0000,0.0000,0.0000,0.0001,0.0000,${status},${offset.toFixed(4)}`;
const file = (rows: readonly string[]) => `${[HEADER, ...rows].join("\n")}\n`;
const textOf = (name: string) => new TextDecoder().decode(fixture(`hey-csv/${name}.csv`));

describe("what hey -o csv wrote", () => {
  test("its percentiles are nearest ranks over the successes", async () => {
    const times = Array.from({ length: 100 }, (_, index) => 0.0101 + index * 0.0001);
    const run = await runOf(file([...times.map((seconds) => row(seconds)), row(0.0001, 503)]));
    expect(values(run)).toMatchObject({ "* latency_p50": 0.015, "* latency_p95": 0.0195, "* latency_p99": 0.0199, "* latency_max": 0.02 });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", n: 100, resolution: 0.0001 });
  });

  test("has no error rate: what was never answered has no row", async () => {
    const run = await runOf(fixture("hey-csv/own-flaky.csv"));
    expect(run.measurements.map(({ metric }) => metric)).not.toContain("error_rate");
    expect(codes(run)).toEqual(["too-few-samples", "missing-error-rate"]);
  });

  test("throughput is answers by the time from the first to the last", async () => {
    const run = await runOf(file([row(0.5, 200, 0), row(0.5, 200, 0.5), row(0.5, 200, 1), row(0.5, 200, 1.5)]));
    expect(values(run)["* throughput"]).toBe(2);
  });

  test("an endpoint made a fifth slower is a fifth slower", async () => {
    const [base, head] = [values(await runOf(textOf("own-base"))), values(await runOf(textOf("own-head")))];
    expect((head["* latency_p50"] ?? 0) / (base["* latency_p50"] ?? 1)).toBeGreaterThan(1.1);
  });
});

describe("a hey CSV that proves nothing or is broken", () => {
  test("is its header only, which is what a closed port leaves", async () => {
    expect(plain((await runOf(fixture("hey-csv/own-connection-refused.csv"))).noData ?? [])).toBe("no request was answered");
  });

  test("holds one bad status", async () => {
    expect(plain((await runOf(fixture("hey-csv/own-only-500.csv"))).noData ?? [])).toBe("all 40 responses were 500");
  });

  test("reads 0 everywhere", async () => {
    expect(plain((await runOf(file([row(0), row(0)]))).noData ?? [])).toContain("every latency of the 2 requests reads 0");
  });

  test("is cut in a row, or two runs", async () => {
    expect(await brokenOf(textOf("own-flaky").slice(0, 150))).toMatchObject({ code: "unexpected-shape", line: 3 });
    expect(await brokenOf(file([row(0.1), HEADER, row(0.1)]))).toMatchObject({ code: "several-runs", line: 3 });
    expect((await brokenOf(textOf("own-base").trimEnd().slice(0, -1))).code).toBe("unexpected-shape");
  });

  test("leaves other tables alone", () => {
    for (const other of ["response-time,offset", `# ${HEADER}`, ""]) expect(heyCsv.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of rows changes no figure", async () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 90_000 }), fc.constantFrom(200, 204, 301, 404, 503)), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (answers) => {
        const lines = answers.map(([steps, status], index) => row(steps / 10_000, status, index));
        const forward = await runOf(file(lines));
        expect(values(await runOf(file(lines.toReversed())))).toEqual(values(forward));
        expect(forward.noData === undefined).toBe(answers.some(([, status]) => status < 400));
      }),
    );
  });
});
