import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goBlocks, goResult } from "../../src/formats/go-lines.js";
import { linesOf } from "../../src/formats/text-lines.js";

const blocks = (...lines: string[]) => goBlocks(linesOf(lines.join("\n")));

describe("a line of figures", () => {
  test("has a name, iterations and pairs of value and unit, with any white space between", () => {
    expect(goResult("BenchmarkFib/n=10-8 \t 5000\t\t325 ns/op\t 3.000 rows/op")).toEqual({
      name: "BenchmarkFib/n=10-8",
      iterations: 5000,
      figures: [
        [325, "ns/op"],
        [3, "rows/op"],
      ],
    });
  });

  test("keeps a value that is no number as missing", () => {
    expect(goResult("BenchmarkA 1 NaN ns/op")?.figures).toEqual([[Number.NaN, "ns/op"]]);
  });

  test.each([
    "BenchmarkA",
    "BenchmarkA-8 12",
    "BenchmarkA-8 12 3",
    "BenchmarkA 1.5 3 ns/op",
    "Benchmark  Mode  Cnt  Score",
    "ok pkg 1 2",
    "",
  ])("%s is none", (line) => expect(goResult(line)).toBeUndefined());
});

describe("the output of go test", () => {
  test("is a block for each run of a package, also when the next one begins without an end before it", () => {
    const found = blocks(
      "goos: linux",
      "pkg: a",
      "BenchmarkX 1 2 ns/op",
      "goos: linux",
      "pkg: b",
      "BenchmarkX 1 3 ns/op",
      "PASS",
      "ok \tb\t1s",
    );
    expect(found.map((block) => [block.package, block.results.length, block.end])).toEqual([
      ["a", 1, "missing"],
      ["b", 1, "passed"],
    ]);
  });

  test("gives a failure to the package whose header follows it", () => {
    const [block] = blocks(
      "--- FAIL: BenchmarkZ",
      "    z_test.go:3: boom",
      "goos: linux",
      "pkg: b",
      "FAIL",
      "exit status 1",
      "FAIL\tb\t0.03s",
      "FAIL",
    );
    expect(block).toMatchObject({ package: "b", failed: ["BenchmarkZ"], end: "failed" });
  });

  test("without a header has the package of its last line, but never an absolute path", () => {
    expect(blocks("BenchmarkX 1 2 ns/op", "ok  \texample.com/x\t3.6s")[0]?.package).toBe("example.com/x");
    expect(blocks("BenchmarkX 1 2 ns/op", "ok  \t_/Users/me/x\t3.6s")[0]?.package).toBeUndefined();
  });

  test("a package that stopped or was not built says so by FAIL without a FAIL before it", () => {
    expect(blocks("pkg: a", "BenchmarkX 1 2 ns/op", "exit status 3", "FAIL\ta\t0.1s")[0]?.end).toBe("stopped");
    expect(blocks("FAIL\ta [build failed]", "FAIL")).toMatchObject([{ package: "a", end: "stopped" }]);
  });

  test("a line that the benchmark's own output broke up is joined again", () => {
    expect(blocks("BenchmarkX-8  \thello", "   2000\t  53.5 ns/op\t 8 B/op")[0]?.results).toEqual([
      {
        name: "BenchmarkX-8",
        iterations: 2000,
        figures: [
          [53.5, "ns/op"],
          [8, "B/op"],
        ],
      },
    ]);
  });

  test("property: any lines have blocks, and nothing is thrown", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "goos: x",
        "pkg: a",
        "FAIL",
        "PASS",
        "ok a 1s",
        "FAIL a 1s",
        "--- FAIL: BenchmarkA",
        "BenchmarkA 1 2 ns/op",
        "1 2 ns/op",
        "BenchmarkA x",
      ),
    );
    fc.assert(fc.property(fc.array(line), (lines) => Array.isArray(blocks(...lines))));
  });
});
