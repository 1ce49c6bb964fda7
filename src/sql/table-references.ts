import type { Catalogue, Relation } from "../model/catalogue.js";
import { relationOf } from "./catalogue.js";
import { findAll, type RangeVar } from "./postgres-tree.js";
import { postgresTable } from "./tables.js";

/** A table of the catalogue under the name by which a statement calls it. */
export interface TableReference {
  readonly calledBy: string;
  readonly relation: Relation;
}

/** The tables that PostgreSQL statements write stand bare where others are wrapped in their kind. */
function written(tree: unknown): readonly RangeVar[] {
  const kinds = ["UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt"] as const;
  return kinds.flatMap((kind) => findAll(tree, kind).flatMap(({ relation }) => relation ?? []));
}

/** Every table that a statement names at any depth, as it is called there; a CTE's name is none. */
export function namedTables(tree: unknown): readonly RangeVar[] {
  const local = new Set(findAll(tree, "CommonTableExpr").map(({ ctename }) => ctename));
  return [...findAll(tree, "RangeVar"), ...written(tree)].filter(
    ({ relname, schemaname }) => schemaname !== undefined || !local.has(relname),
  );
}

/** Those of them that the catalogue knows. */
export function tableReferences(tree: unknown, catalogue: Catalogue): readonly TableReference[] {
  return namedTables(tree).flatMap((range) => {
    const table = postgresTable(range);
    const relation = table && relationOf(catalogue, table);
    return relation ? [{ calledBy: range.alias?.aliasname ?? relation.name, relation }] : [];
  });
}
