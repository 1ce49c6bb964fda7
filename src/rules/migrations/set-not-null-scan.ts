import { statement as copied, text } from "../../model/text.js";
import { alterationsOf, isProvenNotNull } from "../../sql/alterations.js";
import { quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

function provenForm(table: Table, column: string): string {
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const check = quoted(`${table.name}_${column}_not_null`);
  return [
    `${on} ADD CONSTRAINT ${check} CHECK (${quoted(column)} IS NOT NULL) NOT VALID;`,
    `${on} VALIDATE CONSTRAINT ${check};`,
    `${on} ALTER COLUMN ${quoted(column)} SET NOT NULL;`,
    `${on} DROP CONSTRAINT ${check};`,
  ].join(" ");
}

/** SET NOT NULL that has to look at every row first. */
export const setNotNullScan = statementRule({
  id: "migrations/set-not-null-scan",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  severity: "warning",
  sized: true,
  effect: text`It reads the whole table under an ACCESS EXCLUSIVE lock, so reads and writes wait for the scan, unless the column already is NOT NULL or a valid CHECK proves it.`,
  look: (statement, { all }) => {
    const alterations = all.flatMap(alterationsOf);
    return alterationsOf(statement).flatMap(({ command, table, name }) => {
      if (command !== "AT_SetNotNull" || name === null || isProvenNotNull(alterations, table, name)) return [];
      const form = provenForm(table, name);
      return [
        {
          what: text`SET NOT NULL on ${tableName(table)}.${name}`,
          table,
          help: text`Prove it first, then no scan is needed (PostgreSQL 12 and later): ${copied(form)} Run VALIDATE in a transaction of its own.`,
        },
      ];
    });
  },
});
