import type { Collected } from "./collected.js";
import type { RuntimeCounts } from "./counts.js";
import type { Coverage } from "./coverage.js";
import type { BudgetResult, Comparison } from "./judgement.js";
import type { Environment, Measurement, ParsedRun, Problem } from "./measurement.js";
import type { Plans } from "./plan.js";
import type { ChangedFile } from "./pull-request.js";
import type { Source } from "./source.js";
import type { Statements } from "./statements.js";

/** A workflow run that produced an artifact. */
export interface RunSource {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  /** Path of the workflow's file; foreign text. Absent where an earlier version kept the run. */
  readonly workflow?: string;
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
  /** Migrations of the base that are another here, in more than layout and comments. */
  readonly editedMigrations?: readonly EditedMigration[];
}

/** A migration that databases may have run already. */
export interface EditedMigration {
  readonly path: string;
  readonly how: "changed" | "renamed" | "deleted";
  /** Where it lay at the base, for a renamed one. */
  readonly previousPath?: string;
  /** The first line that differs; 1 where there is none at the head. */
  readonly line: number;
}

/** Everything that can be known about a pull request, by kind. */
export interface Evidence {
  readonly changes: Changes;
  readonly statements: Statements;
  readonly results: Results;
  readonly comparisons: readonly Comparison[];
  readonly budgets: readonly BudgetResult[];
  readonly plans: Plans;
  readonly runtime: RuntimeCounts;
  readonly source: Source;
  readonly coverage: Coverage;
}

export type EvidenceKind = keyof Evidence;

export type CollectedEvidence = { readonly [K in EvidenceKind]: Collected<Evidence[K]> };

/** Identity of a series across runs. */
export function seriesKey(measurement: Pick<Measurement, "benchmark" | "metric" | "statistic">): string {
  return JSON.stringify([measurement.benchmark, measurement.metric, measurement.statistic]);
}
