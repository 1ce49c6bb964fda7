import { statement as copied, text } from "../../model/text.js";
import { type CreatedIndex, createdIndexes } from "../../sql/indexes.js";
import { type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

const rest = text` What follows the table stays as it is.`;

function onlineForm(index: CreatedIndex, table: Table, statement: ParsedStatement): string {
  const name = index.name === null ? "" : ` ${quoted(index.name)}`;
  const columns = index.columns.map((column) => (column === null ? "…" : quoted(column))).join(", ");
  const method = index.method === null || index.method === "btree" ? "" : ` USING ${quoted(index.method)}`;
  // What cannot be written anew in full is left out in full: half of it would be another index.
  const target = `${quotedTable(table)} ${index.plain ? `${method.trimStart()}${method === "" ? "" : " "}(${columns})` : "…"}`;
  const create = index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
  return statement.dialect === "postgresql"
    ? `${create} CONCURRENTLY${name} ON ${target};`
    : `${create}${name} ON ${target} WITH (ONLINE = ON);`;
}

/** An index built with its table locked against writes. */
export const indexCreateBlocking = statementRule({
  id: "migrations/index-create-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "transactsql"],
  severity: "warning",
  sized: true,
  effect: text`The build holds a lock (SHARE in PostgreSQL) on the table from its first row to its last: every INSERT, UPDATE and DELETE waits.`,
  look: (statement) =>
    createdIndexes(statement).flatMap((index) => {
      const { table } = index;
      if (!table || index.online || index.onlyParent) return [];
      const form = onlineForm(index, table, statement);
      const alone = text` It cannot run in a transaction: give it a file of its own that the migration tool does not wrap in one.`;
      return [
        {
          what: text`CREATE INDEX${index.name === null ? [] : text` ${index.name}`} on ${tableName(table)} blocks writes`,
          table,
          help: text`Build it while writes go on: ${copied(form)}${index.plain ? [] : rest}${statement.dialect === "postgresql" ? alone : []}`,
        },
      ];
    }),
});
