import type { Dialect } from "../model/evidence.js";
import { findNodes, word } from "./generic-tree.js";
import { findAll } from "./postgres-tree.js";
import { genericTable, postgresTable, type Table, tableName } from "./tables.js";

function postgresCreated(tree: unknown): readonly (Table | null)[] {
  return [
    ...findAll(tree, "CreateStmt").map((create) => postgresTable(create.relation)),
    ...findAll(tree, "CreateTableAsStmt").map((create) => postgresTable(create.into?.rel)),
    ...findAll(tree, "SelectStmt").map((select) => postgresTable(select.intoClause?.rel)),
  ];
}

const genericCreated = (tree: unknown): readonly (Table | null)[] =>
  findNodes(tree, "create")
    .filter((create) => word(create, "keyword") === "table")
    .map((create) => genericTable(create, "table"));

/** The tables that a statement creates, in the words of {@link tableName}; also inside a DO block. */
export function createdTables(tree: unknown, dialect: Dialect): readonly string[] {
  const created = dialect === "postgresql" ? postgresCreated(tree) : genericCreated(tree);
  return created.flatMap((table) => (table ? [tableName(table)] : []));
}
