import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readHistories } from "./histories.js";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "redline-histories-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const store = (tool: string, runs: readonly (readonly object[])[]) =>
  JSON.stringify({ entries: { suite: runs.map((benches) => ({ commit: { id: "a" }, date: 1, tool, benches })) } });

describe("the histories of a directory", () => {
  it("reads stored values, packed or not, in the order of the runs and without the runs that lack the benchmark", () => {
    const text = store("cargo", [
      [
        { name: "a", value: 100, unit: "ns/iter" },
        { name: "b", value: 1, unit: "ns/iter" },
      ],
      [{ name: "b", value: 2, unit: "ns/iter" }],
      [{ name: "a", value: 300, unit: "ns/iter" }],
    ]);
    writeFileSync(join(directory, "one.json"), `window.BENCHMARK_DATA = ${text}`);
    writeFileSync(join(directory, "two_of_many.json.gz"), gzipSync(text));
    const { stored } = readHistories(directory);
    expect(stored.map((set) => set.name)).toEqual(["one", "two"]);
    for (const set of stored) {
      expect(set.series[0]).toMatchObject({ suite: "suite", name: "a", better: "lower", runs: [0, 2] });
      expect(set.series[0]?.values.map((value) => value * 1e9)).toEqual([expect.closeTo(100, 9), expect.closeTo(300, 9)]);
    }
  });

  it("brings dirty and mixed units of one benchmark together and knows which way is better", () => {
    writeFileSync(
      join(directory, "go.json"),
      store("go", [
        [{ name: "f", value: 1200, unit: "ns/op\t         4.000 auxMetricUnits" }],
        [{ name: "f", value: 1.3, unit: "us" }],
        [{ name: "f", value: 7, unit: "auxMetricUnits" }],
        [{ name: "f", value: 8e5, unit: "ops/sec" }],
      ]),
    );
    const series = readHistories(directory).stored[0]?.series;
    expect(series?.map((each) => [each.better, each.values.length])).toEqual([
      ["lower", 2],
      ["lower", 1],
      ["higher", 1],
    ]);
    expect(series?.[0]?.values[1]).toBeCloseTo(1.3e-6, 12);
  });

  it("skips what is no benchmark and no positive value, and a second value of the same run", () => {
    const odd = [null, { name: "a", value: "7" }, { name: "a", value: 0, unit: "ns" }, { name: "a", value: 5, unit: "ns" }];
    writeFileSync(
      join(directory, "odd.json"),
      JSON.stringify({ entries: { s: [null, { benches: [...odd, { name: "a", value: 6, unit: "ns" }] }, 3] } }),
    );
    expect(readHistories(directory).stored[0]?.series).toMatchObject([{ name: "a", runs: [1] }]);
  });

  it("gives every process of the other shape its rounds, the fastest among them", () => {
    const line = (run: number, bench: string) => JSON.stringify({ run, bench, mean: 3, median: 2, min: 1, sample: [2, 1.5, 4] });
    writeFileSync(join(directory, "local_aa.jsonl.gz"), gzipSync([line(2, "a"), line(1, "a"), line(1, "b"), '{"run":1,"ben'].join("\n")));
    const set = readHistories(directory).processes[0];
    expect(set?.name).toBe("local");
    expect(set?.benchmarks).toEqual([
      {
        name: "a",
        rounds: [
          [2, 1, 4],
          [2, 1, 4],
        ],
      },
      { name: "b", rounds: [[2, 1, 4]] },
    ]);
    expect(set?.minima[0]).toMatchObject({ name: "a", values: [1, 1], runs: [1, 2] });
  });

  it("names a file that it cannot read and reads the others", () => {
    writeFileSync(join(directory, "broken.json"), "{");
    writeFileSync(join(directory, "README.md"), "# not a history");
    writeFileSync(join(directory, "good.json"), store("cargo", []));
    const { stored, refused } = readHistories(directory);
    expect(stored.map((set) => set.name)).toEqual(["good"]);
    expect(refused.map((each) => each.file)).toEqual(["broken.json"]);
  });
});
