import type { BudgetMetric } from "../model/judgement.js";
import type { Unit } from "../model/measurement.js";
import type { ChecklistItem, OwnItem, Severity } from "../model/rule.js";
import type { PathClass } from "../model/source.js";
import type { Dialect } from "../model/statements.js";

/**
 * One limit in SI units; with a `basis` (the baseline, or the oldest known runs) the share by which the figure may be
 * worse, 0.1 is 10 %. `unit` is that of the figure. `text` is what the file says.
 */
export interface BudgetLimit {
  readonly metric: BudgetMetric;
  readonly basis?: "relative" | "creep";
  readonly limit: number;
  readonly unit: Unit;
  readonly text: string;
}

export type CountMetric = "queries_max" | "queries_increase_max";

/** A limit on the statements of one request or test, or on how many more than at the baseline there may be. */
export interface CountLimit {
  readonly metric: CountMetric;
  readonly limit: number;
}

/** Limits of benchmarks, by metric as the result formats name it: `time`, `memory`, `allocations`. */
export interface BenchmarkBudget {
  /** Full name; `*` stands for any characters. */
  readonly pattern: string;
  readonly limits: readonly { readonly metric: string; readonly limit: number; readonly unit: Unit; readonly text: string }[];
}

/** Which round stands for a process: the best one, or the 25th percentile. */
export type RoundStatistic = "min" | "typical";

/** Thresholds of some benchmarks instead of the general ones. */
export interface Thresholds {
  /** Full name; `*` stands for any characters. The first entry that fits counts. */
  readonly name: string;
  readonly minEffect?: number;
  readonly blockEffect?: number;
  readonly statistic?: RoundStatistic;
}

/** A benchmark that is not judged. */
export interface Ignored {
  /** Full name; `*` stands for any characters. */
  readonly name: string;
  readonly reason: string;
  /** Last day, YYYY-MM-DD; absent for ever. */
  readonly until?: string;
}

/** A statement that is repeated on purpose. */
export interface AllowedRepeat {
  /** Name of a request or test; `*` stands for any characters. */
  readonly entry: string;
  /** Its fingerprint, or `*`. */
  readonly statement: string;
  readonly reason: string;
}

export interface EndpointBudget {
  /** As written: `/api/products`, `GET /api/users/{id}`. */
  readonly pattern: string;
  readonly limits: readonly BudgetLimit[];
  /** Judged on what the tests of this head did; absent where nothing limits them. */
  readonly counts?: readonly CountLimit[];
  /** A first run over the limit fails at once. */
  readonly strict: boolean;
}

/** A part of the code where performance matters most. */
export interface CriticalPart {
  /** Globs as in CODEOWNERS; anywhere when empty. */
  readonly paths: readonly string[];
  /** Only changes in these functions count; `*` stands for any characters. Any change when empty. */
  readonly functions: readonly string[];
  /** Names of benchmarks, endpoints, or globs of files that exercise it. */
  readonly coveredBy: readonly string[];
}

/** A line that the team added to the checklist. */
export interface OwnLine {
  readonly item: OwnItem;
  readonly text: string;
  /** Shown when a changed file matches one; always when empty. */
  readonly paths: readonly string[];
  readonly help?: string;
  readonly required: boolean;
}

/** A promise to users. Checked and kept, without effect yet. */
export interface Slo {
  readonly name: string;
  /** Share of good events, 0..1. */
  readonly target: number;
  readonly windowMs: number;
  readonly indicator: { readonly good: string; readonly total: string };
}

/** Checked and kept, without effect yet. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly severity: string;
}

/** What `.github/redline.yml` says, as schema.ts reads it; defaults filled in, times in ms, all else in SI units. */
export interface Config {
  readonly mode: "blocking" | "advisory";
  readonly endpoints: readonly EndpointBudget[];
  readonly onBudgetExceed: { readonly blockMerge: boolean; readonly notify: readonly string[]; readonly requireApproval: string | null };
  /** Effects as ratios: 0.05 is 5 % worse. */
  readonly benchmarks: {
    readonly minEffect: number;
    readonly blockEffect: number;
    readonly onSuspect: "show" | "block";
    readonly statistic: RoundStatistic;
    readonly aliases: Readonly<Record<string, string>>;
    readonly ignore: readonly Ignored[];
    readonly thresholds: readonly Thresholds[];
    /** Which way is better, by metric, for metrics whose unit does not tell. */
    readonly directions: Readonly<Record<string, "lower" | "higher">>;
    readonly budgets: readonly BenchmarkBudget[];
    /** How much worse a benchmark may get over all of its known history, as a ratio; null for no such limit. */
    readonly creep: number | null;
  };
  readonly evidence: {
    /** Artifact name globs. */
    readonly artifacts: readonly string[];
    /** Workflow file globs; empty means all. */
    readonly workflows: readonly string[];
    /** Names of formats or artifacts without which the gate stays closed. */
    readonly required: readonly string[];
    readonly waitMs: number;
    /** Whether results of forks count, count once somebody with write access vouches for them, or are not read. */
    readonly forks: "trust" | "review" | "ignore";
    /** The same of results whose workflow, or whose benchmarks, the pull request itself edits. */
    readonly changedWorkflows: "trust" | "review";
    readonly changedBenchmarks: "trust" | "review";
    /** Which percentiles a tool was configured to write, by format id, where its files do not say. */
    readonly percentiles?: Readonly<Record<string, readonly number[]>>;
  };
  readonly override: {
    readonly label: string;
    /** People who have to agree. */
    readonly quorum: number;
    readonly expiresMs: number | null;
    /** A written reason is required. */
    readonly reason: boolean;
    /** Logins that may override where there are no teams. */
    readonly people: readonly string[];
  };
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly database: {
    readonly dialect: Dialect;
    /** False where nobody chose it: the tools' files may name another. */
    readonly dialectGiven: boolean;
    /** Path globs of migrations; empty means the well-known ones. */
    readonly migrations: readonly string[];
    readonly tables: Readonly<Record<string, { readonly rows: number }>>;
    /** Path, folder or glob of the schema dump; absent where migrations are applied. */
    readonly schema?: string;
    /** Path of the exported planner statistics, read at the tip of the base branch. */
    readonly statistics: string;
    /** Rows of a table that neither the statistics nor `tables` knows. */
    readonly assumedRows: number;
    /** A table of unknown size is taken for a large one. */
    readonly strict: boolean;
    readonly plans: "on" | "off";
    /** Of production's database; absent where nobody says. */
    readonly collation?: string;
  };
  readonly paths: {
    readonly ignore: readonly string[];
    readonly benchmarks: readonly string[];
    readonly loadTests: readonly string[];
    /** What the files below a glob are for, instead of what their path says; the first that matches. */
    readonly classes: Readonly<Record<string, PathClass>>;
  };
  readonly runtime: { readonly allow: readonly AllowedRepeat[] };
  readonly critical: readonly CriticalPart[];
  readonly checklist: {
    /** Lines that are taken off, and lines without whose answer the gate stays closed. */
    readonly items: Readonly<Partial<Record<ChecklistItem, "off" | "required">>>;
    readonly lines: readonly OwnLine[];
  };
  readonly slos?: readonly Slo[];
  readonly alerts?: readonly Alert[];
  /** Format ids by file glob. The first glob that matches wins over the content. */
  readonly formats?: Readonly<Record<string, string>>;
}
