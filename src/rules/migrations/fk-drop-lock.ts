import { statement as copied, type Text, text } from "../../model/text.js";
import { type Alteration, alterationsOf } from "../../sql/alterations.js";
import { relationOf } from "../../sql/catalogue.js";
import { droppedObjects } from "../../sql/dropped-objects.js";
import { isLockLimited } from "../../sql/lock-timeout.js";
import { isSameTable, quoted, quotedTable, relationTitle, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const LISTED = 3;

/** Where the schema does not tell: how PostgreSQL and the common tools name foreign keys. */
const looksForeign = (name: string): boolean => name.split("_").some((part) => ["fk", "fkey", "foreign"].includes(part.toLowerCase()));

const help = (sql: string): Text =>
  text`Limit the wait, and retry: ${copied(`SET lock_timeout = '5s'; ${sql}`)} In a transaction, SET LOCAL.`;

function constraintHit({ table, command, name }: Alteration, { schema }: Surroundings): readonly Hit[] {
  if (command !== "AT_DropConstraint" || name === null) return [];
  const known = schema && relationOf(schema.base, table);
  const key = known?.foreignKeys.find((one) => one.name === name);
  if (known ? !key : !looksForeign(name)) return [];
  return [
    {
      what: text`DROP CONSTRAINT ${name} of ${tableName(table)}${key ? text`, a foreign key to ${relationTitle(key.parent)}` : []}`,
      table,
      claims: { lock: "ACCESS EXCLUSIVE" },
      ...(!key && { unless: text`it is no foreign key` }),
      help: help(`ALTER TABLE ${quotedTable(table)} DROP CONSTRAINT ${quoted(name)};`),
    },
  ];
}

function tableHit(table: Table, { schema }: Surroundings): readonly Hit[] {
  const known = schema && relationOf(schema.base, table);
  const parents = (known?.foreignKeys ?? []).map(({ parent }) => parent).filter((parent) => !known || !isSameTable(parent, known));
  const shown = [...new Set(parents.map(relationTitle))];
  if (shown.length === 0) return [];
  const list = shown.length > LISTED ? `${shown.slice(0, LISTED).join(", ")}, …` : shown.join(", ");
  return [
    {
      what: text`DROP TABLE ${tableName(table)}, with foreign keys to ${list}`,
      table,
      claims: { lock: "ACCESS EXCLUSIVE" },
      help: help(`DROP TABLE ${quotedTable(table)};`),
    },
  ];
}

/** A foreign key that goes, and locks the other table too. */
export const fkDropLock = statementRule({
  id: "migrations/fk-drop-lock",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["AT_DropConstraint", "OBJECT_TABLE"],
  severity: "notice",
  sized: false,
  effect: text`It takes an ACCESS EXCLUSIVE lock on both tables, the referenced one too: short, but it queues behind every long query, and every later read and write of either queues behind it.`,
  look: (statement, surroundings) => {
    if (isLockLimited(statement, surroundings.file)) return [];
    return [
      ...alterationsOf(statement).flatMap((alteration) => constraintHit(alteration, surroundings)),
      ...(statement.dialect === "postgresql"
        ? droppedObjects(statement.tree, "OBJECT_TABLE").flatMap(({ schema, name }) => tableHit({ schema, name }, surroundings))
        : []),
    ];
  },
});
