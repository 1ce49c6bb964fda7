/** A table, view or index by its full name. */
export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

export interface Column {
  readonly name: string;
  /** As PostgreSQL's format_type shows it: `character varying(20)`; other dialects as written, in lower case. */
  readonly type: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  /** Only one that differs from the type's own. */
  readonly collation: string | null;
}

/** One key of an index: a column, or an expression as the database shows it. */
export interface IndexKey {
  readonly column: string | null;
  readonly expression: string;
  /** Only one that differs from the type's own, such as `gin_trgm_ops`. */
  readonly operatorClass: string | null;
  readonly descending: boolean;
}

export interface Index {
  readonly name: string;
  readonly keys: readonly IndexKey[];
  readonly included: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
  /** `btree`, `gin`, … */
  readonly method: string;
  /** The condition of a partial index. */
  readonly predicate: string | null;
  readonly valid: boolean;
  /** The whole CREATE INDEX, where the database tells. */
  readonly definition: string | null;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly parent: RelationName;
  readonly parentColumns: readonly string[];
  readonly validated: boolean;
}

export interface Check {
  readonly name: string;
  readonly expression: string;
  readonly validated: boolean;
}

export type RelationKind = "table" | "partitioned" | "view" | "materialized view" | "foreign table";

export interface Relation extends RelationName {
  readonly kind: RelationKind;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** The table that it is a partition of. */
  readonly partitionOf: RelationName | null;
  /** Key columns of a partitioned table; an expression is left out. */
  readonly partitionKey: readonly string[];
}

/** A view, or a function in SQL: the planner may put its text where a statement uses it, so what it reads, they read. */
export interface Reader extends RelationName {
  readonly kind: "view" | "function";
  /** Relations and other functions that its text names. */
  readonly reads: readonly RelationName[];
}

/** What a database would hold after its migrations: user relations only, in the order of their names. */
export interface Catalogue {
  readonly relations: readonly Relation[];
  /** Absent where nobody looked, as in a static catalogue. */
  readonly readers?: readonly Reader[];
}

/** PostgreSQL's table locks, weakest first. */
export const lockModes = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;

export type LockMode = (typeof lockModes)[number];

/** What one migration statement did when it was run on the schema before it. */
export interface Observation {
  /** Relations that stood before the statement, each with its strongest lock. */
  readonly locks: readonly { readonly relation: RelationName; readonly kind: RelationKind | "index"; readonly mode: LockMode }[];
  /** Tables and indexes that got a new file: every row was written anew. */
  readonly rewritten: readonly RelationName[];
  /** Tables of which every row was read. */
  readonly scanned: readonly RelationName[];
}
