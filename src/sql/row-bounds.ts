import type { Catalogue } from "../model/catalogue.js";
import { uniqueWithin } from "./catalogue.js";
import type { Expression, Leaf, Query } from "./query.js";
import { leaves, levels, parts } from "./query-walk.js";
import { givenColumns, relationBehind } from "./scope.js";

/** The primary key's usual name, where no catalogue tells of another. */
const KEY = "id";

const AGGREGATES: ReadonlySet<string> = new Set(
  "count sum avg min max array_agg string_agg group_concat bool_and bool_or every json_agg jsonb_agg json_object_agg jsonb_object_agg total".split(
    " ",
  ),
);

const hasAggregate = (expression: Expression): boolean =>
  parts(expression).some((part) => part.kind === "call" && !part.over && AGGREGATES.has(part.name));

/** True for a query of one row whatever the data: an aggregate without GROUP BY. */
export function isAggregate(query: Query): boolean {
  return query.groupBy.length === 0 && (query.having !== null || query.outputs.some(({ expression }) => hasAggregate(expression)));
}

const isOneRowLimit = (limit: Expression | null): boolean => limit?.kind === "constant" && Number(limit.value) <= 1;

/** True when equality on a key leaves at most one row of that source, or a few given ones. */
export function isPinned(query: Query, leaf: Leaf, catalogue: Catalogue | null): boolean {
  const columns = givenColumns(query, leaf, catalogue);
  const relation = relationBehind(leaf, catalogue);
  return relation ? uniqueWithin(relation, columns) !== null : columns.includes(KEY);
}

/** True for a source of few rows by its own text. */
export function isFew(leaf: Leaf): boolean {
  if (leaf.kind !== "subquery") return leaf.kind === "rows";
  const { query } = leaf;
  return query.limit !== null ? isOneRowLimit(query.limit) : isAggregate(query) || !readsTable(query);
}

/** True when a query reads a table, or a CTE, at any level. */
export function readsTable(query: Query): boolean {
  return levels(query).some((level) => leaves(level.from).some((leaf) => leaf.kind === "table" || leaf.kind === "cte"));
}
