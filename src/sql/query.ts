import type { Table } from "./tables.js";

/** An expression as both parsers' trees say it; what no rule asks about is `other`, with its parts. */
export type Expression =
  | { readonly kind: "column"; readonly qualifier: string | null; readonly name: string }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "parameter" }
  | { readonly kind: "and" | "or" | "not" | "row" | "array" | "other"; readonly operands: readonly Expression[] }
  /** `=`, `<`, `+`, `||`, … in the parser's words, `!=` as `<>`. */
  | { readonly kind: "operator"; readonly name: string; readonly operands: readonly Expression[] }
  /** `x IN (…)`; PostgreSQL's `x = ANY (array)` too. */
  | { readonly kind: "in"; readonly negated: boolean; readonly operands: readonly Expression[] }
  /** `x IN (SELECT …)`, `x <> ALL (SELECT …)`: the one operand is x. */
  | { readonly kind: "in query"; readonly negated: boolean; readonly operands: readonly Expression[]; readonly query: Query }
  | { readonly kind: "null test"; readonly negated: boolean; readonly operands: readonly Expression[] }
  | { readonly kind: "call"; readonly name: string; readonly over: boolean; readonly operands: readonly Expression[] }
  | { readonly kind: "cast"; readonly type: string; readonly operands: readonly Expression[] }
  | { readonly kind: "query"; readonly exists: boolean; readonly query: Query; readonly operands: readonly Expression[] };

export type ExpressionOf<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>;

export type JoinKind = "inner" | "left" | "right" | "full" | "cross";

/** What stands in FROM; a `cte` is one of this statement's own WITH. Alias: the name by which it is referred to. */
export type Source =
  | { readonly kind: "table" | "cte"; readonly table: Table; readonly alias: string }
  | { readonly kind: "subquery"; readonly query: Query; readonly lateral: boolean; readonly alias: string }
  | { readonly kind: "rows"; readonly operands: readonly Expression[]; readonly alias: string }
  | {
      readonly kind: "join";
      readonly join: JoinKind;
      readonly left: Source;
      readonly right: Source;
      readonly on: Expression | null;
      /** USING or NATURAL: the sides are linked by columns of one name. */
      readonly using: boolean;
    };

export type Leaf = Exclude<Source, { readonly kind: "join" }>;

export interface Output {
  readonly expression: Expression;
  readonly name: string | null;
}

export interface Locking {
  readonly strength: "update" | "share";
  /** Names after OF. */
  readonly of: readonly string[];
  readonly wait: "block" | "skip locked" | "nowait";
}

export interface CommonTable {
  readonly name: string;
  readonly materialized: boolean;
  readonly query: Query;
}

/** One level of a statement: SELECT, or what UPDATE, DELETE and INSERT … SELECT read. */
export interface Query {
  readonly verb: "select" | "update" | "delete" | "insert" | "other";
  readonly ctes: readonly CommonTable[];
  readonly distinct: boolean;
  readonly outputs: readonly Output[];
  /** An UPDATE's and a DELETE's own table comes first. */
  readonly from: readonly Source[];
  readonly where: Expression | null;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | null;
  readonly orderBy: readonly Expression[];
  /** The first key of ORDER BY is DESC. */
  readonly descending: boolean;
  readonly limit: Expression | null;
  readonly locking: readonly Locking[];
  /** What UNION, INTERSECT and EXCEPT combine; such a query has no FROM of its own. */
  readonly arms: { readonly operator: string; readonly all: boolean; readonly queries: readonly Query[] } | null;
  /** Expressions elsewhere, such as SET and RETURNING. */
  readonly rest: readonly Expression[];
}

export const emptyQuery: Query = {
  verb: "other",
  ctes: [],
  distinct: false,
  outputs: [],
  from: [],
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  descending: false,
  limit: null,
  locking: [],
  arms: null,
  rest: [],
};
