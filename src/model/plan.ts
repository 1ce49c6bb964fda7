import type { Catalogue, Reader, RelationName } from "./catalogue.js";
import type { Statement } from "./statements.js";
import type { Text } from "./text.js";

/** One node of PostgreSQL's plan. Costs are the planner's units, estimates and no measurements. */
export interface PlanNode {
  /** `Seq Scan`, `Nested Loop`, … */
  readonly type: string;
  readonly relation: RelationName | null;
  readonly alias: string | null;
  readonly index: string | null;
  /** Conditions as PostgreSQL shows them, by its own words: `Index Cond`, `Filter`, `Hash Cond`, `Sort Key`, … */
  readonly details: readonly { readonly label: string; readonly value: string }[];
  /** Estimated rows that it returns, per execution. */
  readonly rows: number;
  readonly cost: number;
  /** `SubPlan 1`, `CTE x`, `InitPlan 1`. */
  readonly role: string | null;
  readonly children: readonly PlanNode[];
}

/** Sizes that plans are made with: `assumed` where nobody told. */
export interface TableSize {
  readonly relation: RelationName;
  readonly rows: number;
  readonly source: "exported" | "configured" | "assumed";
}

/** What of a statement an index would serve. */
export type IndexPurpose = "predicate" | "join" | "order";

/** An index that was not there, and what the planner makes of the statement with it. */
export interface ProvenIndex {
  /** The CREATE INDEX to copy. */
  readonly sql: string;
  readonly plan: PlanNode;
  readonly relation: RelationName;
  /** Its keys in their order, an expression as it is written in `sql`. */
  readonly keys: readonly string[];
  readonly purpose: IndexPurpose;
}

/** A table of which a plan reads every row, or all entries of an index. */
export interface TableScan {
  readonly relation: RelationName;
  /** Rows of the table, of the {@link TableSize}. */
  readonly rows: number;
  /** The index that is read from end to end; null for the table itself. */
  readonly index: string | null;
  /** The plan before did not read all of this table. True for a new statement. */
  readonly isNew: boolean;
}

/** What a migration did to something that statements use. */
export interface SchemaChange {
  readonly kind: "index dropped" | "index added" | "index altered" | "column dropped" | "column altered" | "table dropped";
  readonly relation: RelationName;
  /** The index or column; the table's own name for a table. */
  readonly name: string;
  /** The whole CREATE INDEX of an index: of the one that is gone, or that was added. */
  readonly definition: string | null;
  /** Key columns of an index in their order, an expression as null; empty for anything else. */
  readonly columns: readonly (string | null)[];
  /** The migration's statement that did it, where it is known. */
  readonly statement: Statement | null;
  /** Views and functions that read the relation, at any depth; absent when there are none. */
  readonly through?: readonly Reader[];
}

/** How a statement came to be planned. */
export type PlanReason = "new" | "modified" | "schema";

/**
 * One statement and its plans. `before` is the plan at the base: of the text that it replaces, or of the
 * same text on the base's schema; null for a new statement.
 */
export type Planned = {
  readonly statement: Statement;
  /** Its parameters as `$1`, as it was planned. Foreign. */
  readonly sql: string;
  readonly reason: PlanReason;
  /** What of the schema made it be planned: `index orders_status_idx dropped`. */
  readonly because?: Text;
  readonly change?: SchemaChange;
} & (
  | {
      readonly state: "planned";
      readonly before: PlanNode | null;
      /** Why a modified statement has no plan before. */
      readonly noBefore?: Text;
      readonly after: PlanNode;
      readonly tables: readonly TableSize[];
      readonly proven: ProvenIndex | null;
      /** Why nobody knows whether an index would help; absent where it was tried, or nothing asks for one. */
      readonly untried?: Text;
      readonly scans: readonly TableScan[];
      /** What these plans cannot tell: a range parameter, a pattern given at run time, a collation. */
      readonly doubts: readonly Text[];
    }
  | { readonly state: "cannot-tell"; readonly why: Text }
  /** It was planned on the base's schema and is refused by the head's, in the database's words. */
  | { readonly state: "fails"; readonly why: Text }
);

/** Everything that was planned for a pull request. */
export interface Plans {
  /** New and modified statements, in the order of their files. */
  readonly changed: readonly Planned[];
  /** Unchanged statements of the repository that use what the schema change touches. */
  readonly dependents: readonly Planned[];
  /** Where the figures about tables come from: `.github/redline-statistics.sql of 2026-10-01`, or that they are assumed. */
  readonly statistics: Text;
  /** The version of the planner: `PostgreSQL 18.6`. */
  readonly planner: string;
  /** The database's objects at the head, on which statements were planned. */
  readonly catalogue?: Catalogue;
  /** What the migrations did to things that statements use. */
  readonly changes?: readonly SchemaChange[];
  /** What was not looked at, each with its reason. */
  readonly notes: readonly Text[];
}
