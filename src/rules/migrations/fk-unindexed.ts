import type { ForeignKey, Relation } from "../../model/catalogue.js";
import { statement as copied, text } from "../../model/text.js";
import { indexServing, relationOf } from "../../sql/catalogue.js";
import { addedForeignKeys, definedTables } from "../../sql/foreign-keys.js";
import { includesTable, type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const SMALL_ROWS = 10_000;

interface NewKey {
  readonly child: Table;
  readonly columns: readonly string[];
  readonly parent: Table;
  readonly actsOnDelete: boolean;
}

const sameColumns = (left: readonly string[], right: readonly string[]): boolean => left.join("\0") === right.join("\0");

/** What the tables of a statement have at the head and did not have at the base, where its tree does not tell. */
function keysByComparison(statement: ParsedStatement, { schema }: Surroundings): readonly NewKey[] {
  if (!schema) return [];
  return definedTables(statement).flatMap((child) => {
    const had = relationOf(schema.base, child)?.foreignKeys ?? [];
    const has = relationOf(schema.head, child)?.foreignKeys ?? [];
    const fresh = has.filter((key) => !had.some((old) => sameColumns(old.columns, key.columns)));
    return fresh.map(({ columns, parent }) => ({ child, columns, parent, actsOnDelete: true }));
  });
}

const isAtHead = (relation: Relation, key: NewKey): boolean =>
  relation.foreignKeys.some((standing: ForeignKey) => sameColumns(standing.columns, key.columns));

function hit(key: NewKey, surroundings: Surroundings): readonly Hit[] {
  const { schema, statements, rows } = surroundings;
  const relation = schema && relationOf(schema.head, key.child);
  if (!relation || !isAtHead(relation, key) || indexServing(relation, key.columns)) return [];
  const isNew = includesTable(statements.createdTables, key.child);
  const isSmall = (rows(key.child) ?? Number.POSITIVE_INFINITY) < SMALL_ROWS;
  const concurrently = isNew || schema.dialect !== "postgresql" ? "" : " CONCURRENTLY";
  const name = quoted(`${[key.child.name, ...key.columns].join("_")}_idx`);
  const form = `CREATE INDEX${concurrently} ${name} ON ${quotedTable(key.child)} (${key.columns.map(quoted).join(", ")});`;
  return [
    {
      what: text`no index of ${tableName(key.child)} begins with ${key.columns.join(", ")}, the foreign key to ${tableName(key.parent)}`,
      help: text`Add one with these columns first: ${copied(form)}`,
      severity: key.actsOnDelete && !isSmall ? "warning" : "notice",
    },
  ];
}

/** A foreign key whose columns lead no index. */
export const fkUnindexed = statementRule({
  id: "migrations/fk-unindexed",
  answers: "queries/appropriate-indexes",
  files: "migration",
  dialects: ["postgresql", "sqlite", "transactsql"],
  on: ["CONSTR_FOREIGN"],
  severity: "warning",
  sized: false,
  effect: text`Every DELETE of a referenced row, and every change of its key, reads the whole referencing table to find what refers to it; joins do too.`,
  look: (statement, surroundings) => {
    if (surroundings.schema?.dialect !== statement.dialect) return [];
    const keys = statement.dialect === "postgresql" ? addedForeignKeys(statement) : keysByComparison(statement, surroundings);
    return keys.flatMap((key) => hit(key, surroundings));
  },
});
