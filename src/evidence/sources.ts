import type { Config } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, ResultFile, Results } from "../model/evidence.js";
import type { Violation } from "../model/override.js";
import type { Snapshot } from "../model/pull-request.js";
import type { CodeFacts } from "../model/source.js";
import type { Dialect } from "../model/statements.js";
import type { Text } from "../model/text.js";
import type { Attestation, Measured, Override } from "../model/verdict.js";
import type { SourceSql } from "../source/compose.js";
import type { Language } from "../source/language.js";
import type { BaseRuntime } from "./delivered-runtime.js";
import type { DeliveredFile } from "./delivered-sql.js";
import type { Planner } from "./planner.js";
import type { Tree } from "./tree.js";

/** A file at the tip of the base branch. `text` is null when there is none. */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string | null;
  /** There is a file, and this is why it could not be read: never taken for "no file". */
  readonly unreadable?: string;
}

export interface ConfigurationFile extends RepositoryFile {
  /** The last commit of the base branch whose configuration blocked merges: without a file the branch is not open. */
  readonly blockedAt?: string;
}

/** A `.sql` text to be taken apart in a killable child. */
export interface SqlText {
  readonly path: string;
  readonly dialect: Dialect;
  readonly sql: string;
  /** Its statements are to be paired with those of another side; a fingerprint costs a third of a parse. */
  readonly fingerprints?: true;
}

/**
 * A statement as the sandbox returns it. Offsets are UTF-16 units into the given text. The fingerprint is
 * equal for statements that differ in constants and layout only; PostgreSQL's parser alone knows it, when asked.
 */
export type ParsedStatement = { readonly start: number; readonly end: number } & (
  | { readonly tree: unknown; readonly fingerprint?: string }
  | { readonly error: string }
);

/** The statements of one text, or why it could not be taken apart at all. Order as requested. */
export type ParsedSql = { readonly statements: readonly ParsedStatement[] } | { readonly refused: Text };

/** Parses SQL texts; never throws for hostile input. */
export type ParseSql = (texts: readonly SqlText[]) => Promise<readonly ParsedSql[]>;

/** A source file to be read in a killable child. */
export interface SourceText {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
}

/** The SQL of one source file, or why it could not be read at all. Offsets are UTF-16 units into its text. */
export type ReadSource =
  | {
      readonly found: readonly SourceSql[];
      /** Ranges of the host language's comments that hold `redline-ignore`. */
      readonly comments: readonly { readonly start: number; readonly end: number }[];
    }
  | { readonly refused: Text };

/** Reads source files in the order given; never throws for hostile input. */
export type ReadSources = (texts: readonly SourceText[]) => Promise<readonly ReadSource[]>;

/** What the code of one file says, or why nobody can tell. */
export type ReadFact = { readonly facts: CodeFacts } | { readonly refused: Text };

/** Reads the facts of source files in the order given, until the time for a pull request is up; never throws for hostile input. */
export type ReadFacts = (texts: readonly SourceText[]) => Promise<readonly ReadFact[]>;

/** What closes the gate, and whether an override may open it. */
export interface Closing {
  readonly violations: readonly Violation[];
  readonly overridable: boolean;
}

/** Null when nobody asked for an override. */
export interface OverrideAnswer {
  readonly override: Override | null;
  readonly otherOverrides?: readonly Override[];
  readonly lookalikes?: readonly string[];
}

/**
 * Everything a review asks of the world. The App, the CLI and the golden tests differ in this and in
 * nothing else. Each is called at most once per review, `tree` up to three times: for
 * the schema, for code that uses it, and for load tests.
 */
export interface Sources {
  configuration(): Promise<ConfigurationFile>;
  /** The file of exported planner statistics. */
  statistics(path: string): Promise<RepositoryFile>;
  snapshot(): Promise<Snapshot>;
  readonly parseSql: ParseSql;
  /** The wanted files of the repository at the head. */
  tree(snapshot: Snapshot, wanted: (path: string) => boolean): Promise<Collected<Tree>>;
  /** Null where no database can be started. */
  readonly planner: Planner | null;
  readonly readSources: ReadSources;
  readonly readFacts: ReadFacts;
  /** Result files of the head, oldest run first. */
  results(config: Config): Promise<Collected<Results>>;
  /** The merge base's results, else the nearest ancestor's. */
  baseline(snapshot: Snapshot, config: Config): Promise<Collected<Baseline>>;
  /** The schema dump that the workflow of the merge base, else of its nearest ancestor, handed in; absent where none can be asked. */
  baseSchema?(snapshot: Snapshot, config: Config): Promise<DeliveredFile | null>;
  /** What the tests of the merge base did, else of its nearest ancestor; null where nothing was kept. */
  baseRuntime?(snapshot: Snapshot, config: Config): Promise<BaseRuntime | null>;
  /** Result files that the merge base, else its nearest ancestor, keeps as they were handed in: CPU profiles among them. */
  baseResults?(snapshot: Snapshot, config: Config): Promise<readonly ResultFile[]>;
  /** What was measured at the newest earlier head that was measured; absent where nobody knows of earlier heads. */
  earlier?(): Promise<Measured | null>;
  attestations(): Promise<readonly Attestation[]>;
  /** What became of requests to let this head pass under this configuration. */
  override(snapshot: Snapshot, config: Config, closing: Closing): Promise<OverrideAnswer>;
}
