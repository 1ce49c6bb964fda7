import type { Config } from "../../src/config/config.js";
import { parseConfiguration } from "../../src/config/parse.js";
import type { CollectedEvidence, Evidence } from "../../src/model/evidence.js";
import type { BudgetResult, Comparison } from "../../src/model/judgement.js";
import type { Finding } from "../../src/model/rule.js";
import { text } from "../../src/model/text.js";
import type { Override } from "../../src/model/verdict.js";
import type { Facts } from "../../src/review/decide.js";

export function configOf(yaml: string): Config {
  const parsed = parseConfiguration(yaml, "redline.yml");
  if ("config" in parsed) return parsed.config;
  throw new Error(JSON.stringify(parsed.problems));
}

export const BLOCKING = `
endpoints:
  /api/checkout: { latency_p99: 200ms }
on_budget_exceed:
  - block_merge: true
  - require_approval: perf-team
critical: ["src/checkout/**"]
`;

export const nothing: Evidence = {
  changes: { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [] },
  statements: {
    files: [],
    createdTables: [],
    maybeCreatedTables: [],
    rows: {},
    schema: { status: "absent", reason: text`nothing of this kind` },
  },
  results: { files: [] },
  comparisons: [],
  budgets: [],
  plans: { changed: [], dependents: [], statistics: [], planner: "", notes: [] },
  source: { files: [], skipped: [], left: {} },
  runtime: { suites: [] },
  coverage: {
    critical: [],
    measured: 0,
    changedBenchmarks: [],
    routes: { status: "collected", value: [] },
    loadTests: { files: [], requests: [] },
  },
};

/** Evidence where everything was collected; give `null` for a kind that is absent. */
export function collected(parts: { readonly [K in keyof Evidence]?: Evidence[K] | null } = {}): CollectedEvidence {
  const one = <K extends keyof Evidence>(kind: K): CollectedEvidence[K] => {
    const value = kind in parts ? parts[kind] : nothing[kind];
    return (
      value === null || value === undefined ? { status: "absent", reason: text`nothing of this kind` } : { status: "collected", value }
    ) as CollectedEvidence[K];
  };
  return {
    changes: one("changes"),
    statements: one("statements"),
    results: one("results"),
    comparisons: one("comparisons"),
    budgets: one("budgets"),
    plans: one("plans"),
    source: one("source"),
    runtime: one("runtime"),
    coverage: one("coverage"),
  };
}

export const finding = (parts: Partial<Finding> = {}): Finding => ({
  rule: "budgets/endpoint-over-budget",
  severity: "blocking",
  message: text`/api/checkout is over its budget`,
  help: text`make it faster`,
  ...parts,
});

export const budget = (parts: Partial<BudgetResult> = {}): BudgetResult => ({
  endpoint: "/api/checkout",
  metric: "latency_p99",
  unit: "s",
  limit: 0.2,
  actual: 0.15,
  values: [0.15],
  headroom: 0.25,
  decision: "pass",
  reason: text`within its budget`,
  ...parts,
});

export const comparison = (parts: Partial<Comparison> = {}): Comparison => ({
  benchmark: "test_b.py::test_sort",
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
  baseline: 1,
  candidate: 1,
  change: 0,
  visible: 0.08,
  runs: 3,
  history: 30,
  blocks: false,
  reason: text`quiet`,
  ...parts,
});

export const granted: Override = {
  status: "granted",
  by: "mona",
  at: "2026-01-02T03:04:05Z",
  sha: "a".repeat(40),
  team: "perf-team",
  label: "perf-override",
  covers: [],
};

export const facts = (parts: Partial<Facts> = {}): Facts => ({
  config: configOf(BLOCKING),
  configurationInvalid: false,
  repairsConfiguration: false,
  incomplete: undefined,
  evidence: collected(),
  findings: [],
  problems: [],
  override: null,
  waitUntil: null,
  ...parts,
});
