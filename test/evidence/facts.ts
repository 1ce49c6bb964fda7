import type { BudgetLimit, Config, EndpointBudget } from "../../src/config/config.js";
import type { Collected } from "../../src/model/collected.js";
import type { Baseline, ResultFile, Results } from "../../src/model/evidence.js";
import type { Measurement, ParsedRun } from "../../src/model/measurement.js";
import type { ChangedFile, Snapshot } from "../../src/model/pull-request.js";
import { text } from "../../src/model/text.js";

const noFurtherBenchmarkKeys = { thresholds: [], directions: {}, budgets: [], creep: null } as const;

/** A configuration that judges as the defaults do, with what a test varies. */
export function config(parts: Partial<Omit<Config, "benchmarks">> & { readonly benchmarks?: Partial<Config["benchmarks"]> } = {}): Config {
  return {
    mode: "blocking",
    endpoints: [],
    onBudgetExceed: { blockMerge: true, notify: [], requireApproval: null },
    evidence: {
      artifacts: [],
      workflows: [],
      required: [],
      waitMs: 0,
      forks: "review",
      changedWorkflows: "review",
      changedBenchmarks: "trust",
    },
    override: { label: "perf-override", quorum: 1, expiresMs: null, reason: false, people: [] },
    rules: {},
    database: {
      dialect: "postgresql",
      dialectGiven: true,
      migrations: [],
      tables: {},
      statistics: ".github/redline-statistics.sql",
      assumedRows: 10_000_000,
      strict: false,
      plans: "on",
    },
    paths: { ignore: [], benchmarks: [], loadTests: [], classes: {} },
    runtime: { allow: [] },
    critical: [],
    checklist: { items: {}, lines: [] },
    ...parts,
    benchmarks: {
      minEffect: 0.05,
      blockEffect: 0.1,
      onSuspect: "show",
      statistic: "min",
      aliases: {},
      ignore: [],
      ...noFurtherBenchmarkKeys,
      ...parts.benchmarks,
    },
  };
}

export function time(value: number, parts: Partial<Measurement> = {}): Measurement {
  return { benchmark: "test_shop.py::test_total", metric: "time", unit: "s", better: "lower", statistic: "min", value, ...parts };
}

export function load(endpoint: string, metric: string, value: number, parts: Partial<Measurement> = {}): Measurement {
  const units: Readonly<Record<string, Partial<Measurement>>> = {
    throughput: { unit: "1/s", better: "higher", statistic: "rate" },
    error_rate: { unit: "1", statistic: "rate" },
  };
  return time(value, { benchmark: endpoint, endpoint, metric, statistic: "p99", ...units[metric], ...parts });
}

/** One result file for each list of measurements, in run order. */
export function results(...runs: readonly (readonly Measurement[] | Partial<ParsedRun>)[]): Results {
  const files = runs.map((run, index): ResultFile => {
    const parsed = "length" in run ? { measurements: run } : run;
    return { file: `run-${index + 1}.json`, run: { format: "k6-summary", measurements: [], problems: [], ...parsed } };
  });
  return { files };
}

export const collected = <T>(value: T): Collected<T> => ({ status: "collected", value });

export const absent = { status: "absent", reason: text`no artifact of this head` } as const;

export function baseline(measurements: readonly Measurement[], parts: Partial<Baseline> = {}): Collected<Baseline> {
  return collected({ sha: "1a2b3c4", distance: 0, measurements, history: new Map(), ...parts });
}

const units = { throughput_min: "1/s", error_rate_max: "1" } as const;

export function budget(pattern: string, limits: Partial<Record<BudgetLimit["metric"], number>>, strict = false): EndpointBudget {
  const metrics = ["latency_p50", "latency_p95", "latency_p99", "latency_p99_9", "throughput_min", "error_rate_max"] as const;
  return {
    pattern,
    strict,
    limits: metrics.flatMap((metric): BudgetLimit[] => {
      const limit = limits[metric];
      const unit = metric in units ? units[metric as keyof typeof units] : "s";
      return limit === undefined ? [] : [{ metric, limit, unit, text: String(limit) }];
    }),
  };
}

export function changed(path: string, parts: Partial<ChangedFile> = {}): ChangedFile {
  return { path, status: "modified", base: "", head: "", ...parts };
}

export function snapshot(...files: readonly ChangedFile[]): Snapshot {
  return { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" }, files };
}
