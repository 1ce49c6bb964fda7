import { statement as copied, type Text, text } from "../../model/text.js";
import { type ExplicitLock, explicitLocks } from "../../sql/relation-locks.js";
import { type ParsedStatement, quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

function help({ table }: ExplicitLock, { dialect }: ParsedStatement): Text {
  if (dialect !== "postgresql") return text`Lock the rows that matter with SELECT … FOR UPDATE, in short transactions.`;
  const narrow = `LOCK TABLE ${quotedTable(table)} IN SHARE UPDATE EXCLUSIVE MODE;`;
  return text`Against a second migration, ${copied(narrow)} is enough and lets reads and writes go on; against changes of rows, lock these with SELECT … FOR UPDATE, in short transactions.`;
}

/** A table that a migration locks by itself. */
export const lockTableExplicit = statementRule({
  id: "migrations/lock-table-explicit",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "mysql", "mariadb"],
  on: ["LockStmt"],
  severity: "warning",
  sized: false,
  effect: text`The lock is held until the whole transaction ends, with all that is done in it: whoever writes to the table, or also reads it under ACCESS EXCLUSIVE, waits as long.`,
  look: (statement) =>
    explicitLocks(statement).map((lock) => ({
      what: text`LOCK TABLE ${tableName(lock.table)} (${[lock.mode]})`,
      table: lock.table,
      help: help(lock, statement),
    })),
});
