import { statement as copied, text } from "../../model/text.js";
import { unguardedAlters } from "../../sql/mysql-changes.js";
import { quotedMysqlTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** An ALTER TABLE that does not say how it may run. */
export const mysqlNoFailFast = statementRule({
  id: "migrations/mysql-no-fail-fast",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["mysql", "mariadb"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`Without ALGORITHM and LOCK the server takes whichever way it can, silently also the one that copies the table and makes writes wait.`,
  look: (statement) =>
    unguardedAlters(statement).map((table) => ({
      what: text`ALTER TABLE ${tableName(table)} without ALGORITHM and LOCK`,
      table,
      help: text`Say how it may run, and it fails instead of blocking: ${copied(`ALTER TABLE ${quotedMysqlTable(table)} …, ALGORITHM=INSTANT;`)} or ${copied(`ALTER TABLE ${quotedMysqlTable(table)} …, ALGORITHM=INPLACE, LOCK=NONE;`)}`,
    })),
});
