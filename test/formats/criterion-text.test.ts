import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plain } from "../../src/model/text.js";
import { codes, fixture, read, runOf, sentence, values } from "./reading.js";

const OWN = "criterion-text/own-criterion.txt";
const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const benchmark = (name: string, time: string) => [
  `Benchmarking ${name}`,
  `Benchmarking ${name}: Warming up for 3.0000 s`,
  `Benchmarking ${name}: Collecting 100 samples in estimated 5.0 s (1B iterations)`,
  `Benchmarking ${name}: Analyzing`,
  `${name.padEnd(23)} time:   [${time} ${time} ${time}]`,
];

describe("what criterion printed", () => {
  test("each benchmark is measured by the middle of its interval, in seconds; throughput is the same fact turned over", async () => {
    const run = await runOf(fixture(OWN));
    expect(values(run)).toEqual({
      "fib 10 time": expect.closeTo(153.61e-9, 15),
      "grp/fib/5 time": expect.closeTo(10.17e-9, 15),
      "grp/fib/12 time": expect.closeTo(313.1e-9, 15),
    });
    expect(run.measurements[0]).toMatchObject({ unit: "s", better: "lower", statistic: "mean", resolution: expect.closeTo(1e-11, 15) });
    expect(run.problems).toEqual([]);
  });

  test("a long name stands on a line of its own", async () => {
    const names = (await runOf(fixture("criterion-text/base.txt"))).measurements.map(({ benchmark: name }) => name);
    expect(names).toContain("a name so long that the time stands on the next line");
    expect(names).toContain("module::function: with colons");
    expect(names).toHaveLength(8);
  });

  test("a pair of runs has the same names, and what criterion found changed since its last run is not read", async () => {
    const [base, slower] = [await runOf(fixture("criterion-text/base.txt")), await runOf(fixture("criterion-text/slower.txt"))];
    expect(Object.keys(values(slower))).toEqual(Object.keys(values(base)));
    expect(new TextDecoder().decode(fixture("criterion-text/slower.txt"))).toContain("change: [");
  });

  test("colours do not matter", async () => {
    const run = await runOf(
      text(
        ...benchmark("a", "1.5000 \u00b5s").slice(0, 4),
        "\u001b[32ma\u001b[0m      time:   [\u001b[2m1 \u00b5s\u001b[0m \u001b[1m2 \u00b5s\u001b[0m 3 \u00b5s]",
      ),
    );
    expect(values(run)).toEqual({ "a time": 2e-6 });
  });

  test("a custom unit is shown and not judged", async () => {
    expect((await runOf(text(...benchmark("a", "120.5 cycles")))).measurements).toMatchObject([
      { unit: "unknown", better: "unknown", sourceUnit: "cycles", value: 120.5 },
    ]);
  });

  test("libtest's lines in the same output are read too", async () => {
    const run = await runOf(
      text(
        ...benchmark("a", "2 ns"),
        "     Running benches/b.rs (target/release/deps/b-0123456789abcdef)",
        "running 1 test",
        "test x ... bench: 2 ns/iter (+/- 0)",
      ),
    );
    expect(values(run)).toEqual({ "a time": 2e-9, "benches/b.rs::x time": 2e-9 });
  });
});

describe("a run that is not whole", () => {
  test("names the benchmark that panicked, and that cargo stopped there", async () => {
    const run = await runOf(fixture("criterion-text/panic.txt"));
    expect(run.problems.map(sentence)).toEqual([
      "boom: the benchmark failed: it began, and no time follows",
      expect.stringMatching(/^the run is not complete: cargo stopped: bench failed/),
    ]);
    expect(Object.keys(values(run))).toEqual(["before time"]);
  });

  test("cut before a time it names the benchmark that has none", async () => {
    const lines = [...benchmark("a", "1.5 ns"), ...benchmark("b", "1.5 ns").slice(0, 4)];
    const run = await runOf(text(...lines));
    expect(run.problems.map(sentence)).toEqual(["b: the benchmark failed: it began, and no time follows"]);
  });

  test("before the first time it has no data", async () => {
    const run = await runOf(text(...benchmark("a", "1 ns").slice(0, 3)));
    expect(plain(run.noData ?? [])).toBe("no benchmark gave a figure");
    expect(codes(run)).toEqual(["benchmark-failed"]);
  });
});

test("property: names and times come back as they were", async () => {
  const rows = fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9_:/ ]{0,40}[a-z]$/), us: fc.integer({ min: 1, max: 1e6 }) }),
    {
      minLength: 1,
      selector: ({ name }) => name,
    },
  );
  await fc.assert(
    fc.asyncProperty(rows, async (list) => {
      const run = await runOf(text(...list.flatMap(({ name, us }) => benchmark(name, `${us}.5 us`))));
      expect(run.measurements.map((one) => [one.benchmark, one.value])).toEqual(list.map(({ name, us }) => [name, (us + 0.5) * 1e-6]));
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
