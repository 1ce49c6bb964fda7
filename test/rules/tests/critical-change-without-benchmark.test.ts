import { describe, expect, it } from "vitest";
import type { Changes, Results } from "../../../src/model/evidence.js";
import { plain, text } from "../../../src/model/text.js";
import { criticalChangeWithoutBenchmark } from "../../../src/rules/tests/critical-change-without-benchmark.js";
import { changes, measuring } from "../judged.js";

const check = (parts: Partial<Changes>, results: Results = { files: [] }) =>
  criticalChangeWithoutBenchmark.check({ changes: changes(parts), results }, {});
const critical = ["src/checkout/total.ts"];
const [file] = measuring(null).files;

describe("tests/critical-change-without-benchmark", () => {
  it("warns at the critical file when no result measured anything", () => {
    const [finding] = check({ critical });
    expect(finding).toMatchObject({ severity: "warning", at: { path: "src/checkout/total.ts", line: 1 } });
    expect(plain(finding!.message)).toContain("src/checkout/total.ts is critical and changed");
  });

  it("warns of each critical file", () => {
    expect(check({ critical: ["src/a.ts", "src/b.ts"] }).map((finding) => finding.at?.path)).toEqual(["src/a.ts", "src/b.ts"]);
  });

  it("does not take a load test for a benchmark", () => {
    expect(check({ critical }, measuring("GET /api/checkout"))).toHaveLength(1);
    expect(check({ critical, loadTests: ["k6/checkout.js"] })).toHaveLength(1);
  });

  it("does not take a run that proves nothing for a benchmark", () => {
    const failed = { files: [{ ...file!, run: { ...file!.run, noData: text`no benchmark ran` } }] };
    expect(check({ critical }, failed)).toHaveLength(1);
  });

  it("does not take a result file without measurements for a benchmark", () => {
    expect(check({ critical }, { files: [{ ...file!, run: { ...file!.run, measurements: [] } }] })).toHaveLength(1);
  });

  it.each<[string, Partial<Changes>, Results]>([
    ["no critical file changed", {}, { files: [] }],
    ["a benchmark changed with it", { critical, benchmarks: ["bench/total.ts"] }, { files: [] }],
    ["a benchmark was measured at this head", { critical }, measuring(null)],
    ["one of several results is a benchmark's", { critical }, measuring("*", null)],
    ["a benchmark changed and was measured", { critical, benchmarks: ["bench/total.ts"] }, measuring(null)],
    ["only a benchmark changed", { benchmarks: ["bench/total.ts"] }, { files: [] }],
  ])("is silent when %s", (_, parts, results) => {
    expect(check(parts, results)).toEqual([]);
  });
});
