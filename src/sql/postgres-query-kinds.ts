import type { Alias, Named, RangeVar, TypeName } from "./postgres-names.js";

interface WithClause {
  readonly ctes?: readonly unknown[];
}

interface Writing {
  readonly relation?: RangeVar;
  readonly whereClause?: unknown;
  readonly targetList?: readonly unknown[];
  readonly returningClause?: unknown;
  readonly withClause?: WithClause;
}

export interface Select {
  readonly intoClause?: { readonly rel?: RangeVar };
  readonly distinctClause?: readonly unknown[];
  readonly targetList?: readonly unknown[];
  readonly fromClause?: readonly unknown[];
  readonly whereClause?: unknown;
  readonly groupClause?: readonly unknown[];
  readonly havingClause?: unknown;
  readonly valuesLists?: readonly unknown[];
  readonly withClause?: WithClause;
  readonly lockingClause?: readonly unknown[];
  /** `SETOP_NONE`, or how two arms are combined. */
  readonly op?: string;
  readonly all?: boolean;
  readonly larg?: Select;
  readonly rarg?: Select;
  readonly sortClause?: readonly unknown[];
  readonly limitOffset?: unknown;
  readonly limitCount?: unknown;
}

/** The nodes of queries. */
export interface QueryKinds {
  readonly UpdateStmt: Writing & { readonly fromClause?: readonly unknown[] };
  readonly DeleteStmt: Writing & { readonly usingClause?: readonly unknown[] };
  readonly InsertStmt: Writing & { readonly selectStmt?: unknown };
  readonly MergeStmt: Writing & { readonly sourceRelation?: unknown; readonly joinCondition?: unknown };
  readonly CommonTableExpr: { readonly ctename?: string; readonly ctematerialized?: string; readonly ctequery?: unknown };
  readonly RangeVar: RangeVar;
  readonly RangeSubselect: { readonly subquery?: unknown; readonly lateral?: boolean; readonly alias?: Alias };
  readonly RangeFunction: { readonly functions?: readonly unknown[]; readonly alias?: Alias };
  readonly RangeTableSample: { readonly relation?: unknown };
  readonly SelectStmt: Select;
  readonly JoinExpr: {
    readonly jointype?: string;
    readonly larg?: unknown;
    readonly rarg?: unknown;
    readonly quals?: unknown;
    readonly usingClause?: readonly Named[];
    readonly isNatural?: boolean;
  };
  readonly LockingClause: { readonly strength?: string; readonly lockedRels?: readonly unknown[]; readonly waitPolicy?: string };
  readonly ResTarget: { readonly name?: string; readonly val?: unknown };
  readonly SortBy: { readonly node?: unknown; readonly sortby_dir?: string; readonly sortby_nulls?: string };
  readonly FuncCall: {
    readonly funcname?: readonly Named[];
    readonly args?: readonly unknown[];
    readonly over?: object;
    readonly agg_filter?: unknown;
  };
  readonly CoalesceExpr: { readonly args?: readonly unknown[] };
  readonly RowExpr: { readonly args?: readonly unknown[] };
  readonly ColumnRef: { readonly fields?: readonly Named[] };
  readonly ParamRef: object;
  readonly SubLink: {
    readonly subLinkType?: string;
    readonly testexpr?: unknown;
    readonly operName?: readonly Named[];
    readonly subselect?: unknown;
  };
  readonly TypeCast: { readonly arg?: unknown; readonly typeName?: TypeName };
  readonly A_ArrayExpr: { readonly elements?: readonly unknown[] };
  readonly NullTest: { readonly arg?: unknown; readonly nulltesttype?: string };
  readonly BoolExpr: { readonly boolop?: string; readonly args?: readonly unknown[] };
  readonly A_Expr: { readonly kind?: string; readonly name?: readonly Named[]; readonly lexpr?: unknown; readonly rexpr?: unknown };
  readonly A_Const: {
    readonly isnull?: boolean;
    readonly ival?: { readonly ival?: number };
    readonly fval?: { readonly fval?: string };
    readonly sval?: { readonly sval?: string };
    readonly boolval?: { readonly boolval?: boolean };
  };
}
