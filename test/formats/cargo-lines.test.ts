import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criterionProgress, criterionTime, libtestLine, libtestStart, runningTarget } from "../../src/formats/cargo-lines.js";

describe("a line of libtest", () => {
  test.each<[string, string, number, string, number]>([
    ["test tests::a ... bench:       3,161 ns/iter (+/- 975)", "tests::a", 3161, "ns/iter", 1],
    ["test bytes   ... bench:          14.49 ns/iter (+/- 0.62) = 73142 MB/s", "bytes", 14.49, "ns/iter", 0.01],
    ["test one ... bench:      1 \u03bcs/iter (+/- 1)", "one", 1, "\u03bcs/iter", 1],
    ["test one ... bench:      1 \u00b5s/iter (+/- 1)", "one", 1, "\u00b5s/iter", 1],
    ["test fib 10 (fast) ... bench:  1,018,149 cycles/iter (+/- 3)", "fib 10 (fast)", 1_018_149, "cycles/iter", 1],
    ["test a ... b ... bench: 7 ns/iter (+/- 1)", "a ... b", 7, "ns/iter", 1],
  ])("%s", (line, name, value, unit, step) => {
    expect(libtestLine(line)).toEqual({ name, outcome: { figure: { value, unit, step } } });
  });

  test.each<[string, string]>([
    ["test tests::b ... FAILED", "FAILED"],
    ["test tests::c ... ignored", "ignored"],
    ["test tests::d ... ignored, takes ... long", "ignored"],
    ["test tests::e ... ok", "ok"],
  ])("%s has no figure", (line, outcome) => expect(libtestLine(line)?.outcome).toBe(outcome));

  test.each(["test result: ok. 0 passed", "test x", "bench: 3 ns/iter", "", "test x ... bench: 3 ns"])("%s is no outcome", (line) => {
    expect(libtestLine(line)).toBeUndefined();
  });

  test("a value that is no number is missing", () => {
    expect(libtestLine("test a ... bench: NaN ns/iter (+/- 0)")).toMatchObject({ outcome: { figure: { value: Number.NaN } } });
  });

  test("an outcome that was pushed away leaves the name of what began", () => {
    expect(libtestStart("test boom ... thread 'main' panicked")).toBe("boom");
    expect(libtestStart("test boom ...")).toBe("boom");
    expect(libtestStart("test result: ok")).toBeUndefined();
  });
});

describe("a line of criterion", () => {
  test("gives the estimate in the middle of its interval", () => {
    expect(criterionTime("module: fn 10         time:   [18.195 \u00b5s 20.930 \u00b5s 24.240 \u00b5s]")).toEqual({
      name: "module: fn 10",
      estimate: { value: 20.93, unit: "\u00b5s", step: 0.001 },
    });
    expect(criterionTime("                        time:   [1.0 ns 2.0 ns 3.0 ns]")?.name).toBe("");
  });

  test.each([
    "                        thrpt:  [482.27 Melem/s 491.65 Melem/s 497.52 Melem/s]",
    "                        change: [-2.0565% -0.2521% +1.6377%] (p = 0.79 > 0.05)",
    "time: [1 ns 2 ns]",
    "time:",
    "",
  ])("%s is no time", (line) => expect(criterionTime(line)).toBeUndefined());

  test("tells by its progress which benchmark it is at", () => {
    expect(criterionProgress("Benchmarking a: b: Warming up for 3.0000 s")).toBe("a: b");
    expect(criterionProgress("Benchmarking a: Collecting 100 samples in estimated 5.0 s (3.3B iterations)")).toBe("a");
    expect(criterionProgress("Benchmarking a")).toBeUndefined();
    expect(criterionProgress("· Benchmarking virtualenv-py3.6")).toBeUndefined();
  });
});

describe("the target that cargo runs", () => {
  test.each<[string, string | undefined]>([
    ["     Running benches/fib.rs (target/release/deps/fib-0123456789abcdef)", "benches/fib.rs"],
    ["     Running unittests src/lib.rs (target/release/deps/demo-0123456789abcdef)", "src/lib.rs"],
    ["     Running unittests (target/release/deps/log4rs_bench-f36c88332bd25d23)", "log4rs_bench"],
    ["     Running benchmarks", undefined],
  ])("%s", (line, target) => expect(runningTarget(line)).toBe(target));
});

test("property: any line is answered, and none takes long", () => {
  const line = fc.string({
    unit: fc.constantFrom("test ", " ... ", "bench: ", "1 ", "ns/iter ", "(+/- ", "time:", "[", "]", "/", "a", "Benchmarking ", ": "),
  });
  fc.assert(
    fc.property(line, (text) => {
      for (const read of [libtestLine, libtestStart, criterionTime, criterionProgress, runningTarget])
        expect(() => read(text)).not.toThrow();
    }),
  );
  const long = `test ${"a/b ... bench: ".repeat(1_300)}`;
  expect(libtestLine(long)).toBeUndefined();
});
