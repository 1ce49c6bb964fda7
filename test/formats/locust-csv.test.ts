import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { locustCsv } from "../../src/formats/locust-csv.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, sentence, values } from "./reading.js";

const textOf = (name: string) => new TextDecoder().decode(fixture(`locust-csv/${name}.csv`));
const lines = () => textOf("own-stats").trimEnd().split("\r\n");
const file = (rows: readonly string[]) => `${rows.join("\r\n")}\r\n`;

describe("what Locust --csv wrote into _stats.csv", () => {
  test("type and name are the endpoint, and the row Aggregated is the total", async () => {
    const run = await runOf(fixture("locust-csv/own-stats.csv"));
    expect([...new Set(run.measurements.map(({ endpoint }) => endpoint))]).toEqual([
      "*",
      "GET /err",
      "GET /fast",
      "GET /item?id=[id]",
      "GET /slow",
      "POST /slow",
    ]);
    expect(run.load).toEqual({ requests: 832, failed: 96, errorRate: 96 / 832 });
    expect(values({ measurements: run.measurements.filter(({ endpoint }) => endpoint === "GET /slow") })).toEqual({
      "GET /slow latency_mean": 23.54392304095311 / 1000,
      "GET /slow latency_p50": 0.023,
      "GET /slow latency_p75": 0.024,
      "GET /slow latency_p90": 0.025,
      "GET /slow latency_p95": 0.026,
      "GET /slow latency_p99": 0.027,
      "GET /slow latency_max": 61.86703100001978 / 1000,
      "GET /slow throughput": 34.18486813874569,
      "GET /slow error_rate": 0,
    });
  });

  test("percentiles are found by their header, because setups differ", async () => {
    const rows = [
      "Type,Name,Request Count,Failure Count,Average Response Time,Max Response Time,Requests/s,60%,97.5%",
      ",Aggregated,500,0,7,90,5,5100,7800",
    ];
    const run = await runOf(file(rows));
    expect(run.measurements.map(({ metric, value, resolution }) => [metric, value, resolution])).toEqual([
      ["latency_mean", 0.007, undefined],
      ["latency_p97_5", 7.8, 0.1],
      ["latency_max", 0.09, undefined],
      ["throughput", 5, undefined],
      ["error_rate", 0, undefined],
    ]);
  });

  test("an endpoint that always failed has an error rate only", async () => {
    const run = await runOf(fixture("locust-csv/own-stats.csv"));
    expect(values({ measurements: run.measurements.filter(({ endpoint }) => endpoint === "GET /err") })).toEqual({
      "GET /err error_rate": 1,
    });
    expect(codes(run)).toEqual(expect.arrayContaining(["failures-mixed-in", "no-success"]));
  });

  test("a name with a comma and quotes stays whole", async () => {
    const rows = lines().map((line) => line.replace("GET,/fast,", 'GET,"/fast, ""now""",'));
    expect(values(await runOf(file(rows)))).toHaveProperty(['GET /fast, "now" latency_p50']);
  });

  test("names with ids in them are told to be grouped", async () => {
    const [header = "", row = "", ...others] = lines();
    const many = Array.from({ length: 60 }, (_, id) => row.replace("/err", `/item?id=${id}`));
    const run = await runOf(file([header, ...many, ...others]));
    expect(sentence(run.problems.find(({ code }) => code === "many-names")!)).toContain("64 names for 832 requests");
  });

  test("an endpoint made slower is the one that differs", async () => {
    const [base, head] = [values(await runOf(textOf("own-base-stats"))), values(await runOf(textOf("own-head-stats")))];
    const change = (name: string) => (head[name] ?? 0) / (base[name] ?? 1);
    expect(change("POST /api/checkout latency_p50")).toBeGreaterThan(1.15);
  });
});

describe("a Locust table that proves nothing or is broken", () => {
  test("the server was down: 111 of 111 failed, in 3 ms", async () => {
    const { noData, measurements } = await runOf(fixture("locust-csv/own-errors-only-stats.csv"));
    expect([plain(noData ?? []), measurements]).toEqual(["all 111 requests failed", []]);
  });

  test("nothing was requested: N/A is missing and never 0", async () => {
    const rows = [
      "Type,Name,Request Count,Failure Count,Average Response Time,Max Response Time,Requests/s,50%",
      ",Aggregated,0,0,0,0,0.0,N/A",
    ];
    expect(plain((await runOf(file(rows))).noData ?? [])).toBe("no request was answered");
    const some = await runOf(file([rows[0] ?? "", ",Aggregated,5,0,3,4,0.5,N/A"]));
    expect(some.problems.map(sentence)).toEqual(["*: latency_p50 is missing or not a number"]);
  });

  test("is cut: in a row, in a quoted name, or before the total", async () => {
    for (const cut of [textOf("own-stats").slice(0, 420), `${lines()[0]}\r\nGET,"/fa`, file(lines().slice(0, 3))])
      expect((await brokenOf(cut)).code).toBe("truncated");
  });

  test("is two runs in one file", async () => {
    expect((await brokenOf(textOf("own-stats").repeat(2))).code).toBe("several-runs");
  });

  test("counts what is no count", async () => {
    expect(await brokenOf(file(lines().map((line) => line.replace("GET,/fast,368", "GET,/fast,many"))))).toMatchObject({
      code: "unexpected-shape",
      line: 3,
    });
  });

  test("is told from the files beside it", () => {
    for (const name of ["stats_history", "failures", "exceptions"])
      expect(locustCsv.recognizes(fixture(`locust-csv/nobody/own-${name}.csv`))).toBe(false);
    for (const other of ["Type,Name", "a,b\nType,Name,Request Count,Failure Count", ""])
      expect(locustCsv.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of the rows does not matter", async () => {
    const [header = "", ...rows] = lines();
    const expected = Object.entries(values(await runOf(textOf("own-stats")))).sort();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        expect(Object.entries(values(await runOf(file([header, ...shuffled])))).sort()).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
