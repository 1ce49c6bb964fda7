import type { DdlKinds } from "./postgres-ddl-kinds.js";
import type { Named, RangeVar, TypeName } from "./postgres-names.js";
import type { QueryKinds } from "./postgres-query-kinds.js";
import { holdersOf } from "./tree-index.js";

export type { RangeVar, TypeName } from "./postgres-names.js";

/**
 * The parts of libpg-query's trees that we look at. Every field may be absent: protobuf leaves out zero
 * values, so that `false`, `0` and "not there" are the same.
 */
export interface Constraint {
  readonly contype?: string;
  readonly conname?: string;
  readonly skip_validation?: boolean;
  readonly raw_expr?: unknown;
  readonly pktable?: RangeVar;
  /** The column of a NOT NULL constraint. */
  readonly keys?: readonly Named[];
  readonly fk_attrs?: readonly Named[];
  readonly pk_attrs?: readonly Named[];
  /** The index that ADD … USING INDEX takes over. */
  readonly indexname?: string;
  /** `a` is NO ACTION, the default. */
  readonly fk_del_action?: string;
  readonly fk_upd_action?: string;
  readonly deferrable?: boolean;
  /** Of a generated column: `s` is STORED, `v` VIRTUAL. */
  readonly generated_kind?: string;
}

export interface ColumnDef {
  readonly colname?: string;
  readonly typeName?: TypeName;
  /** In ALTER COLUMN … TYPE: the USING expression. */
  readonly raw_default?: unknown;
  readonly collClause?: unknown;
  readonly constraints?: readonly unknown[];
}

interface Kinds extends DdlKinds, QueryKinds {
  readonly AlterTableStmt: { readonly relation?: RangeVar; readonly cmds?: readonly unknown[]; readonly objtype?: string };
  readonly AlterTableCmd: { readonly subtype?: string; readonly name?: string; readonly def?: unknown };
  readonly ColumnDef: ColumnDef;
  readonly Constraint: Constraint;
  readonly IndexStmt: {
    readonly idxname?: string;
    readonly relation?: RangeVar;
    readonly indexParams?: readonly unknown[];
    readonly accessMethod?: string;
    readonly whereClause?: unknown;
    readonly unique?: boolean;
    readonly concurrent?: boolean;
    readonly if_not_exists?: boolean;
    readonly nulls_not_distinct?: boolean;
    readonly indexIncludingParams?: readonly unknown[];
    readonly options?: readonly unknown[];
    readonly tableSpace?: string;
  };
  readonly IndexElem: {
    readonly name?: string;
    readonly expr?: unknown;
    readonly opclass?: readonly Named[];
    readonly collation?: readonly Named[];
    readonly ordering?: string;
    readonly nulls_ordering?: string;
  };
  readonly DropStmt: {
    readonly removeType?: string;
    readonly concurrent?: boolean;
    readonly missing_ok?: boolean;
    readonly objects?: readonly unknown[];
  };
  readonly String: { readonly sval?: string };
  readonly List: { readonly items?: readonly unknown[] };
  readonly VariableSetStmt: {
    readonly kind?: string;
    readonly name?: string;
    readonly args?: readonly unknown[];
    /** SET LOCAL. */
    readonly is_local?: boolean;
  };
  readonly CreateTableAsStmt: { readonly into?: { readonly rel?: RangeVar }; readonly if_not_exists?: boolean };
  readonly ViewStmt: { readonly view?: RangeVar; readonly query?: unknown };
}

export type Kind = keyof Kinds;

/** True for any object, an array among them. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const isKind = <K extends Kind>(value: unknown, kind: K): value is Pick<Kinds, K> => isObject(value) && isObject(value[kind]);

/** The node if it is of this kind: `node({ IndexStmt: {…} }, "IndexStmt")`. */
export function node<K extends Kind>(tree: unknown, kind: K): Kinds[K] | null {
  return isKind(tree, kind) ? tree[kind] : null;
}

/** All of a list that are of this kind. */
export function nodes<K extends Kind>(list: readonly unknown[] | undefined, kind: K): readonly Kinds[K][] {
  return (list ?? []).flatMap((item) => node(item, kind) ?? []);
}

/** A node of that kind. */
export type NodeOf<K extends Kind> = Kinds[K];

/** Every node of this kind in a tree, itself included, at any depth: sub-queries, CTEs, DO bodies, UNION arms. */
export function findAll<K extends Kind>(tree: unknown, kind: K): readonly Kinds[K][] {
  const holders = holdersOf(tree).get(kind);
  return holders === undefined ? [] : nodes(holders, kind);
}

/** The names of a list of String nodes. */
export function names(list: readonly unknown[] | undefined): readonly string[] {
  return (list ?? []).flatMap((item) =>
    isObject(item) && isObject(item.String) && typeof item.String.sval === "string" ? item.String.sval : [],
  );
}

/** The column that an expression is, without casts; null when it is anything else. */
export function columnName(expression: unknown): string | null {
  const cast = node(expression, "TypeCast");
  if (cast) return columnName(cast.arg);
  return names(node(expression, "ColumnRef")?.fields).at(-1) ?? null;
}

/** The constant that an expression is, without casts; undefined when it is none. */
export function constant(expression: unknown): string | number | boolean | null | undefined {
  const cast = node(expression, "TypeCast");
  if (cast) return constant(cast.arg);
  const value = node(expression, "A_Const");
  if (!value) return undefined;
  if (value.isnull) return null;
  if (value.ival) return value.ival.ival ?? 0;
  if (value.fval) return Number(value.fval.fval);
  return value.boolval ? (value.boolval.boolval ?? false) : (value.sval?.sval ?? "");
}
