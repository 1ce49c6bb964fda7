import type { Statement } from "../model/statements.js";
import { findAll, nodes } from "./postgres-tree.js";
import { isSameTable, type ParsedStatement, postgresTable, type Table } from "./tables.js";
import { writesOf } from "./writes.js";

/** The tables that a PostgreSQL statement truncates; also inside a DO block. */
export function truncatedTables({ tree, dialect }: ParsedStatement): readonly Table[] {
  if (dialect !== "postgresql") return [];
  const relations = findAll(tree, "TruncateStmt").flatMap((truncate) => nodes(truncate.relations, "RangeVar"));
  return relations.flatMap((relation) => postgresTable(relation) ?? []);
}

const empties = (statement: ParsedStatement, table: Table): boolean =>
  truncatedTables(statement).some((truncated) => isSameTable(truncated, table)) ||
  writesOf(statement).some((write) => write.verb === "DELETE" && write.reach === "all" && write.table && isSameTable(write.table, table));

/** True when a statement above this one takes every row out of the table. */
export function isEmptied(statements: readonly Statement[], before: ParsedStatement, table: Table): boolean {
  const above = statements.slice(0, Math.max(0, statements.indexOf(before)));
  return above.some((earlier) => earlier.state === "parsed" && empties(earlier, table));
}
