import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cargoLibtest } from "../../src/formats/cargo-libtest.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, codes, fixture, read, runOf, sentence, values } from "./reading.js";

const OWN = "cargo-libtest/own-libtest.txt";
const text = (...lines: string[]) => `${lines.join("\n")}\n`;

describe("what a libtest harness printed", () => {
  test("each benchmark is measured by the median that libtest prints, in seconds, with the step of its digits", async () => {
    const { measurements, tool } = await runOf(fixture(OWN));
    expect(measurements).toEqual([
      {
        benchmark: "bytes",
        metric: "time",
        unit: "s",
        better: "lower",
        statistic: "median",
        value: expect.closeTo(14.49e-9, 15),
        resolution: expect.closeTo(1e-11, 15),
      },
      expect.objectContaining({ benchmark: "fib10", value: expect.closeTo(128.23e-9, 15) }),
    ]);
    expect(tool).toBe("cargo bench");
  });

  test("criterion's bencher output counts in whole nanoseconds", async () => {
    const run = await runOf(fixture("cargo-libtest/own-output-format-bencher.txt"));
    expect(values(run)).toEqual({ "fib 10 time": 114e-9, "grp/fib/5 time": 1e-8, "grp/fib/12 time": 308e-9 });
    for (const { resolution } of run.measurements) expect(resolution).toBe(1e-9);
  });

  test("one name in two targets is two benchmarks", async () => {
    const run = await runOf(
      text(
        "     Running benches/a.rs (target/release/deps/a-0123456789abcdef)",
        "test x ... bench: 1 ns/iter (+/- 0)",
        "     Running benches/b.rs (target/release/deps/b-0123456789abcdef)",
        "test x ... bench: 2 ns/iter (+/- 0)",
      ),
    );
    expect(values(run)).toEqual({ "benches/a.rs::x time": 1e-9, "benches/b.rs::x time": 2e-9 });
  });

  test("a unit of another kind is shown and not judged, unless it counts work in a time", async () => {
    const run = await runOf(
      text("test a ... bench: 7 cycles/iter (+/- 1)", "test b ... bench: 7 MS/s (+/- 1)", "test c ... bench: 2 \u03bcs/iter (+/- 1)"),
    );
    expect(run.measurements).toMatchObject([
      { unit: "unknown", better: "lower", sourceUnit: "cycles/iter", value: 7 },
      { metric: "throughput", unit: "1/s", better: "higher", value: 7e6 },
      { metric: "time", unit: "s", value: 2e-6, resolution: 1e-6 },
    ]);
  });
});

describe("a run that is not whole", () => {
  test("names every benchmark that failed, and that cargo then stopped", async () => {
    const { problems } = await runOf(fixture("cargo-libtest/failed.txt"));
    expect(problems.map(sentence)).toEqual([
      expect.stringMatching(/inner::boom: the benchmark failed$/),
      expect.stringMatching(/^the run is not complete: cargo stopped: bench failed/),
    ]);
    expect(problems).toMatchObject([{ level: "error" }, { level: "error", line: expect.any(Number) }]);
  });

  test("says what was announced and does not follow", async () => {
    const run = await runOf(text("running 3 tests", "test a ... bench: 1 ns/iter (+/- 0)"));
    expect(run.problems.map(sentence)).toEqual(["the run is not complete: 2 announced benchmarks or tests do not follow"]);
    expect(run.problems[0]?.line).toBe(2);
  });

  test("a benchmark whose output breaks its line up is joined again; one that has no end failed", async () => {
    const run = await runOf(
      text("test a ... hello", "bench:  5 ns/iter (+/- 0)", "test b ... bench: 1 ns/iter (+/- 0)", "test boom ... thread 'main' panicked"),
    );
    expect(values(run)).toEqual({ "a time": 5e-9, "b time": 1e-9 });
    expect(run.problems.map(sentence)).toEqual(["boom: the benchmark failed: it began, and no time follows"]);
  });

  test("has no data when no target has a benchmark", async () => {
    const run = await runOf(text("", "running 0 tests", "", "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"));
    expect(run.measurements).toEqual([]);
    expect(plain(run.noData ?? [])).toBe("no benchmark ran");
  });

  test("blocks without benchmarks before the one that has some do not matter", async () => {
    const none = ["running 0 tests", "", "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out", ""];
    expect((await runOf(text(...none, new TextDecoder().decode(fixture(OWN))))).measurements).toHaveLength(2);
  });

  test("a time of zero is below resolution, and a name that stands twice is not judged", async () => {
    const run = await runOf(
      text("test a ... bench: 0 ns/iter (+/- 0)", "test b ... bench: 1 ns/iter (+/- 0)", "test b ... bench: 2 ns/iter (+/- 0)"),
    );
    expect(codes(run)).toEqual(["below-resolution", "duplicate-name"]);
    expect(sentence(run.problems[0]!)).toContain("its step of 1 ns");
    expect(plain(run.noData ?? [])).toBe("no usable figure in this file");
  });
});

describe("recognising libtest", () => {
  test("leaves a run of tests alone, although it names no time", () => {
    const tests = text(
      "running 1 test",
      "test a ... ok",
      "",
      "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
      "running 0 tests",
      "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
    );
    expect(cargoLibtest.recognizes(bytesOf(tests))).toBe(false);
  });

  test("property: names and times come back as they were", async () => {
    const rows = fc.uniqueArray(
      fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9_:<>(), /]{0,30}[a-z)>]$/), ns: fc.integer({ min: 1, max: 1e12 }) }),
      {
        minLength: 1,
        selector: ({ name }) => name,
      },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const run = await runOf(
          text(...list.map(({ name, ns }) => `test ${name} ... bench: ${ns.toLocaleString("en-US")} ns/iter (+/- 1)`)),
        );
        expect(run.measurements.map(({ benchmark, value }) => [benchmark, value])).toEqual(list.map(({ name, ns }) => [name, ns * 1e-9]));
      }),
      { numRuns: 50 },
    );
  });

  test("property: a file cut or changed anywhere is answered", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(255), async (at, byte) => {
        const bytes = Uint8Array.from(fixture(OWN));
        bytes[at % bytes.length] = byte;
        expect(["run", "broken", "unrecognized"]).toContain(Object.keys(await read(bytes))[0]);
        expect(["run", "broken", "unrecognized"]).toContain(Object.keys(await read(bytes.subarray(0, at % bytes.length)))[0]);
      }),
      { numRuns: 60 },
    );
  });
});
