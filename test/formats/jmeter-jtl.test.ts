import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jmeterJtl } from "../../src/formats/jmeter-jtl.js";
import { readResultFile } from "../../src/formats/read.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, read, runOf, sentence, stream, values } from "./reading.js";

const NAMED = new TextDecoder().decode(fixture("jmeter-jtl/header.jtl"));
const UNNAMED = new TextDecoder().decode(fixture("jmeter-jtl/without-header.jtl"));

const COLUMNS = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success";

interface Row {
  readonly start?: number;
  readonly elapsed?: number | string;
  readonly label?: string;
  readonly code?: string;
  readonly message?: string;
  readonly thread?: string;
  readonly success?: string;
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const rowOf = ({ start = 0, elapsed = 20, label = "GET /", code = "200", message = "OK", thread = "t 1", success = "true" }: Row): string =>
  [1_700_000_000_000 + start, elapsed, label, code, message, thread, success].map((cell) => quoted(String(cell))).join(",");

const table = (rows: readonly Row[]): string => `${[COLUMNS, ...rows.map(rowOf)].join("\n")}\n`;

describe("a JTL", () => {
  test("becomes latencies of successes, throughput and error rate of each label and of the run", async () => {
    const run = await runOf(NAMED);
    expect(run).toMatchObject({ format: "jmeter-jtl", tool: "JMeter", load: { requests: 120, failed: 60 } });
    expect(run.load?.byStatus).toEqual({ "200": 60, "500": 30, "Non HTTP response code: java.net.ConnectException": 30 });
    const found = values(run);
    expect(found["* error_rate"]).toBe(0.5);
    expect(found["GET /slow error_rate"]).toBe(0);
    expect(found["GET /slow latency_p50"]).toBeCloseTo(0.02, 2);
    expect(found["GET dead error_rate"]).toBe(1);
    expect(found).not.toHaveProperty(["GET dead latency_p50"]);
  });

  test("a label with commas and quotes is one label", async () => {
    expect(Object.keys(values(await runOf(NAMED)))).toContain('GET /redir, then "fast" latency_mean');
  });

  test("a transaction is a series of its own and not in the total", async () => {
    const rows: Row[] = [
      { label: "a", elapsed: 10 },
      { label: "b", start: 10, elapsed: 10 },
      { label: "TX", elapsed: 20, code: "", message: "Number of samples in transaction : 2, number of failing samples : 0" },
    ];
    const run = await runOf(table(rows));
    expect(run.load).toMatchObject({ requests: 2 });
    expect(values(run)["TX latency_mean"]).toBe(0.02);
    expect((await runOf(table(rows.slice(2)))).load).toMatchObject({ requests: 1 });
  });

  test("redirects are parts of their request, other labels with a number are not", async () => {
    const rows: Row[] = [
      { label: "R", elapsed: 100 },
      { label: "R-0", elapsed: 40 },
      { label: "R-1", start: 40, elapsed: 60 },
      { label: "R-1-0", start: 41, elapsed: 20 },
      { label: "R-0", start: 20, elapsed: 10, thread: "t 2" },
      { label: "R-2", start: 500 },
      { label: "R-x", start: 500 },
    ];
    const run = await runOf(table(rows));
    expect(run.load).toMatchObject({ requests: 4 });
    expect(new Set(run.measurements.map(({ benchmark }) => benchmark))).toEqual(new Set(["*", "R", "R-0", "R-2", "R-x"]));
  });

  test("throughput is rows over the time from the first start to the last end", async () => {
    const rows = Array.from({ length: 50 }, (_, index): Row => ({ start: index * 100, elapsed: 100 }));
    expect(values(await runOf(table(rows)))["GET / throughput"]).toBeCloseTo(10, 9);
    const shuffled = [...rows.slice(20), ...rows.slice(0, 20)];
    expect(values(await runOf(table(shuffled)))).toEqual(values(await runOf(table(rows))));
  });

  test("times are whole milliseconds, and a percentile of 0 is below that", async () => {
    const run = await runOf(table(Array.from({ length: 30 }, (_, index): Row => ({ start: index, elapsed: index === 0 ? 1 : 0 }))));
    expect(codes(run)).toContain("below-resolution");
    expect(values(run)).not.toHaveProperty(["GET / latency_p95"]);
    expect(run.measurements.find(({ metric }) => metric === "latency_max")?.resolution).toBe(0.001);
  });

  test("without names reads the same when every row has the older default's columns", async () => {
    const run = await runOf(UNNAMED);
    expect(run.load).toMatchObject({ requests: 120, failed: 60 });
    const lines = UNNAMED.split("\n");
    const problem = await brokenOf(lines.with(40, `${lines[40]},1`).join("\n"));
    expect(problem).toMatchObject({ code: "unnamed-columns", line: 41 });
    expect(plain(problem.remedy ?? [])).toContain("jmeter.save.saveservice.print_field_names=true");
  });

  test("property: any label, message and chunk size survive the quoting", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", " ", ",", '"', "\n", "é", "|"), maxLength: 12 }).map((text) => `x${text}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ label: cell, message: cell }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 300 }),
        async (rows, size) => {
          const result = await readResultFile("r.jtl", stream(bytesOf(table(rows)), size));
          if (!("run" in result)) throw new Error("not read");
          expect(result.run.load).toMatchObject({ requests: rows.length, failed: 0 });
          expect(new Set(result.run.measurements.map(({ benchmark }) => benchmark))).toEqual(
            new Set(["*", ...rows.map(({ label }) => label)]),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test("property: cut anywhere it is answered, with counts that are no larger", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(NAMED, UNNAMED), fc.nat(), async (file, at) => {
        const result = await read(file.slice(0, at % file.length));
        if ("run" in result) expect(result.run.load?.requests ?? 0).toBeLessThanOrEqual(120);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a JTL that is not whole", () => {
  test("that ends in the middle of a row is incomplete", async () => {
    const run = await runOf(NAMED.slice(0, -40));
    expect(run.problems.filter(({ level }) => level === "error").map(sentence)).toEqual([
      "the file ends in the middle of a line: the run is incomplete",
    ]);
    expect(codes(await runOf(`${table([{}])}1700000000000,20,"GET`))).toContain("truncated");
  });

  test.each<[string, Row]>([
    ["a negative time", { elapsed: -5 }],
    ["a time that is no number", { elapsed: "NaN" }],
    ["more time than anybody waits", { elapsed: 1e12 }],
    ["an outcome that is none", { success: "maybe" }],
  ])("a row with %s is counted and named", async (_, row) => {
    const run = await runOf(table([{}, row, {}]));
    expect(run.load).toMatchObject({ requests: 2 });
    expect(run.problems.map(sentence)).toContain("1 rows could not be read, the first in line 3");
  });

  test("a quote that nobody closed swallows at most a megabyte", async () => {
    const rows = Array.from({ length: 40_000 }, (_, start): Row => ({ start }));
    const run = await runOf(`${table([{}])}1700000000000,"20,x\n${rows.map(rowOf).join("\n")}\n`);
    expect(run.load?.requests).toBeGreaterThan(10_000);
    expect(codes(run)).toContain("unreadable-lines");
  });

  test("two tables in a row are refused", async () => {
    expect(await brokenOf(NAMED + NAMED)).toMatchObject({ code: "several-runs" });
  });

  test("a clock that goes back leaves no throughput", async () => {
    const run = await runOf(table([{ start: 200_000 }, { start: 0 }, { start: 210_000 }]));
    expect(run.problems.map(sentence)).toContain("the clock went back by 200 s within the file: no throughput can be told");
    expect(Object.keys(values(run)).filter((name) => name.endsWith("throughput"))).toEqual([]);
  });

  test("without the outcomes is refused, with the setting to change", async () => {
    const problem = await brokenOf("timeStamp,elapsed,label\n1700000000000,20,a\n");
    expect(problem).toMatchObject({ code: "missing-column" });
    expect(plain(problem.remedy ?? [])).toContain("jmeter.save.saveservice.successful=true");
  });

  test("in XML is refused with the way to write CSV", async () => {
    const problem = await brokenOf(fixture("jmeter-jtl/xml.jtl"));
    expect(problem).toMatchObject({ code: "xml" });
    expect(plain(problem.remedy ?? [])).toContain("output_format=csv");
  });

  test.each(['<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">', '\n<?xml version="1.0"?>\r\n\r\n<testResults>\n'])(
    "in XML is XML, wherever a block ends: %j",
    async (begin) => {
      expect(await brokenOf(`${begin}<httpSample t="12" lb="a"/></testResults>`)).toMatchObject({ code: "xml" });
    },
  );

  test("whose every request failed, or without a row, proves nothing", async () => {
    const failed = await runOf(table(Array.from({ length: 30 }, (_, start): Row => ({ start, code: "503", success: "false" }))));
    expect(plain(failed.noData ?? [])).toBe("all 30 responses were 503");
    expect((await runOf(`${COLUMNS}\n`)).noData).toBeDefined();
  });
});

describe("recognising a JTL", () => {
  test("works by its names, by its rows and in XML", () => {
    for (const begin of [NAMED.slice(0, 300), UNNAMED.slice(0, 300), "<testResults version='1.2'>", '<?xml version="1.0"?>\n<testResults>'])
      expect(jmeterJtl.recognizes(bytesOf(begin))).toBe(true);
  });

  test.each(["timeStamp,value\n", "Type,Name,Request Count\n", "1795410391255,73,GET\n", "{}", "<html>", "1795410391255\n"])(
    "leaves %s alone",
    (other) => {
      expect(jmeterJtl.recognizes(bytesOf(other))).toBe(false);
    },
  );
});
