import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configOf } from "../config/reading.js";
import { redline } from "./run.js";

const demo = fileURLToPath(new URL("../demo/results", import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "redline-budgets-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("redline budgets suggest", () => {
  it("prints limits that the runs would have kept, as a valid configuration", async () => {
    const { code, stdout, stderr } = await redline(["budgets", "suggest", "base/run-*/*.json"], { cwd: demo });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const config = configOf(stdout);
    expect(config.endpoints.length + config.benchmarks.budgets.length).toBeGreaterThan(1);
  });

  it("says what is missing", async () => {
    expect(await redline(["budgets", "suggest"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("redline budgets suggest RESULTS..."),
    });
    writeFileSync(join(folder, "empty.json"), "");
    const { code, stderr } = await redline(["budgets", "suggest", "empty.json"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain("empty.json: the file is empty");
    expect(stderr).toContain("none of these files holds a figure that a budget could limit");
  });
});

describe("redline shifts", () => {
  it("names the file from which a figure stays at another level, and says when there is none", async () => {
    const noise = [1, 1.01, 0.99, 1.005, 0.995];
    for (let run = 0; run < 20; run++) {
      const value = (run < 12 ? 1 : 1.5) * (noise[run % 5] ?? 1);
      const stats = { min: value, max: value, mean: value, median: value, stddev: 0, rounds: 1, iterations: 1 };
      const file = { version: "4", machine_info: { python_version: "3" }, benchmarks: [{ fullname: "test_a", stats }] };
      writeFileSync(join(folder, `run-${run + 1}.json`), JSON.stringify(file));
    }
    const { code, stdout } = await redline(["shifts", "run-*.json"], { cwd: folder });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "test_a time: 49.62 % worse from run-13.json on (until run-12.json at the level before)\n",
    });
    const level = Array.from({ length: 12 }, (_, run) => `run-${run + 1}.json`);
    expect((await redline(["shifts", ...level], { cwd: folder })).stdout).toBe("no lasting change of level in 12 result files\n");
  });

  it("does not call too few runs free of a change", async () => {
    const { stdout } = await redline(["shifts", "run-?.json"], { cwd: folder });
    expect(stdout).toBe("too few runs to see a change of level: 9 of a figure at most; it takes 5 before and 5 after\n");
    expect(await redline(["shifts", "none-*.json"], { cwd: folder })).toMatchObject({ code: 2, stdout: "" });
  });
});
