import { statement as copied, text } from "../../model/text.js";
import { inlineReferences } from "../../sql/mysql-changes.js";
import { quotedMysql, quotedMysqlTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** A REFERENCES that MySQL reads over. */
export const mysqlInlineReferences = statementRule({
  id: "migrations/mysql-inline-references",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["mysql"],
  severity: "warning",
  sized: false,
  effect: text`Before version 9.0 MySQL parses REFERENCES in a column and then ignores it: there is no foreign key, and no index for the joins and deletes that it was to serve.`,
  look: (statement) =>
    inlineReferences(statement).map(({ table, column, parent }) => ({
      what: text`${tableName(table)}.${column} REFERENCES ${tableName(parent)} in the column's definition`,
      help: text`Write it as a clause of the table: ${copied(`FOREIGN KEY (${quotedMysql(column)}) REFERENCES ${quotedMysqlTable(parent)} (…)`)}`,
    })),
});
