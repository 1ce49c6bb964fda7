import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redlineResults } from "../../src/formats/redline-results.js";
import { resultsSchema } from "../../src/formats/redline-results-schema.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const EXAMPLE = "redline-results/handmade-example.json";

const result = (changes: object = {}) => ({ name: "a", metric: "time", unit: "ms", value: 2, ...changes });
const file = (...results: object[]) => ({ redline: 1, results });
const latency = (changes: object = {}) =>
  result({ metric: "latency_p99", endpoint: "GET /a", requests: 1_000, failed: 0, value: 20, ...changes });
const only = async (changes: object) => (await runOf(file(result(changes)))).measurements[0];

describe("a file of Redline results", () => {
  test("gives suite, name and parameters as one name, and SI units", async () => {
    const run = await runOf(fixture(EXAMPLE));
    expect(values(run)).toEqual({
      "json > parse (size=1000) time": 0.0121,
      "html > render time": 0.0035,
      "list products queries": 4,
      "bundle size": 122_880,
      "frames smoothness": 87,
      "list latency_p99": 0.08,
      "list throughput": 350.5,
      "GET /api/products error_rate": 0.005,
    });
    expect(run.problems).toEqual([]);
    expect(run).toMatchObject({ tool: "query-counter 2.1", load: { requests: 2_000, failed: 10, errorRate: 0.005 } });
    expect(run.environment).toEqual({ cpu: "AMD EPYC 7763", cores: 4, arch: "x86_64", os: "Linux", runtime: "node 22.1.0" });
  });

  test("samples are rounds of one process unless each is said to be a process", async () => {
    const [parse, render] = (await runOf(fixture(EXAMPLE))).measurements;
    expect(parse).toMatchObject({ statistic: "min", processes: [[0.0125], [0.0121], [0.0135]], typical: 0.0125, n: 3 });
    expect(parse).not.toHaveProperty("rounds");
    expect(render).toMatchObject({ rounds: [0.0035, 0.00375], n: 2 });
  });

  test("direction follows from the unit, or is given, or stays unknown", async () => {
    expect(await only({})).toMatchObject({ unit: "s", better: "lower" });
    expect(await only({ unit: "ops/s" })).toMatchObject({ unit: "1/s", better: "higher" });
    expect(await only({ unit: "1" })).toMatchObject({ unit: "1", better: "unknown" });
    expect(await only({ unit: "%", value: 5 })).toMatchObject({ unit: "1", better: "unknown", value: 0.05 });
    expect(await only({ unit: "1", direction: "higher" })).toMatchObject({ unit: "1", better: "higher" });
    expect(await only({ unit: "points" })).toMatchObject({ unit: "unknown", better: "unknown", sourceUnit: "points", value: 2 });
  });

  test("a latency's statistic is its percentile, a rate's is a rate, another's is as it says", async () => {
    expect(await only({ metric: "latency_p99_9" })).toMatchObject({ statistic: "p99_9" });
    expect(await only({ metric: "throughput", unit: "req/s" })).toMatchObject({ statistic: "rate" });
    expect(await only({ metric: "error_rate", unit: "%", value: 1 })).toMatchObject({ statistic: "rate", better: "lower", value: 0.01 });
    expect(await only({ statistic: "mean" })).toMatchObject({ statistic: "mean" });
    expect(await only({ metric: "latency_constructor" })).toMatchObject({ statistic: "value" });
  });

  test("a count that repeats exactly, and the step of a measurement, are kept", async () => {
    expect(await only({ deterministic: true, resolution: 1 })).toMatchObject({ deterministic: true, resolution: 0.001 });
  });
});

describe("results that prove nothing", () => {
  test("an empty list has no data", async () => {
    expect(plain((await runOf(file())).noData ?? [])).toBe("the list of results is empty");
  });

  test("no request, or no success, is no data", async () => {
    expect(plain((await runOf(file(latency({ requests: 0 })))).noData ?? [])).toBe("no request was sent");
    const failed = await runOf(file(latency({ failed: 1_000 }), result()));
    expect(plain(failed.noData ?? [])).toBe("all 1,000 requests failed");
    expect(failed.measurements).toEqual([]);
  });

  test("one endpoint without a success is named, and the others stay", async () => {
    const run = await runOf(file(latency({ failed: 1_000 }), latency({ endpoint: "GET /b", name: "b" })));
    expect(run.problems.map(({ level, code }) => `${level} ${code}`)).toEqual(["error no-data"]);
    expect(sentence(run.problems[0]!)).toBe("GET /a: all 1,000 requests failed");
    expect(Object.keys(values(run))).toEqual(["b latency_p99", "GET /b error_rate"]);
  });

  test("a percentile of too few requests is no figure", async () => {
    const run = await runOf(file(latency({ requests: 50 })));
    expect(codes(run)).toEqual(["too-few-samples"]);
    expect(Object.keys(values(run))).toEqual(["GET /a error_rate"]);
  });

  test("null is missing, 0 is below what can be told", async () => {
    const run = await runOf(file(result({ value: null }), result({ name: "b", value: 0 })));
    expect(codes(run)).toEqual(["below-resolution", "invalid-value"]);
    expect(run.noData).toBeDefined();
  });

  test("counts that do not agree are an error of their endpoint", async () => {
    const run = await runOf(file(latency(), latency({ metric: "latency_p50", requests: 900 }), result()));
    expect(codes(run)).toEqual(["contradiction"]);
    expect(Object.keys(values(run))).toEqual(["a time"]);
  });

  test("the total holds the others' requests already, and an error rate that is given stays", async () => {
    const rate = { name: "rate", metric: "error_rate", unit: "1", value: 0.25, endpoint: "*", requests: 4_000, failed: 1_000 };
    const run = await runOf(file(latency(), rate));
    expect(run.load).toEqual({ requests: 4_000, failed: 1_000, errorRate: 0.25 });
    expect(values(run)).toMatchObject({ "rate error_rate": 0.25, "GET /a error_rate": 0 });
    expect(values(run)).not.toHaveProperty(["* error_rate"]);
  });

  test("one name and metric twice is an error", async () => {
    expect(codes(await runOf(file(result({ params: { a: 1, b: 2 } }), result({ params: { b: 2, a: 1 } }))))).toEqual(["duplicate-name"]);
  });
});

describe("a file that is not as the schema says", () => {
  test.each<[object, string]>([
    [{ redline: 1, results: [], result: [] }, 'at the top level, Unrecognized key: "result"'],
    [file(result(), result({ valeu: 3 })), 'at results.1, Unrecognized key: "valeu"'],
    [{ ...file(), environment: { host: "a" } }, 'at environment, Unrecognized key: "host"'],
    [file(result({ value: "3" })), "at results.0.value"],
    [file(result({ direction: "up" })), "at results.0.direction"],
    [file(result({ requests: 5 })), "at results.0.requests, requests need an endpoint"],
    [file(latency({ failed: 1_001 })), "at results.0.failed, failed needs requests"],
    [{ ...file(), redline: 2 }, "at redline"],
  ])("%j is refused at its place", async (content, place) => {
    const problem = await brokenOf(content);
    expect(problem.code).toBe("unexpected-shape");
    expect(sentence(problem)).toContain(place);
  });

  test("is nobody's without a version", () => {
    for (const other of [{ results: [result()] }, { redline: "1", results: [] }, { redline: 1 }, [result()]])
      expect(redlineResults.recognizes(bytesOf(other))).toBe(false);
  });

  test("is broken when it ends in the middle", async () => {
    expect(await brokenOf(fixture(EXAMPLE).subarray(0, 700))).toMatchObject({ code: "truncated" });
  });
});

describe("the published schema", () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(resultsSchema()));

  test("is the one in docs/", async () => {
    await expect(resultsSchema()).toMatchFileSnapshot("../../docs/redline-results.schema.json");
  });

  test("accepts the example and refuses what the parser refuses", () => {
    expect(validate(fixtureJson(EXAMPLE))).toBe(true);
    for (const wrong of [{ redline: 2, results: [] }, file(result({ valeu: 3 })), file(result({ value: "3" })), file({ name: "a" })])
      expect(validate(wrong)).toBe(false);
  });

  test("property: what it accepts is never refused for its shape, apart from counts that contradict themselves", async () => {
    const results = fc.array(
      fc.record(
        {
          name: fc.string(),
          metric: fc.constantFrom("time", "latency_p50", ""),
          unit: fc.constantFrom("ms", "B", "x"),
          value: fc.oneof(fc.double(), fc.string()),
          suite: fc.string(),
          samples: fc.array(fc.double()),
          direction: fc.constantFrom("lower", "up"),
        },
        { requiredKeys: ["name", "metric", "unit", "value"] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(results, async (list) => {
        const content: unknown = JSON.parse(JSON.stringify(file(...list)));
        const accepted = validate(content);
        if (accepted) expect(await runOf(content)).toMatchObject({ format: "redline-results" });
        else expect(await brokenOf(content)).toMatchObject({ code: "unexpected-shape" });
      }),
    );
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(EXAMPLE));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(EXAMPLE), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
