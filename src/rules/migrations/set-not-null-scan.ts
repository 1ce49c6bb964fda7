import { statement as copied, text } from "../../model/text.js";
import { type Alteration, alterationsOf, isProvenNotNull } from "../../sql/alterations.js";
import { isKnownNotNull, relationOf } from "../../sql/catalogue.js";
import { rememberedAll } from "../../sql/remembered.js";
import { quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

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

const alterationsIn = rememberedAll(alterationsOf);

function hit({ command, table, name }: Alteration, { all, schema }: Surroundings): readonly Hit[] {
  if (command !== "AT_SetNotNull" || name === null || isProvenNotNull(alterationsIn(all), table, name)) return [];
  const known = schema && relationOf(schema.base, table);
  if (known && isKnownNotNull(known, name)) return [];
  return [
    {
      what: text`SET NOT NULL on ${tableName(table)}.${name}`,
      table,
      claims: { lock: "ACCESS EXCLUSIVE", scan: true },
      ...(!known && { unless: text`the column already is NOT NULL or a valid CHECK proves it` }),
      help: text`Prove it first, then no scan is needed (PostgreSQL 12 and later): ${copied(provenForm(table, name))} Run VALIDATE in a transaction of its own.`,
    },
  ];
}

/** SET NOT NULL that has to look at every row first. */
export const setNotNullScan = statementRule({
  id: "migrations/set-not-null-scan",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["AT_SetNotNull"],
  severity: "warning",
  sized: true,
  effect: text`It reads the whole table under an ACCESS EXCLUSIVE lock: reads and writes wait for the scan.`,
  look: (statement, surroundings) => alterationsOf(statement).flatMap((alteration) => hit(alteration, surroundings)),
});
