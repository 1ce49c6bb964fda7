import type { BudgetResult, Comparison } from "./judgement.js";
import type { Environment, Measurement, ParsedRun, Problem } from "./measurement.js";
import type { ChangedFile } from "./pull-request.js";
import type { Text } from "./text.js";

export type Dialect = "postgresql" | "mysql" | "mariadb" | "sqlite" | "transactsql" | "bigquery" | "snowflake" | "redshift";

/** `redline-ignore <rule>: reason`, on or above a statement. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
}

interface StatementPlace {
  readonly path: string;
  /** 1-based lines in the file at the head. */
  readonly line: number;
  readonly endLine: number;
  /** Source text as written. Foreign. */
  readonly sql: string;
  readonly dialect: Dialect;
  readonly suppressions: readonly Suppression[];
}

/**
 * One changed statement. A parsed one carries the parser's own tree: for PostgreSQL libpg-query's
 * `stmt` (a single key such as `IndexStmt`), for the others node-sql-parser's AST.
 */
export type Statement = StatementPlace &
  ({ readonly state: "parsed"; readonly tree: unknown } | { readonly state: "not-parsed" | "not-checkable"; readonly reason: Text });

/** The changed statements of one `.sql` file. */
export interface StatementFile {
  readonly path: string;
  readonly kind: "migration" | "query";
  readonly dialect: Dialect;
  readonly statements: readonly Statement[];
  /** Tables that this migration created at the base already: what is added to it runs where they are new, or not at all. */
  readonly ownTables?: readonly string[];
  /** Set when the file could not be looked at as a whole: binary, over a cap, parser killed. */
  readonly unread?: Text;
}

export interface Statements {
  readonly files: readonly StatementFile[];
  /** Tables that this pull request creates: DDL on them blocks nobody. As written, schema-qualified if given. */
  readonly createdTables: readonly string[];
  /** Tables that it creates only if they do not exist, or for a session: no proof that they are new. */
  readonly maybeCreatedTables: readonly string[];
  /** Row counts known from the configuration, by table name as configured: the size ladder of DDL rules. */
  readonly rows: Readonly<Record<string, number>>;
}

/** A workflow run that produced an artifact. */
export interface RunSource {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
}

/** One result file of the head, in the order of its runs. */
export interface ResultFile {
  readonly file: string;
  readonly source?: RunSource;
  readonly run: ParsedRun;
}

export interface Results {
  readonly files: readonly ResultFile[];
  /** Files that were not read, and why; an error closes the gate. */
  readonly problems?: readonly Problem[];
}

/** The stored or given figures that the head is compared with. */
export interface Baseline {
  readonly sha: string;
  readonly url?: string;
  /** First-parent steps from the merge base; 0 is the merge base itself. */
  readonly distance: number;
  readonly measurements: readonly Measurement[];
  readonly environment?: Environment;
  /** Values of each series on the default branch before the baseline's, oldest first, of its machine only, keyed by {@link seriesKey}. */
  readonly history: ReadonlyMap<string, readonly number[]>;
  /** Baseline files that were not read, and why. */
  readonly problems?: readonly Problem[];
}

/** The changed files, and which of them matter by configuration. */
export interface Changes {
  readonly files: readonly ChangedFile[];
  /** Paths of changed files that match `critical`. */
  readonly critical: readonly string[];
  /** Paths of changed files that are benchmarks or load tests. */
  readonly benchmarks: readonly string[];
  readonly loadTests: readonly string[];
  /** Budgeted endpoints whose path stands in changed source, with where. */
  readonly endpoints: readonly { readonly pattern: string; readonly path: string; readonly line: number }[];
}

/** Everything that can be known about a pull request, by kind. */
export interface Evidence {
  readonly changes: Changes;
  readonly statements: Statements;
  readonly results: Results;
  readonly comparisons: readonly Comparison[];
  readonly budgets: readonly BudgetResult[];
}

export type EvidenceKind = keyof Evidence;

/** Absence is a value with a reason, never a tick. */
export type Collected<T> = { readonly status: "collected"; readonly value: T } | { readonly status: "absent"; readonly reason: Text };

export type CollectedEvidence = { readonly [K in EvidenceKind]: Collected<Evidence[K]> };

/** Identity of a series across runs. */
export function seriesKey(measurement: Pick<Measurement, "benchmark" | "metric" | "statistic">): string {
  return JSON.stringify([measurement.benchmark, measurement.metric, measurement.statistic]);
}
