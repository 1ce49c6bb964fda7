import { statement as copied, type Text, text } from "../../model/text.js";
import { type Alteration, alterationsOf } from "../../sql/alterations.js";
import { relationOf } from "../../sql/catalogue.js";
import { type AddedKey, addedKeys } from "../../sql/key-constraints.js";
import { quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const words = ({ primary }: AddedKey): string => (primary ? "PRIMARY KEY" : "UNIQUE");

function help(key: AddedKey, table: Table, { schema }: Surroundings): Text {
  if (schema && relationOf(schema.base, table)?.kind === "partitioned")
    return text`A partitioned table cannot take over an index: put ${"SET lock_timeout = '5s';"} above it, retry, and run it off-peak.`;
  const name = quoted(key.name);
  const form = [
    `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${quotedTable(table)} (${key.columns.map(quoted).join(", ")});`,
    `ALTER TABLE ${quotedTable(table)} ADD CONSTRAINT ${name} ${words(key)} USING INDEX ${name};`,
  ].join(" ");
  const nulls = key.primary ? text` Columns of a PRIMARY KEY that are not yet NOT NULL are read all the same: make them so first.` : [];
  const column = key.ofNewColumn ? text`Add the column without ${[words(key)]}. ` : [];
  return text`${column}Build the index while writes go on, outside a transaction, then take it over: ${copied(form)}${nulls}`;
}

function hits(alteration: Alteration, surroundings: Surroundings): readonly Hit[] {
  const { table } = alteration;
  return addedKeys(alteration).flatMap((key) => {
    if (key.usingIndex) return [];
    return [
      {
        what: text`ADD ${[key.ofNewColumn ? "COLUMN … " : ""]}${[words(key)]} on ${tableName(table)} (${key.columns.join(", ")})`,
        table,
        claims: { lock: "ACCESS EXCLUSIVE", scan: true } as const,
        help: help(key, table, surroundings),
      },
    ];
  });
}

/** A UNIQUE or PRIMARY KEY constraint that builds its index under the strongest lock. */
export const addUniqueBlocking = statementRule({
  id: "migrations/add-unique-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CONSTR_UNIQUE", "CONSTR_PRIMARY"],
  severity: "warning",
  sized: true,
  effect: text`It builds the index under an ACCESS EXCLUSIVE lock: reads and writes wait until it is done.`,
  look: (statement, surroundings) => alterationsOf(statement).flatMap((alteration) => hits(alteration, surroundings)),
});
