import { statement as copied, text } from "../../model/text.js";
import { addedForeignKeys, setsForeignKeyChecks } from "../../sql/mysql-changes.js";
import { type ParsedStatement, quotedMysqlTable, tableName } from "../../sql/tables.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

/** Whether foreign_key_checks is off where the statement runs, as far as its file tells. */
function isUnchecked(statement: ParsedStatement, { file }: Surroundings): boolean {
  let unchecked = false;
  for (const earlier of file.statements) {
    if (earlier === statement) break;
    const checks = earlier.state === "parsed" ? setsForeignKeyChecks(earlier) : null;
    if (checks !== null) unchecked = !checks;
  }
  return unchecked;
}

/** A foreign key of MySQL that copies the table. */
export const mysqlFkCopy = statementRule({
  id: "migrations/mysql-fk-copy",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["mysql", "mariadb"],
  severity: "warning",
  sized: true,
  effect: text`With foreign_key_checks on, MySQL adds it by copying the whole table (ALGORITHM=COPY), and every write waits until the copy is done.`,
  look: (statement, surroundings) => {
    if (isUnchecked(statement, surroundings)) return [];
    return addedForeignKeys(statement).map(({ table, parent }) => {
      const form = `SET foreign_key_checks = 0; ALTER TABLE ${quotedMysqlTable(table)} ADD FOREIGN KEY (…) REFERENCES ${parent ? quotedMysqlTable(parent) : "…"} (…), ALGORITHM=INPLACE, LOCK=NONE; SET foreign_key_checks = 1;`;
      return {
        what: text`FOREIGN KEY on ${tableName(table)}${parent ? text` to ${tableName(parent)}` : []}`,
        table,
        help: text`Look for rows without a parent yourself, then add it without the check, in place: ${copied(form)}`,
      };
    });
  },
});
