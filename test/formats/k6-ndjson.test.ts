import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { k6Ndjson } from "../../src/formats/k6-ndjson.js";
import { readResultFile } from "../../src/formats/read.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, read, runOf, sentence, stream, values } from "./reading.js";

const FILE = new TextDecoder().decode(fixture("k6-ndjson/handmade-two-endpoints.ndjson"));
const lines = FILE.trimEnd().split("\n");
const kept = lines.filter((line) => /^\{"metric":"http_req_(?:duration|failed)"/.test(line));
const [first = ""] = kept.filter((line) => !line.includes("::setup"));

const joined = (some: readonly string[]) => `${some.join("\n")}\n`;

const requests = (count: number, endpoint: (index: number) => string) =>
  joined(Array.from({ length: count }, (_, index) => first.replaceAll(/"name":"[^"]*"/g, `"name":"${endpoint(index)}"`)));

/** Nearest rank over the lines themselves, in seconds. */
function exactly(name: string, rank: number): number {
  const points = kept
    .map((line) => JSON.parse(line))
    .filter(({ metric, data }) => metric === "http_req_duration" && data.tags.name === name);
  const sorted = points
    .filter(({ data }) => data.tags.status === "200")
    .map(({ data }) => data.value / 1000)
    .sort((a, b) => a - b);
  return sorted[Math.ceil(rank * sorted.length) - 1] ?? Number.NaN;
}

describe("k6 --out json", () => {
  test("becomes latencies of successes, throughput and error rate of each endpoint and of the run", async () => {
    const run = await runOf(FILE);
    const found = values(run);
    expect(run).toMatchObject({ format: "k6-ndjson", tool: "k6", load: { requests: 60, failed: 2, byStatus: { "200": 58, "503": 2 } } });
    expect(found["* error_rate"]).toBe(2 / 60);
    expect(found["GET /api/products error_rate"]).toBe(2 / 30);
    for (const [name, rank] of [
      ["latency_p50", 0.5],
      ["latency_p90", 0.9],
      ["latency_p95", 0.95],
    ] as const) {
      const exact = exactly("/api/products", rank);
      expect(Math.abs((found[`GET /api/products ${name}`] ?? 0) / exact - 1)).toBeLessThan(0.005);
    }
    expect(found["GET /api/products latency_max"]).toBe(exactly("/api/products", 1));
    expect(found["GET /api/products throughput"]).toBeCloseTo((found["* throughput"] ?? 0) / 2, 9);
    expect(Object.keys(found).some((name) => name.includes("/login"))).toBe(false);
  });

  test("asks for more requests where a percentile needs them", async () => {
    const few = (await runOf(FILE)).problems.map(sentence);
    expect(few).toContain("*: 58 requests are too few for latency_p99");
  });

  test("property: neither chunks nor the order of the points matter, nor lines of other metrics", async () => {
    const expected = await runOf(FILE);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(kept, { minLength: kept.length }), fc.integer({ min: 1, max: 5_000 }), async (points, size) => {
        const result = await readResultFile("results.json", stream(bytesOf(joined(points)), size));
        const found = "run" in result ? values(result.run) : {};
        for (const [name, value] of Object.entries(values(expected))) expect(found[name]).toBeCloseTo(value, 9);
      }),
      { numRuns: 30 },
    );
  });

  test("property: a stream cut anywhere is read as far as it goes, and says so unless it ends with a line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: FILE.length - 1 }), async (at) => {
        const result = await read(FILE.slice(0, at));
        if (!("run" in result)) return;
        const last = FILE.slice(0, at).split("\n").at(-1) ?? "";
        const whole = last === "" || last.endsWith("}}}") || (last.endsWith("}") && lines.includes(last));
        expect(codes(result.run).includes("truncated")).toBe(!whole);
      }),
      { numRuns: 200 },
    );
  });

  test("without outcomes the expected responses tell what failed", async () => {
    const run = await runOf(joined(kept.filter((line) => !line.includes("http_req_failed"))));
    expect(run.load).toMatchObject({ requests: 60, failed: 2 });
  });

  test("without expectations the latencies hold failures too, which is said", async () => {
    const run = await runOf(joined(kept).replaceAll(/"expected_response":"(?:true|false)",/g, ""));
    expect(run.load).toMatchObject({ requests: 60, failed: 2 });
    expect(run.measurements.find(({ metric }) => metric === "latency_p95")?.n).toBe(60);
    expect(codes(run)).toContain("failures-mixed-in");
  });

  test("whose every request failed proves nothing", async () => {
    const run = await runOf(
      joined(kept)
        .replaceAll('"expected_response":"true"', '"expected_response":"false"')
        .replaceAll('"value":0,', '"value":1,')
        .replaceAll('"200"', '"503"'),
    );
    expect([run.measurements, plain(run.noData ?? [])]).toEqual([[], "all 60 responses were 503"]);
  });

  test("without any request proves nothing", async () => {
    expect(plain((await runOf(joined(lines.slice(0, 2)))).noData ?? [])).toBe("k6 recorded no HTTP request");
  });

  test("is read in an older order of its keys too", async () => {
    const older = kept.map((line) => {
      const { metric, type, data } = JSON.parse(line);
      return JSON.stringify({ type, data, metric });
    });
    expect(values(await runOf(joined(older)))).toEqual(values(await runOf(joined(kept))));
  });
});

describe("a stream of k6 that is not whole", () => {
  test("with points missing from it is incomplete", async () => {
    const run = await runOf(
      joined(
        kept.toSpliced(
          kept.findLastIndex((line) => line.includes("http_req_failed")),
          1,
        ),
      ),
    );
    expect(run.problems.filter(({ level }) => level === "error").map(sentence)).toEqual([
      "60 latencies and 59 outcomes of requests: points are missing, the run is incomplete",
    ]);
  });

  test("with other output in between counts those lines, and broken points are errors", async () => {
    const mixed = kept.flatMap((line, index) => (index % 10 === 0 ? [line, "INFO[0001] hello", `${line.slice(0, 80)}INFO`] : [line]));
    const run = await runOf(joined(mixed));
    expect(run.load).toMatchObject({ requests: 60 });
    expect(run.problems.filter(({ code }) => code.endsWith("-lines")).map((problem) => `${problem.level}: ${sentence(problem)}`)).toEqual([
      "error: 13 lines could not be read, the first in line 3",
      "warning: 13 lines hold something else, the first is line 2",
    ]);
  });

  test("of two runs in a row is refused", async () => {
    expect(await brokenOf(FILE + FILE)).toMatchObject({ code: "several-runs", line: lines.length + 3 });
  });

  test.each([["-1"], ["1e999"], ['"20"'], ["null"], ["1e12"]])(
    "with a latency of %s names the line, and the latency is not counted (A07)",
    async (value) => {
      const index = kept.findIndex((line) => line.includes("http_req_duration") && !line.includes("::setup"));
      const changed = kept.with(index, (kept[index] ?? "").replace(/"value":[^,]*/, `"value":${value}`));
      const run = await runOf(joined(changed));
      expect(run.load).toMatchObject({ requests: 60 });
      expect(run.measurements.find(({ endpoint, metric }) => endpoint === "*" && metric === "latency_p95")?.n).toBe(57);
      expect(run.problems.map(sentence)).toContain(`1 lines could not be read, the first in line ${index + 1}`);
    },
  );

  test("with a clock that goes back tells no throughput", async () => {
    const run = await runOf(joined(kept.map((line, index) => (index > 60 ? line.replace("2026-05-04T09", "2026-05-04T08") : line))));
    expect(run.problems.map(sentence).filter((problem) => problem.includes("clock"))).toEqual([
      "the clock went back by 3600 s within the file: no throughput can be told",
    ]);
    expect(Object.keys(values(run)).filter((name) => name.endsWith("throughput"))).toEqual([]);
  });

  test("with a line above 1 MB goes on behind it (A06)", async () => {
    const run = await runOf(
      `${joined(kept)}{"metric":"${"x".repeat(1_100_000)}"}\n${joined(kept.filter((line) => line.includes('"status":"503"')))}`,
    );
    expect(run.load).toMatchObject({ requests: 62, failed: 4 });
    expect(run.problems.map(sentence)).toContain("1 lines are longer than 1 MB and were not read");
  });

  test("with a name for every request counts most of them in the total only (A06)", async () => {
    const run = await runOf(requests(1_500, (index) => `/users/${index}`));
    expect(run.load).toMatchObject({ requests: 1_500 });
    expect(run.problems.map(sentence)).toContain("more than 1,000 endpoints: 500 requests to others count in the total only");
    expect(new Set(run.measurements.map(({ endpoint }) => endpoint)).size).toBe(1_001);
    expect(codes(await runOf(requests(60, (index) => `/users/${index}`)))).toContain("many-names");
  });

  test("with metrics without number ends with a sentence (A06)", async () => {
    const metrics = Array.from(
      { length: 20_000 },
      (_, index) =>
        `{"type":"Metric","data":{"name":"http_req_${index}"},"metric":"http_req_${index}"}\n{"metric":"m${index}","type":"Point","data":{"time":"x","value":1,"tags":{}}}`,
    );
    const run = await runOf(joined(metrics));
    expect([plain(run.noData ?? []), run.problems]).toEqual(["k6 recorded no HTTP request", []]);
  });
});

describe("recognising the stream of k6", () => {
  test("works from its first line, a cut one too, and behind other output", () => {
    for (const begin of [FILE.slice(0, 60), lines[1] ?? "", `     execution: local\n\n${lines[0]}`])
      expect(k6Ndjson.recognizes(bytesOf(begin))).toBe(true);
  });

  test.each(['{"type":"Point"}', '{"Action":"run","Package":"a"}', "", "[]", '{"metrics":{"http_reqs":{}}}'])(
    "leaves %s alone",
    (other) => {
      expect(k6Ndjson.recognizes(bytesOf(other))).toBe(false);
    },
  );
});
