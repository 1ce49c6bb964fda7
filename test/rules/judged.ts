import type { Coverage, CoveredRoute, CriticalChange } from "../../src/model/coverage.js";
import type { Changes } from "../../src/model/evidence.js";
import type { BudgetResult, Comparison } from "../../src/model/judgement.js";
import { text } from "../../src/model/text.js";

export function comparison(parts: Partial<Comparison> = {}): Comparison {
  return {
    benchmark: "test_shop.py::test_total",
    metric: "time",
    unit: "s",
    better: "lower",
    mode: "B",
    interval: null,
    noise: null,
    p: null,
    need: null,
    baselineRuns: 1,
    trend: [],
    alias: null,
    decision: "no-change",
    baseline: 0.1,
    candidate: 0.1,
    change: 0,
    visible: 0.08,
    runs: 3,
    history: 30,
    blocks: false,
    reason: text`as the runs say`,
    ...parts,
  };
}

export function budgetResult(parts: Partial<BudgetResult> = {}): BudgetResult {
  return {
    endpoint: "/api/checkout",
    metric: "latency_p99",
    unit: "s",
    limit: 0.1,
    actual: 0.08,
    values: [0.08],
    headroom: 0.2,
    decision: "pass",
    reason: text`as the runs say`,
    ...parts,
  };
}

export function changes(parts: Partial<Changes> = {}): Changes {
  return { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [], ...parts };
}

export function coverage(parts: Partial<Coverage> = {}): Coverage {
  return {
    critical: [],
    measured: 0,
    changedBenchmarks: [],
    routes: { status: "collected", value: [] },
    loadTests: { files: [], requests: [] },
    ...parts,
  };
}

export function critical(parts: Partial<CriticalChange> = {}): CriticalChange {
  return { kind: "file", name: "src/checkout/total.ts", path: "src/checkout/total.ts", line: 1, declared: [], covers: [], ...parts };
}

/** A route as `GET /users/:id` writes it. */
export function route(written: string, parts: Partial<CoveredRoute> & { readonly whole?: boolean } = {}): CoveredRoute {
  const { whole = true, ...rest } = parts;
  const [method = null, path = ""] = written.split(" ");
  return {
    how: "added",
    route: { method, path, written: path, whole, line: 3, endLine: 4 },
    file: "src/routes.ts",
    line: 3,
    covers: [],
    ...rest,
  };
}
