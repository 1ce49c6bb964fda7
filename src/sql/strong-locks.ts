import { alterationsOf } from "./alterations.js";
import { droppedTables } from "./drops.js";
import { findAll } from "./postgres-tree.js";
import { truncationsOf } from "./relation-locks.js";
import { renamesOf } from "./renames.js";
import { type ParsedStatement, postgresTable, type Table } from "./tables.js";

// These let reads and writes go on.
const WEAK: ReadonlySet<string> = new Set(["AT_ValidateConstraint", "AT_SetStatistics", "AT_AttachPartition", "AT_ClusterOn"]);

/** The tables that a PostgreSQL statement locks so that reads or writes wait, as its kind tells. */
export function stronglyLocked(statement: ParsedStatement): readonly Table[] {
  const altered = alterationsOf(statement).filter(({ command, concurrent }) => !WEAK.has(command) && !concurrent);
  const relations = [
    ...findAll(statement.tree, "IndexStmt").flatMap(({ relation, concurrent }) => (concurrent ? [] : [relation])),
    ...findAll(statement.tree, "CreateTrigStmt").map(({ relation }) => relation),
  ];
  return [
    ...altered.map(({ table }) => table),
    ...renamesOf(statement).map(({ table }) => table),
    ...droppedTables(statement).map(({ table }) => table),
    ...truncationsOf(statement).map(({ table }) => table),
    ...relations.flatMap((relation) => postgresTable(relation) ?? []),
  ];
}
