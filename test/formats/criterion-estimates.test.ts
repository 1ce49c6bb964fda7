import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criterionEstimates } from "../../src/formats/criterion-estimates.js";
import { type ReadResult, readResultFile } from "../../src/formats/read.js";
import type { ParsedRun } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, codes, fixture, fixtureJson, orders, reordered, sentence, stream } from "./reading.js";

const OWN = "criterion-estimates/own/new";
const PATH = "target/criterion/grp/fib/12/new/estimates.json";

type Beside = Readonly<Record<string, unknown>>;

/** Reads an estimates.json that lies at `name`, with the given files beside it. */
function readAt(name: string, content: unknown, beside: Beside = {}): Promise<ReadResult> {
  const sibling = async (file: string) => (Object.hasOwn(beside, file) ? bytesOf(beside[file]) : undefined);
  return readResultFile(name, stream(bytesOf(content)), { origin: { name, sibling } });
}

async function runAt(name: string, content: unknown, beside: Beside = {}): Promise<ParsedRun> {
  const result = await readAt(name, content, beside);
  if ("run" in result) return result.run;
  throw new Error(JSON.stringify(result));
}

const beside = (folder: string): Beside => ({
  "benchmark.json": fixture(`${folder}/benchmark.json`),
  "sample.json": fixture(`${folder}/sample.json`),
});
const own = () => runAt(PATH, fixture(`${OWN}/estimates.json`), beside(OWN));
const only = ({ measurements }: ParsedRun) => measurements[0];

describe("what criterion stored below target/criterion", () => {
  test("the name stands in benchmark.json and the rounds in sample.json, as totals of many iterations", async () => {
    const { iters, times } = fixtureJson<{ iters: number[]; times: number[] }>(`${OWN}/sample.json`);
    const rounds = times.map((total, index) => (total / (iters[index] ?? 1)) * 1e-9);
    const sorted = [...rounds].sort((a, b) => a - b);
    const run = await own();
    expect(run.measurements).toEqual([
      {
        benchmark: "grp/fib/12",
        metric: "time",
        unit: "s",
        better: "lower",
        statistic: "min",
        value: sorted[0],
        typical: expect.closeTo(((sorted[4] ?? 0) + (sorted[5] ?? 0)) / 2, 15),
        rounds,
        n: 10,
      },
    ]);
    expect([run.tool, run.problems]).toEqual(["criterion", []]);
  });

  test("without samples the estimate of the median stands for them", async () => {
    const run = await runAt(PATH, fixture(`${OWN}/estimates.json`), { "benchmark.json": fixture(`${OWN}/benchmark.json`) });
    expect(only(run)).toEqual({
      benchmark: "grp/fib/12",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "median",
      value: expect.closeTo(308.784e-9, 12),
    });
  });

  test.each<[string, unknown]>([
    ["lists of two lengths", { iters: [1, 2], times: [1] }],
    ["no lists", { iters: 1 }],
    ["no JSON", "{"],
  ])("samples that are %s are not read", async (_, sample) => {
    const run = await runAt(PATH, fixture(`${OWN}/estimates.json`), { ...beside(OWN), "sample.json": sample });
    expect(only(run)?.statistic).toBe("median");
  });

  test("flat sampling has no slope and is read alike", async () => {
    const folder = "criterion-estimates/base/flat-sleep/new";
    expect(fixtureJson(`${folder}/estimates.json`)).toMatchObject({ slope: null });
    const run = await runAt("flat/sleep/new/estimates.json", fixture(`${folder}/estimates.json`), beside(folder));
    expect(only(run)).toMatchObject({ benchmark: "flat/sleep", n: 10 });
    expect(only(run)?.value).toBeGreaterThan(0.002);
  });

  test("a pair of runs has the same names", async () => {
    for (const [folder, name] of Object.entries({ chain: "chain", "grp-fib-12": "grp/fib/12" })) {
      for (const side of ["base", "slower"]) {
        const path = `criterion-estimates/${side}/${folder}/new`;
        expect(only(await runAt("x/new/estimates.json", fixture(`${path}/estimates.json`), beside(path)))?.benchmark).toBe(name);
      }
    }
  });
});

describe("a file without its benchmark.json", () => {
  test.each<[string, string]>([
    [PATH, "grp/fib/12"],
    ["criterion/fib 10/new/estimates.json", "fib 10"],
    ["C:\\demo\\target\\criterion\\chain\\new\\estimates.json", "chain"],
  ])("%s has the name of its folders", async (path, name) => {
    expect(only(await runAt(path, fixture(`${OWN}/estimates.json`)))?.benchmark).toBe(name);
  });

  test.each(["estimates.json", "fib/new/estimates.json", "criterion/new/estimates.json", "criterion/fib/estimates.json"])(
    "%s has no name, and is refused with what to upload",
    async (path) => {
      const result = await readAt(path, fixture(`${OWN}/estimates.json`));
      expect(result).toMatchObject({ broken: { level: "error", code: "no-name" } });
      if ("broken" in result) expect(plain(result.broken.remedy ?? [])).toContain("target/criterion/**/new/*.json");
    },
  );
});

describe("a file that is not of this run", () => {
  test.each<[string, string]>([
    ["base", "the estimates of an earlier run"],
    ["change", "the change against an earlier run"],
  ])("below %s/ it is only named, even where the whole folder was uploaded", async (folder, says) => {
    const content = fixture(`criterion-estimates/slower/chain/${folder}/estimates.json`);
    const result = await readAt(`target/criterion/chain/${folder}/estimates.json`, content, beside(OWN));
    expect(result).toMatchObject({ unrecognized: { level: "warning", code: "not-this-run" } });
    if ("unrecognized" in result) expect(sentence(result.unrecognized)).toContain(says);
  });
});

describe("figures that cannot be", () => {
  const at = (content: unknown) => runAt(PATH, content);
  const estimates = (point: unknown) => ({ mean: { point_estimate: 1 }, median: { point_estimate: point } });

  test("an estimate that is missing, null or text is missing, and one of zero below resolution", async () => {
    expect(codes(await at(estimates(null)))).toEqual(["invalid-value"]);
    expect(codes(await at(estimates("NaN")))).toEqual(["invalid-value"]);
    expect(codes(await at(estimates(0)))).toEqual(["below-resolution"]);
  });

  test("no iterations give no time", async () => {
    const run = await runAt(PATH, estimates(5), { "sample.json": { iters: [0, 2], times: [5, 8] } });
    expect(only(run)).toMatchObject({ value: 4e-9, n: 1 });
    expect(only(run)).not.toHaveProperty("rounds");
  });

  test("a file without a median breaks, and one cut in the middle too, with the line", async () => {
    expect(await readAt(PATH, { mean: { point_estimate: 1 } })).toMatchObject({ broken: { code: "unexpected-shape" } });
    const bytes = fixture(`${OWN}/estimates.json`);
    expect(await readAt(PATH, bytes.subarray(0, bytes.length / 2))).toMatchObject({ broken: { code: "truncated", line: 1 } });
  });
});

describe("recognising criterion", () => {
  test("leaves its other files and other tools' alone", () => {
    const others = [
      fixture(`${OWN}/benchmark.json`),
      fixture(`${OWN}/sample.json`),
      { mean: 3, median: 2 },
      {},
      [],
      { results: [{ mean: 1 }] },
    ];
    for (const other of others) expect(criterionEstimates.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await own();
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runAt(PATH, reordered(fixtureJson(`${OWN}/estimates.json`), order), beside(OWN))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: whatever the files beside it are, names and times come back or are told why not", async () => {
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.record({ full_id: fc.string() }),
      fc.record({ iters: fc.array(fc.double()), times: fc.array(fc.double()) }),
    );
    await fc.assert(
      fc.asyncProperty(anything, anything, fc.string(), async (benchmark, sample, path) => {
        const result = await readAt(path, fixture(`${OWN}/estimates.json`), { "benchmark.json": benchmark, "sample.json": sample });
        expect(["run", "broken", "unrecognized"]).toContain(Object.keys(result)[0]);
        const measurements = "run" in result ? result.run.measurements : [];
        expect(measurements.every(({ value }) => Number.isFinite(value) && value > 0)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
