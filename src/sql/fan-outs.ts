import type { Catalogue } from "../model/catalogue.js";
import { uniqueWithin } from "./catalogue.js";
import type { Leaf, Query } from "./query.js";
import { joins, leaves, parts, partsOf } from "./query-walk.js";
import { equalities, leafOf, relationBehind } from "./scope.js";
import type { Table } from "./tables.js";

type TableLeaf = Extract<Leaf, { readonly table: Table }>;

/** True when the columns that are compared hold a key, so that the join finds one row at most. */
function isJoinedByKey(query: Query, leaf: TableLeaf, catalogue: Catalogue): boolean {
  const relation = relationBehind(leaf, catalogue);
  const compared = equalities(query).filter(({ column }) => leafOf(column, query, catalogue) === leaf);
  return (
    !relation ||
    uniqueWithin(
      relation,
      compared.map(({ column }) => column.name),
    ) !== null
  );
}

/** Sources that an outer join or USING reaches: to leave them out changes what the query means, or how it is written. */
function hasOtherJoins(query: Query): boolean {
  return joins(query.from).some(({ join, using }) => using || (join !== "inner" && join !== "cross"));
}

/**
 * The tables of `SELECT DISTINCT` of which nothing is given out, and of which a row may have several: they are
 * joined to ask whether there is one, and DISTINCT takes back what that multiplied.
 */
export function fanOuts(query: Query, catalogue: Catalogue): readonly TableLeaf[] {
  const sources = leaves(query.from);
  if (query.verb !== "select" || !query.distinct || query.groupBy.length > 0 || sources.length < 2 || hasOtherJoins(query)) return [];
  const given = [...query.outputs.map(({ expression }) => expression), ...query.orderBy];
  const columns = given.flatMap((expression) => partsOf(expression, "column"));
  const isClear = given.every((expression) => parts(expression).every((part) => part.kind !== "query" && part.kind !== "other"));
  const owners = columns.map((column) => leafOf(column, query, catalogue));
  if (!isClear || columns.length === 0 || owners.includes(null)) return [];
  return sources.flatMap((leaf) => {
    const isSilent = leaf.kind !== "table" || owners.includes(leaf) || isJoinedByKey(query, leaf, catalogue);
    return isSilent ? [] : [leaf];
  });
}
