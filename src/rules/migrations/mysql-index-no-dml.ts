import { text } from "../../model/text.js";
import { slowIndexes } from "../../sql/mysql-changes.js";
import { tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** An index of MySQL that cannot be built beside writes. */
export const mysqlIndexNoDml = statementRule({
  id: "migrations/mysql-index-no-dml",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["mysql", "mariadb"],
  severity: "warning",
  sized: true,
  effect: text`Unlike other secondary indexes it is built under a lock that lets reads go on and makes every write wait.`,
  look: (statement) =>
    slowIndexes(statement).map(({ table, kind }) => ({
      what: text`${[kind]} INDEX on ${tableName(table)}`,
      table,
      help: text`Build it at an hour when nothing is written, or change the table with gh-ost or pt-online-schema-change, which copy it beside the writes.`,
    })),
});
