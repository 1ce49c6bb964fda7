import { describe, expect, it } from "vitest";
import type { Coverage, CriticalChange } from "../../../src/model/coverage.js";
import { plain } from "../../../src/model/text.js";
import { criticalChangeWithoutBenchmark } from "../../../src/rules/tests/critical-change-without-benchmark.js";
import { coverage, critical } from "../judged.js";

const check = (changes: readonly CriticalChange[], parts: Partial<Coverage> = {}) =>
  criticalChangeWithoutBenchmark.check({ coverage: coverage({ critical: changes, ...parts }), results: { files: [] } }, {});
const named = { what: "benchmark", why: "named", name: "test_total" } as const;

describe("tests/critical-change-without-benchmark", () => {
  it("warns at the critical file when no result measured anything", () => {
    const [finding] = check([critical()]);
    expect(finding).toMatchObject({ severity: "warning", at: { path: "src/checkout/total.ts", line: 1 } });
    expect(plain(finding!.message)).toBe(
      "src/checkout/total.ts is critical and changed, but no benchmark was changed or measured at this head",
    );
  });

  it("warns of each critical file", () => {
    expect(check([critical({ path: "src/a.ts" }), critical({ path: "src/b.ts" })]).map((finding) => finding.at?.path)).toEqual([
      "src/a.ts",
      "src/b.ts",
    ]);
  });

  it("warns at a critical function, by its name", () => {
    const [finding] = check([critical({ kind: "function", name: "Cart.total", line: 7 })]);
    expect(finding?.at?.line).toBe(7);
    expect(plain(finding!.message)).toContain("Cart.total in src/checkout/total.ts is critical");
  });

  it("names the profile that shows a function to be hot, with its share", () => {
    const heat = { profile: "main.cpuprofile", function: "total", share: 0.234 };
    const [finding] = check([critical({ kind: "function", name: "Cart.total", heat })]);
    expect(finding?.severity).toBe("warning");
    expect(plain(finding!.message)).toContain("is critical (hot in main.cpuprofile: 23 % of samples) and changed");
  });

  it("warns when other benchmarks were measured than those that cover it by the configuration", () => {
    const [finding] = check([critical({ declared: ["test_pricing*", "GET /api/cart"] })], { measured: 12 });
    expect(plain(finding!.message)).toContain(
      "nothing that covers it by the configuration (test_pricing*, GET /api/cart) was measured at this head",
    );
    expect(plain(finding!.help)).toContain("covered_by");
  });

  it("warns of what is declared even when a benchmark file changed that is another one", () => {
    expect(check([critical({ declared: ["test_pricing*"] })], { changedBenchmarks: ["bench/other.ts"] })).toHaveLength(1);
  });

  it.each<[string, readonly CriticalChange[], Partial<Coverage>]>([
    ["no critical file changed", [], {}],
    ["a benchmark changed with it", [critical()], { changedBenchmarks: ["bench/total.ts"] }],
    ["a benchmark was measured at this head", [critical()], { measured: 1 }],
    ["one is known to run it", [critical({ covers: [named] })], { measured: 1 }],
    ["one that is declared was measured", [critical({ declared: ["test_total"], covers: [named] })], { measured: 1 }],
    ["only an endpoint with a budget changed, which another rule is about", [critical({ kind: "endpoint", name: "/api/cart" })], {}],
  ])("is silent when %s", (_, changes, parts) => {
    expect(check(changes, parts)).toEqual([]);
  });
});
