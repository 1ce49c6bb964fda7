import { text } from "../../model/text.js";
import { type AddedColumn, addedColumns } from "../../sql/added-columns.js";
import { type ParsedStatement, tableName } from "../../sql/tables.js";
import { type Hit, statementRule } from "../statement-rule.js";

function hit({ table, name, stored }: AddedColumn, { dialect }: ParsedStatement): readonly Hit[] {
  if (!stored) return [];
  const isPostgres = dialect === "postgresql";
  return [
    {
      what: text`ADD COLUMN ${tableName(table)}.${name} GENERATED … STORED computes every row`,
      table,
      help: isPostgres
        ? text`Write VIRTUAL instead of STORED (PostgreSQL 18 and later), which stores nothing, or index the expression where only the search is needed; else add a plain column, let a trigger fill it, and fill the old rows in batches.`
        : text`Write VIRTUAL instead of STORED: it is added in place, and an index can be built on it.`,
      ...(isPostgres && { claims: { rewrite: true } }),
    },
  ];
}

/** A new column that is computed and kept for every row. */
export const addColumnStored = statementRule({
  id: "migrations/add-column-stored",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "mysql", "mariadb"],
  on: ["AT_AddColumn"],
  severity: "warning",
  sized: true,
  effect: text`The whole table is written anew: under an ACCESS EXCLUSIVE lock in PostgreSQL, where reads and writes wait; MySQL lets reads go on, but no writes.`,
  look: (statement) => addedColumns(statement).flatMap((column) => hit(column, statement)),
});
