import type { Catalogue, Observation } from "./catalogue.js";
import type { Collected } from "./collected.js";
import type { CodeLocation } from "./runtime.js";
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
  /** UTF-16 offset of the first character in the file; the key of what was observed when it ran. */
  readonly start?: number;
  /** The base's statement that this one replaces, with its parameters as in `bound`; absent for a new one. */
  readonly before?: string;
  /** The statement with its parameters as `$1`; absent where it equals `sql`. */
  readonly bound?: string;
  /** It stands in no file: the tests of the head sent it. `path` and `line` then name no place that there is. */
  readonly sent?: SentBy;
  /** It is the condition of a query that code puts together, on a table that is not known: its tree reads `select 1 from hole where …`. */
  readonly condition?: true;
}

/** The request or test that sends a statement. */
export interface SentBy {
  /** The one that sends it most. Foreign. */
  readonly entry: string;
  /** How often in one run of it. */
  readonly times: number;
  /** Further entries that send it. */
  readonly others: number;
  /** Where in the code, as the record says. */
  readonly code?: CodeLocation;
}

/**
 * One changed statement. A parsed one carries the parser's own tree: for PostgreSQL libpg-query's
 * `stmt` (a single key such as `IndexStmt`), for the others node-sql-parser's AST.
 */
export type Statement = StatementPlace &
  (
    | { readonly state: "parsed"; readonly tree: unknown; readonly observed?: Observation }
    | { readonly state: "not-parsed" | "not-checkable"; readonly reason: Text }
  );

/** How a migration's statements are run by its tool. */
export interface MigrationRun {
  /** `prisma`, `goose`, … */
  readonly tool: string;
  /** What is one transaction: the whole file, each statement, or one string of several statements that is one implicitly. */
  readonly transaction: "file" | "statement" | "implicit";
  /** How to run this file without a transaction, in the tool's own words. */
  readonly withoutTransaction: Text;
}

/** What the lines of a delivered file from `from` (1-based) on were made of: a changed file, or nothing that can be pointed at. */
export interface DeliveredSource {
  readonly from: number;
  readonly path: string | null;
  readonly line: number;
}

/** The changed statements of one file: SQL, or source code that holds SQL. */
export interface StatementFile {
  readonly path: string;
  readonly kind: "migration" | "query";
  readonly dialect: Dialect;
  readonly statements: readonly Statement[];
  /** All statements of a migration at the head, in their order, where some of them are not changed. */
  readonly whole?: readonly Statement[];
  /** Absent where the tool is not known. */
  readonly run?: MigrationRun;
  /** Tables that this migration created at the base already: what is added to it runs where they are new, or not at all. */
  readonly ownTables?: readonly string[];
  /** Set when the file could not be looked at as a whole: binary, over a cap, parser killed. */
  readonly unread?: Text;
  /** Set when it is no file of the repository, but was handed in by the head's own workflow; in the order of its lines. */
  readonly delivered?: readonly DeliveredSource[];
}

export interface Statements {
  readonly files: readonly StatementFile[];
  /** Tables that this pull request creates: DDL on them blocks nobody. As written, schema-qualified if given. */
  readonly createdTables: readonly string[];
  /** Tables that it creates only if they do not exist, or for a session: no proof that they are new. */
  readonly maybeCreatedTables: readonly string[];
  /** The dialect of what no path names another for, and the tool's file that decided it; absent where none did. */
  readonly dialectFrom?: { readonly dialect: Dialect; readonly path: string };
  /** The databases that the tools' files name, where they are several and nobody chose. */
  readonly unclearDialect?: Text;
  /** Row counts known from the configuration and the statistics, by table name: the size ladder of DDL rules. */
  readonly rows: Readonly<Record<string, number>>;
  /** A table of unknown size is taken for a large one. */
  readonly strict?: true;
  /** The collation of production's database, where the configuration names it. */
  readonly collation?: string;
  /** The database's objects at base and head, or why they are not known. */
  readonly schema: Collected<Schema>;
  /** Columns dropped here that no other text of the repository names at the base; absent when it was not searched. */
  readonly unmentioned?: readonly string[];
  /** Whether a migration that the base holds already sets lock_timeout; absent when they are not known. */
  readonly limitsLockWaits?: boolean;
  /** The base's PostgreSQL migrations, where none of them sets lock_timeout. */
  readonly unlimitedMigrations?: number;
}

/** The database's objects on both sides of the change. */
export interface Schema {
  readonly base: Catalogue;
  readonly head: Catalogue;
  readonly dialect: Dialect;
  /** What it was built from: `62 migrations in prisma/migrations`. */
  readonly source: Text;
  /** Files of it that could not be applied, each with the database's sentence: answers about their tables are uncertain. */
  readonly notApplied: readonly { readonly path: string; readonly message: string }[];
  /** It was handed in by the head's own workflow: what it says takes no finding from the repository's statements. */
  readonly delivered?: true;
}
