import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goBench } from "../../src/formats/go-bench.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, read, runOf, sentence, values } from "./reading.js";

const TWO = "go-bench/own-two-packages-count3.txt";
const found = async (content: unknown, benchmark: string, metric = "time") => {
  const { measurements } = await runOf(content);
  return measurements.find((one) => one.benchmark === benchmark && one.metric === metric);
};
const text = (...lines: string[]) => `${lines.join("\n")}\n`;

describe("what go test -bench printed", () => {
  test("repeats of one run are the rounds of one process, judged by the fastest", async () => {
    expect(await found(fixture(TWO), "example.com/gob/a.BenchmarkItoa")).toEqual({
      benchmark: "example.com/gob/a.BenchmarkItoa",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: expect.closeTo(12.47e-9, 15),
      typical: expect.closeTo(23.75e-9, 15),
      rounds: [23.75e-9, 12.47e-9, 40.01e-9].map((seconds) => expect.closeTo(seconds, 15)),
      n: 3,
    });
  });

  test("one name in two packages is two benchmarks", async () => {
    expect((await found(fixture(TWO), "example.com/gob/b.BenchmarkItoa"))?.value).toBeCloseTo(12.72e-9, 15);
  });

  test("bytes and allocations are counts that are compared exactly; throughput is bytes a second", async () => {
    const name = "example.com/gob/a.BenchmarkItoa";
    expect(await found(fixture(TWO), name, "memory")).toMatchObject({ unit: "B", better: "lower", value: 3, deterministic: true });
    expect(await found(fixture(TWO), name, "allocations")).toMatchObject({ unit: "1", value: 0, deterministic: true, rounds: [0, 0, 0] });
    const throughput = await found(fixture(TWO), "example.com/gob/a.BenchmarkSub/n=1", "throughput");
    expect(throughput).toMatchObject({ unit: "1/s", better: "higher", statistic: "max", value: 1013.68e6 });
    expect(throughput).not.toHaveProperty("deterministic");
  });

  test("bytes that differ between repeats are no exact count", async () => {
    const run = text("BenchmarkA-8 1 5 ns/op 3 B/op 1 allocs/op", "BenchmarkA-8 1 5 ns/op 4 B/op 1 allocs/op");
    expect(await found(run, "BenchmarkA", "memory")).not.toHaveProperty("deterministic");
    expect(await found(run, "BenchmarkA", "allocations")).toHaveProperty("deterministic", true);
  });

  test("a unit of the benchmark's own is shown and never judged", async () => {
    expect(await found(fixture(TWO), "example.com/gob/a.BenchmarkSub/n=1", "rows/op")).toMatchObject({
      unit: "unknown",
      better: "lower",
      sourceUnit: "rows/op",
      value: 42.5,
    });
    expect(await found("BenchmarkA-8 1 5 ns/op 4 auxMetricUnits\n", "BenchmarkA", "auxMetricUnits")).toMatchObject({ better: "unknown" });
  });

  test("the machine is told by its header and by the processors that every name ends in", async () => {
    const { environment, tool } = await runOf(fixture(TWO));
    expect(environment).toEqual({ cpu: "AMD EPYC", cores: 2, arch: "amd64", os: "linux" });
    expect(tool).toBe("go test -bench");
  });

  test("a number at the end of only some names, or of different ones, is part of the name", async () => {
    const some = await runOf(text("BenchmarkX/n-10 1 5 ns/op", "BenchmarkX/n-20 1 6 ns/op"));
    expect(some.measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkX/n-10", "BenchmarkX/n-20"]);
    const cpu = await runOf(text("BenchmarkX 1 5 ns/op", "BenchmarkX-2 1 5 ns/op", "BenchmarkX-4 1 5 ns/op"));
    expect(cpu.measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkX", "BenchmarkX-2", "BenchmarkX-4"]);
    expect(cpu.environment).toEqual({});
  });

  test("two runs in one file are two processes", async () => {
    const chain = await found(fixture("go-bench/two-processes.txt"), "example.com/gob/a.BenchmarkChain");
    expect(chain?.processes?.map((row) => row.length)).toEqual([5, 5]);
    expect(chain?.value).toBe(Math.min(...(chain?.processes?.flat() ?? [])));
    expect(chain).not.toHaveProperty("rounds");
  });

  test("a pair of runs has the same names on both sides", async () => {
    const [base, slower] = [await runOf(fixture("go-bench/base.txt")), await runOf(fixture("go-bench/slower.txt"))];
    expect(Object.keys(values(slower))).toEqual(Object.keys(values(base)));
  });
});

describe("what go test -json printed", () => {
  test("is put together from its events", async () => {
    expect(values(await runOf(fixture("go-bench/own-test2json.ndjson")))).toEqual({
      "example.com/gob/a.BenchmarkItoa time": expect.closeTo(26.57e-9, 15),
      "example.com/gob/a.BenchmarkItoa memory": 3,
      "example.com/gob/a.BenchmarkItoa allocations": 0,
    });
  });

  test("reads as the text that its events carry, name and figures in one event or in two", async () => {
    const events = new TextDecoder().decode(fixture("go-bench/two-packages.ndjson")).trimEnd().split("\n");
    const output = events.map((event) => String(JSON.parse(event).Output ?? "")).join("");
    expect(values(await runOf(fixture("go-bench/two-packages.ndjson")))).toEqual(values(await runOf(output)));
    expect(events.some((event) => String(JSON.parse(event).Output).endsWith("\t"))).toBe(true);
  });

  test("packages that take turns are told apart", async () => {
    const event = (name: string, Output: string) => JSON.stringify({ Action: "output", Package: name, Output });
    const lines = [event("a", "BenchmarkX-2 \t"), event("b", "BenchmarkX-2 \t"), event("a", "1\t5 ns/op\n"), event("b", "1\t6 ns/op\n")];
    expect(values(await runOf(text(...lines)))).toEqual({ "a.BenchmarkX time": 5e-9, "b.BenchmarkX time": expect.closeTo(6e-9, 15) });
  });

  test("cut in an event it is broken, with the line", async () => {
    const bytes = fixture("go-bench/two-packages.ndjson");
    const problem = await brokenOf(bytes.subarray(0, bytes.length - 40));
    expect(problem).toMatchObject({ code: "truncated", line: new TextDecoder().decode(bytes).trimEnd().split("\n").length });
  });

  test("what the compiler prints between the events is passed over", async () => {
    const content = `# example.com/gob/b\nb.go:3: unused\n${new TextDecoder().decode(fixture("go-bench/own-test2json.ndjson"))}`;
    expect((await runOf(content)).measurements).toHaveLength(3);
  });
});

describe("a run that is not whole", () => {
  test.each([TWO, "go-bench/two-packages.ndjson"])("names the benchmark that failed in %s, with its package", async (path) => {
    const { problems } = await runOf(fixture(path));
    expect(problems.map(sentence)).toEqual(["example.com/gob/b.BenchmarkZFail: the benchmark failed"]);
    expect(problems[0]).toMatchObject({ level: "error", code: "benchmark-failed" });
  });

  test("names the package that stopped in the middle, and keeps what it had measured", async () => {
    const run = await runOf(fixture("go-bench/exits.txt"));
    expect(run.problems.map(sentence)).toContain("the run is not complete: example.com/gob/b stopped before its end, or was not built");
    expect(Object.keys(values(run))).toContain("example.com/gob/b.BenchmarkAfter time");
  });

  test("ends without PASS or FAIL when the file was cut, which is said with the line", async () => {
    const lines = new TextDecoder().decode(fixture("go-bench/base.txt")).split("\n").slice(0, 8);
    const { problems } = await runOf(lines.join("\n"));
    expect(problems).toMatchObject([{ level: "error", code: "incomplete", line: 8 }]);
  });

  test("lines picked out of the output are read without asking for its end", async () => {
    expect((await runOf("BenchmarkA-8 1 5 ns/op\n")).problems).toEqual([]);
  });

  test("has no data when its package failed before the first benchmark", async () => {
    const run = await runOf(text("goos: linux", "goarch: amd64", "pkg: a", "FAIL\ta [build failed]", "FAIL"));
    expect(plain(run.noData ?? [])).toBe("no benchmark gave a figure");
    expect(codes(run)).toEqual(["incomplete"]);
  });
});

describe("figures that cannot be", () => {
  test("what the compiler removed is doubted, and a time of zero is below resolution", async () => {
    const run = await runOf(text("BenchmarkA-8 1000000000 0.2500 ns/op", "BenchmarkB-8 1000000000 0 ns/op"));
    expect(codes(run)).toEqual(["optimised-away", "optimised-away", "below-resolution"]);
    expect(run.measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkA"]);
  });

  test("more figures than are taken of one file are refused before they fill the memory", async () => {
    const lines = Array.from({ length: 20_001 }, (_, index) => `BenchmarkX${index}-2 100 12.5 ns/op`);
    expect((await brokenOf(lines.join("\n"))).code).toBe("too-many");
  });

  test("a value that is no number is missing, never 0", async () => {
    const run = await runOf("BenchmarkA-8 1 5 ns/op +Inf MB/s\n");
    expect(codes(run)).toEqual(["invalid-value"]);
    expect(Object.keys(values(run))).toEqual(["BenchmarkA time"]);
  });
});

describe("recognising go test -bench", () => {
  test.each<[string, string]>([
    ["the events of tests without benchmarks", '{"Action":"output","Package":"a","Output":"=== RUN TestA\\n"}'],
    ["a log of tests", "ok  \ta\t0.01s\nPASS"],
    ["JMH's table", "Benchmark   Mode  Cnt  Score   Error  Units\nA.b  thrpt  5  1.0  ± 0.1  ops/s"],
    ["another stream", '{"type":"Point","metric":"x","data":{}}'],
  ])("leaves %s alone", (_, content) => expect(goBench.recognizes(bytesOf(content))).toBe(false));

  test("needs no header", () => expect(goBench.recognizes(bytesOf("BenchmarkA 10 2.5 ns/op"))).toBe(true));

  test("property: names and times come back as they were", async () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_/=.,#[\]"-]{1,30}$/).map((part) => `Benchmark${part}x`);
    const rows = fc.uniqueArray(fc.record({ name, ns: fc.double({ min: 1, max: 1e9, noNaN: true }) }), {
      minLength: 1,
      selector: (row) => row.name,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const run = await runOf(text("pkg: a", ...list.map((row) => `${row.name}-16 \t 100 \t ${row.ns} ns/op`), "PASS"));
        expect(run.measurements.map(({ benchmark, value }) => [benchmark, value])).toEqual(
          list.map((row) => [`a.${row.name}`, row.ns * 1e-9]),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("property: a file cut or changed anywhere is answered", async () => {
    const path = fc.constantFrom(TWO, "go-bench/two-packages.ndjson");
    await fc.assert(
      fc.asyncProperty(path, fc.nat(), fc.nat(255), async (file, at, byte) => {
        const bytes = Uint8Array.from(fixture(file));
        bytes[at % bytes.length] = byte;
        expect(["run", "broken", "unrecognized"]).toContain(Object.keys(await read(bytes))[0]);
        expect(["run", "broken", "unrecognized"]).toContain(Object.keys(await read(bytes.subarray(0, at % bytes.length)))[0]);
      }),
      { numRuns: 60 },
    );
  });
});
