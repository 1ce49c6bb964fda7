import type { Catalogue, Relation } from "../model/catalogue.js";
import { partitionsOf } from "./catalogue.js";
import type { Expression, ExpressionOf, Leaf, Query } from "./query.js";
import { conditions, joins, leaves, partsOf } from "./query-walk.js";
import { leafOf, relationBehind } from "./scope.js";

/** A partitioned table that a query narrows, but by nothing that its partitions are made by. */
export interface Unpruned {
  readonly relation: Relation;
  /** Its partitions that hold rows. */
  readonly partitions: readonly Relation[];
}

/** What links two sources may prune as well, row by row: `USING (created_at)`. */
const isLinkedByName = (query: Query): boolean => joins(query.from).some(({ using }) => using);

const mayBeOf = (column: ExpressionOf<"column">, leaf: Leaf, query: Query, catalogue: Catalogue): boolean => {
  const owner = leafOf(column, query, catalogue);
  return owner === leaf || owner === null;
};

function unprunedBy(query: Query, leaf: Leaf, written: readonly Expression[], catalogue: Catalogue): readonly Unpruned[] {
  const relation = relationBehind(leaf, catalogue);
  if (relation?.kind !== "partitioned" || relation.partitionKey.length === 0) return [];
  const columns = written.flatMap((condition) => partsOf(condition, "column")).filter((column) => mayBeOf(column, leaf, query, catalogue));
  const names = new Set(columns.map(({ name }) => name));
  const isNarrowed = columns.some((column) => leafOf(column, query, catalogue) === leaf);
  // The first key alone prunes partitions by range, and any of them those of a lower level.
  if (!isNarrowed || relation.partitionKey.some((key) => names.has(key))) return [];
  const partitions = partitionsOf(catalogue, relation).filter(({ kind }) => kind === "table");
  return [{ relation, partitions }];
}

/** The partitioned tables of a level that have conditions, none of them on the partition key. A table read whole is none. */
export function unpruned(query: Query, catalogue: Catalogue): readonly Unpruned[] {
  const written = conditions(query);
  if (query.verb === "other" || isLinkedByName(query)) return [];
  return leaves(query.from).flatMap((leaf) => unprunedBy(query, leaf, written, catalogue));
}
