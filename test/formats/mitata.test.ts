import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mitata } from "../../src/formats/mitata.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence } from "./reading.js";

const JSON_FORMAT = "mitata/format-json.json";

const run = (name: string, stats: object = {}) => ({
  name,
  args: {},
  stats: { kind: "fn", min: 2, p50: 3, ticks: 0, samples: null, ...stats },
});
const file = (...runs: object[]) => ({
  layout: [{ name: null, types: [] }],
  benchmarks: [{ kind: "static", alias: "a", group: 0, runs }],
  context: {
    arch: "x64-linux",
    version: "20.1.0",
    runtime: "node",
    cpu: { name: "CPU", freq: 3 },
    noop: { fn: { p50: 0.1 }, iter: { p50: 30 } },
  },
});

describe("what mitata wrote", () => {
  test("nanoseconds become seconds, and the name is that of the group and the run", async () => {
    const { measurements, environment, tool } = await runOf(fixture(JSON_FORMAT));
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["g1 > noop", "g1 > concat 1", "g1 > concat 64"]);
    expect(measurements[1]).toMatchObject({ metric: "time", unit: "s", better: "lower", statistic: "min", value: 3.706787109375 * 1e-9 });
    expect(measurements[1]?.typical).toBe(4.454833984375 * 1e-9);
    expect([tool, environment]).toEqual(["mitata", { cpu: "AMD EPYC", arch: "x64-linux", runtime: "node 20.20.2" }]);
  });

  test("a benchmark that threw is reported, and so is one that is as fast as nothing", async () => {
    const { problems } = await runOf(fixture(JSON_FORMAT));
    expect(problems.map(({ level, code }) => `${level} ${code}`)).toEqual(["error benchmark-failed", "warning optimised-away"]);
    expect(problems.map(sentence)).toEqual([
      "boom: the benchmark failed: it threw: x",
      "g1 > noop: as fast as an empty function, so that it was probably optimised away",
    ]);
  });

  test("the returned object gives the same names; samples that were cut are not the rounds", async () => {
    const { measurements } = await runOf(fixture("mitata/run-object.json"));
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["g1 > noop", "g1 > concat 1", "g1 > concat 64"]);
    for (const measurement of measurements) expect(measurement).not.toHaveProperty("rounds");
  });

  test.each([3, 3 * 4_096])("samples that account for all %i calls are the rounds", async (ticks) => {
    const [first] = (await runOf(file(run("a", { samples: [2, 3, 4], ticks })))).measurements;
    expect(first?.rounds).toEqual([2 * 1e-9, 3 * 1e-9, 4 * 1e-9]);
  });

  test("a run over an iterator is held against an empty iterator", async () => {
    expect(codes(await runOf(file(run("a", { kind: "iter" }))))).toEqual(["optimised-away"]);
    expect(codes(await runOf(file(run("a"))))).toEqual([]);
  });
});

describe("figures that say nothing", () => {
  test("no benchmark is no data", async () => {
    expect(plain((await runOf(file())).noData ?? [])).toBe("no benchmark ran");
  });

  test("a run without figures failed; a time of 0 or NaN is none", async () => {
    expect(codes(await runOf(file({ name: "a" })))).toEqual(["benchmark-failed"]);
    expect(codes(await runOf(file(run("a", { min: 0 }))))).toContain("below-resolution");
    expect(codes(await runOf(file(run("a", { min: "NaN" }))))).toContain("invalid-value");
  });

  test("two runs of one name are an error", async () => {
    expect(codes(await runOf(file(run("a"), run("a"))))).toEqual(["duplicate-name"]);
  });

  test("odd context costs nothing but itself", async () => {
    const odd = await runOf({ ...file(run("a")), context: { cpu: "fast", runtime: 5, noop: null } });
    expect(odd).toMatchObject({ environment: {}, measurements: [{ benchmark: "a" }], problems: [] });
  });
});

describe("recognising mitata", () => {
  test("works when the context with its samples fills the head before any benchmark", () => {
    const long = { layout: [], context: { noop: { fn: { samples: Array.from({ length: 20_000 }, () => 1.5) } } }, benchmarks: [] };
    expect(mitata.recognizes(bytesOf(long).subarray(0, 65_536))).toBe(true);
  });

  test("leaves other lists of benchmarks alone", () => {
    for (const other of [{ layout: [] }, { benchmarks: [{ runs: [] }] }, { layout: {}, benchmarks: [{ runs: [] }] }, []])
      expect(mitata.recognizes(bytesOf(other))).toBe(false);
  });

  test("a file cut in the middle is broken", async () => {
    expect(await brokenOf(fixture(JSON_FORMAT).subarray(0, 2_000))).toMatchObject({ code: "truncated", line: 1 });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(JSON_FORMAT));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(JSON_FORMAT), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: every time comes back in seconds, under any name", async () => {
    const list = fc.uniqueArray(fc.record({ name: fc.string(), min: fc.double({ min: 1e-3, max: 1e9, noNaN: true }) }), {
      selector: ({ name }) => name,
    });
    await fc.assert(
      fc.asyncProperty(list, async (runs) => {
        const { measurements } = await runOf(file(...runs.map(({ name, min }) => run(name, { min, p50: min }))));
        expect(measurements.map(({ benchmark, value }) => [benchmark, value])).toEqual(runs.map(({ name, min }) => [name, min * 1e-9]));
      }),
    );
  });
});
