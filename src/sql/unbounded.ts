import type { Catalogue } from "../model/catalogue.js";
import { columnOf } from "./catalogue.js";
import type { Leaf, Query } from "./query.js";
import { leaves } from "./query-walk.js";
import { isAggregate } from "./row-bounds.js";
import { equalities, leafOf, relationBehind } from "./scope.js";
import type { Table } from "./tables.js";

/** True when a column of this source is equal to something; a boolean halves the rows at best. */
function isNarrowed(query: Query, leaf: Leaf, catalogue: Catalogue | null): boolean {
  return equalities(query).some(({ column }) => {
    const owner = leafOf(column, query, catalogue);
    const relation = owner && relationBehind(owner, catalogue);
    return (owner === leaf || owner === null) && (relation ? columnOf(relation, column.name)?.type !== "boolean" : true);
  });
}

/** The tables of a query that gives out as many rows as they have: no LIMIT, no group, no equality on any of them. */
export function unboundedTables(query: Query, catalogue: Catalogue | null): readonly Table[] {
  const { verb, arms, limit, groupBy, from } = query;
  if (verb !== "select" || arms || limit || groupBy.length > 0 || isAggregate(query)) return [];
  const sources = leaves(from);
  const isOpen = sources.every((leaf) => leaf.kind === "table" && !isNarrowed(query, leaf, catalogue));
  return isOpen ? sources.flatMap((leaf) => (leaf.kind === "table" ? leaf.table : [])) : [];
}
