import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baselineOf, readResults } from "../../src/checkout/results.js";
import { plain } from "../../src/model/text.js";

const demo = fileURLToPath(new URL("../demo/results", import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "redline-results-"));
  writeFileSync(join(folder, "empty.json"), "");
  writeFileSync(join(folder, "other.json"), '{"assets":[],"modules":[]}');
  writeFileSync(join(folder, "cut.json"), '{"machine_info": {}, "benchmarks": [{"stats": {"rounds"');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("result files of a checkout", () => {
  it("are read each once, in natural order", async () => {
    const { files } = await readResults(["base/run-*/pytest*.json", "base/run-01/*.json"], demo);
    expect(files.map(({ file }) => file)).toEqual(
      Array.from({ length: 12 }, (_, run) => `base/run-${String(run + 1).padStart(2, "0")}/pytest-benchmark.json`),
    );
  });

  it.each(["empty.json", "other.json", "cut.json", "missing-*.json"])("that nobody can read are errors with a reason: %s", async (name) => {
    const { files, problems } = await readResults([name], folder);
    expect(files).toEqual([]);
    expect(problems?.[0]).toMatchObject({ level: "error" });
    expect(plain(problems?.[0]?.message ?? [])).not.toBe("");
  });
});

describe("result files of criterion", () => {
  const estimates = fileURLToPath(new URL("../fixtures/formats/criterion-estimates/slower", import.meta.url));

  it("may be named together with the files that belong to them", async () => {
    const { files, problems } = await readResults(["**/new/*.json"], estimates);
    expect(files).toHaveLength(3);
    expect(problems).toEqual([]);
  });

  it("may not be left out", async () => {
    const { problems } = await readResults(["**/new/sample.json"], estimates);
    expect(problems).toHaveLength(3);
  });
});

describe("baseline files", () => {
  it("of another machine than the last are left out of the history", async () => {
    const { files } = await readResults(["base/run-0[123]/pytest*.json"], demo);
    const [first, ...others] = files.map((one, index) => ({
      ...one,
      run: { ...one.run, environment: { cpu: index === 0 ? "Arm" : "Xeon" } },
    }));
    const baseline = baselineOf({ files: [first!, ...others] }, "b");
    if (baseline.status === "absent") throw new Error(plain(baseline.reason));
    expect([...baseline.value.history.values()].every((values) => values.length === 1)).toBe(true);
    expect(baseline.value.environment).toEqual({ cpu: "Xeon" });
  });

  it("are the merge base's history: the last value is the baseline, the others are its past", async () => {
    const baseline = baselineOf(await readResults(["base/run-*/pytest*.json"], demo), "b".repeat(40));
    if (baseline.status === "absent") throw new Error(plain(baseline.reason));
    const { measurements, history } = baseline.value;
    expect(measurements.length).toBe(history.size);
    for (const values of history.values()) expect(values).toHaveLength(11);
    const last = (await readResults(["base/run-12/pytest*.json"], demo)).files[0]?.run.measurements;
    expect(measurements).toEqual(last);
  });

  it("are absent with a reason when none was given or none could be read", async () => {
    expect(baselineOf(await readResults([], demo), "b")).toMatchObject({ status: "absent" });
    const profile = { format: "cpuprofile", measurements: [], problems: [], profile: { samples: 1, hot: [] } };
    expect(baselineOf({ files: [{ file: "a.cpuprofile", run: profile }] }, "b")).toMatchObject({ status: "absent" });
    const broken = baselineOf(await readResults(["cut.json"], folder), "b");
    expect(broken.status === "absent" && plain(broken.reason)).not.toContain("--baseline-results");
  });
});
