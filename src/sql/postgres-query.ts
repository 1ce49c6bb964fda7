import { looseExpressions, postgresExpression, type ReadQuery } from "./postgres-expression.js";
import type { Alias, RangeVar } from "./postgres-names.js";
import type { Select } from "./postgres-query-kinds.js";
import { isObject, type NodeOf, node, nodes } from "./postgres-tree.js";
import { type CommonTable, type Expression, emptyQuery, type JoinKind, type Locking, type Query, type Source } from "./query.js";
import { postgresTable } from "./tables.js";

/** Names of WITH that are seen from here. */
type Names = ReadonlySet<string>;

const reader =
  (seen: Names): ReadQuery =>
  (tree) =>
    queryOf(tree, seen) ?? emptyQuery;

const optional = (tree: unknown, query: ReadQuery): Expression | null => (tree === undefined ? null : postgresExpression(tree, query));

const aliasOf = (alias: Alias | undefined, otherwise: string): string => alias?.aliasname ?? otherwise;

function relationSource(relation: RangeVar | undefined, seen: Names): readonly Source[] {
  const table = postgresTable(relation);
  if (!table) return [];
  const isCte = table.schema === null && seen.has(table.name);
  return [{ kind: isCte ? "cte" : "table", table, alias: aliasOf(relation?.alias, table.name) }];
}

const JOINS: Readonly<Record<string, JoinKind>> = { JOIN_LEFT: "left", JOIN_RIGHT: "right", JOIN_FULL: "full", JOIN_INNER: "inner" };

function joinSource(join: NodeOf<"JoinExpr">, seen: Names): readonly Source[] {
  const [left] = sourcesOf(join.larg, seen);
  const [right] = sourcesOf(join.rarg, seen);
  if (!left || !right) return [left, right].flatMap((side) => side ?? []);
  const using = (join.usingClause ?? []).length > 0 || join.isNatural === true;
  const kind = JOINS[join.jointype ?? ""] ?? "inner";
  // CROSS JOIN has no kind of its own in the grammar: it is an inner join without a condition.
  const isCross = kind === "inner" && join.quals === undefined && !using;
  return [{ kind: "join", join: isCross ? "cross" : kind, left, right, on: optional(join.quals, reader(seen)), using }];
}

function sourcesOf(tree: unknown, seen: Names): readonly Source[] {
  const relation = node(tree, "RangeVar");
  if (relation) return relationSource(relation, seen);
  const join = node(tree, "JoinExpr");
  if (join) return joinSource(join, seen);
  const subselect = node(tree, "RangeSubselect");
  if (subselect) {
    const query = reader(seen)(subselect.subquery);
    return [{ kind: "subquery", query, lateral: subselect.lateral === true, alias: aliasOf(subselect.alias, "") }];
  }
  const sample = node(tree, "RangeTableSample");
  if (sample) return sourcesOf(sample.relation, seen);
  const rows = node(tree, "RangeFunction");
  return [{ kind: "rows", operands: looseExpressions(tree, reader(seen)), alias: aliasOf(rows?.alias, "") }];
}

const allSources = (list: readonly unknown[] | undefined, seen: Names): readonly Source[] =>
  (list ?? []).flatMap((item) => sourcesOf(item, seen));

interface With {
  readonly ctes: readonly CommonTable[];
  readonly seen: Names;
}

function withOf(clause: Select["withClause"], outer: Names): With {
  const tables = nodes(clause?.ctes, "CommonTableExpr");
  const seen = new Set([...outer, ...tables.flatMap(({ ctename }) => ctename ?? [])]);
  const ctes = tables.map((table) => ({
    name: table.ctename ?? "",
    materialized: table.ctematerialized === "CTEMaterializeAlways",
    query: reader(seen)(table.ctequery),
  }));
  return { ctes, seen };
}

function lockingOf(clause: NodeOf<"LockingClause">): Locking {
  const isUpdate = clause.strength === "LCS_FORUPDATE" || clause.strength === "LCS_FORNOKEYUPDATE";
  const wait = clause.waitPolicy === "LockWaitSkip" ? "skip locked" : clause.waitPolicy === "LockWaitError" ? "nowait" : "block";
  const of = nodes(clause.lockedRels, "RangeVar").flatMap((relation) => relation.relname ?? []);
  return { strength: isUpdate ? "update" : "share", of, wait };
}

function armsOf(select: Select, seen: Names): Query["arms"] {
  if (!select.larg || !select.rarg) return null;
  const queries = [select.larg, select.rarg].map((arm) => selectOf(arm, seen));
  return { operator: (select.op ?? "").replace("SETOP_", ""), all: select.all === true, queries };
}

function selectOf(select: Select, outer: Names): Query {
  const { ctes, seen } = withOf(select.withClause, outer);
  const query = reader(seen);
  const list = (items: readonly unknown[] | undefined): readonly Expression[] =>
    (items ?? []).map((item) => postgresExpression(node(item, "SortBy")?.node ?? item, query));
  return {
    verb: "select",
    ctes,
    distinct: select.distinctClause !== undefined,
    outputs: nodes(select.targetList, "ResTarget").map(({ name, val }) => ({
      expression: postgresExpression(val, query),
      name: name ?? null,
    })),
    from: allSources(select.fromClause, seen),
    where: optional(select.whereClause, query),
    groupBy: list(select.groupClause),
    having: optional(select.havingClause, query),
    orderBy: list(select.sortClause),
    descending: nodes(select.sortClause, "SortBy")[0]?.sortby_dir === "SORTBY_DESC",
    limit: optional(select.limitCount, query),
    locking: nodes(select.lockingClause, "LockingClause").map(lockingOf),
    arms: armsOf(select, seen),
    rest: looseExpressions(select.valuesLists, query),
  };
}

type Writing = NodeOf<"UpdateStmt">;

function writeOf(verb: Query["verb"], write: Writing, others: readonly unknown[] | undefined, outer: Names): Query {
  const { ctes, seen } = withOf(write.withClause, outer);
  const query = reader(seen);
  return {
    ...emptyQuery,
    verb,
    ctes,
    from: [...relationSource(write.relation, new Set()), ...allSources(others, seen)],
    where: optional(write.whereClause, query),
    rest: looseExpressions([write.targetList, write.returningClause], query),
  };
}

function insertOf(insert: NodeOf<"InsertStmt">, outer: Names): Query {
  const { ctes, seen } = withOf(insert.withClause, outer);
  const query = queryOf(insert.selectStmt, seen);
  return { ...emptyQuery, verb: "insert", ctes, from: query ? [{ kind: "subquery", query, lateral: false, alias: "" }] : [] };
}

function queryOf(tree: unknown, seen: Names): Query | null {
  const select = node(tree, "SelectStmt");
  if (select) return selectOf(select, seen);
  const update = node(tree, "UpdateStmt");
  if (update) return writeOf("update", update, update.fromClause, seen);
  const remove = node(tree, "DeleteStmt");
  if (remove) return writeOf("delete", remove, remove.usingClause, seen);
  const insert = node(tree, "InsertStmt");
  if (insert) return insertOf(insert, seen);
  const merge = node(tree, "MergeStmt");
  return merge && writeOf("other", { ...merge, whereClause: merge.joinCondition }, [merge.sourceRelation], seen);
}

// Statements that hold one of these, or several, and the keys under which they do.
const HOLDERS = ["ViewStmt", "CreateTableAsStmt", "ExplainStmt", "PrepareStmt", "DoStmt", "CopyStmt", "DeclareCursorStmt"] as const;

/** The queries that a statement runs or keeps, at their top: its own, a view's, those of a DO block. */
export function postgresQueries(tree: unknown): readonly Query[] {
  const own = queryOf(tree, new Set());
  if (own) return [own];
  const holder = isObject(tree) ? HOLDERS.map((kind) => tree[kind]).find(isObject) : undefined;
  if (!holder) return [];
  const held = [holder.query, ...(Array.isArray(holder.body) ? holder.body : [])];
  return held.flatMap((inner) => (inner === undefined ? [] : postgresQueries(inner)));
}
