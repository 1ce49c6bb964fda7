import type { Catalogue, Column, Relation } from "../model/catalogue.js";
import { columnOf } from "./catalogue.js";
import type { Leaf, Query } from "./query.js";
import { conditions, leaves, partsOf } from "./query-walk.js";
import { givenColumns, leafOf, relationBehind } from "./scope.js";

/** A table of a query that has equalities, and no index that begins with any column of its conditions. */
export interface Unserved {
  readonly relation: Relation;
  /** What is equal to something given, in the order of the text; no column of a few values. */
  readonly columns: readonly string[];
}

/** Columns of a few values: an index on one of them alone finds a large part of the table. */
const isCoarse = ({ type }: Column): boolean => /^(?:bool|tinyint\(1\)|bit|enum|set)/.test(type);

const isSelective = (relation: Relation, name: string): boolean => {
  const column = columnOf(relation, name);
  return column !== null && !isCoarse(column);
};

function unservedBy(query: Query, leaf: Leaf, catalogue: Catalogue): readonly Unserved[] {
  const relation = relationBehind(leaf, catalogue);
  if (relation?.kind !== "table") return [];
  const compared = conditions(query)
    .flatMap((condition) => partsOf(condition, "column"))
    .filter((column) => leafOf(column, query, catalogue) === leaf)
    .map(({ name }) => name);
  const isServed = relation.indexes.some(({ keys }) => keys[0]?.column === null || compared.includes(keys[0]?.column ?? ""));
  const columns = [...new Set(givenColumns(query, leaf, catalogue))].filter((name) => isSelective(relation, name));
  return isServed || columns.length === 0 ? [] : [{ relation, columns }];
}

/**
 * The tables of a level that are read whole for an equality. Without a planner an index on any compared column, or on
 * an expression, counts as one that serves.
 */
export function unserved(query: Query, catalogue: Catalogue): readonly Unserved[] {
  return leaves(query.from).flatMap((leaf) => unservedBy(query, leaf, catalogue));
}
