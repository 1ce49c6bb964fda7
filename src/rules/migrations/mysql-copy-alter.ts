import { statement as copied, type Text, text } from "../../model/text.js";
import { columnOf, relationOf } from "../../sql/catalogue.js";
import { copies, droppedPrimaryKeys, type Redefinition, redefinitions } from "../../sql/mysql-changes.js";
import { type ParsedStatement, quotedMysql, quotedMysqlTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

function help(table: Table, change: string): Text {
  const form = `ALTER TABLE ${quotedMysqlTable(table)} ${change}, ALGORITHM=INPLACE, LOCK=NONE;`;
  return text`Change the table with gh-ost or pt-online-schema-change, which copy it beside the writes. Where you take it for online, say so; the server then refuses instead of copying: ${copied(form)}`;
}

function redefined(change: Redefinition, { schema }: Surroundings): readonly Hit[] {
  const { table, column, type } = change;
  // Which values an ENUM or SET had decides there: mysql-enum-reorder.
  if (type.values.length > 0) return [];
  const what = text`${tableName(table)}.${column} becomes ${type.shown}`;
  const hit = { table, help: help(table, `MODIFY ${quotedMysql(column)} ${type.shown}`) };
  const relation = schema && relationOf(schema.base, table);
  const known = relation && columnOf(relation, column);
  if (known) return copies(change, known) ? [{ ...hit, what: text`${what}; it is ${known.type}` }] : [];
  if (type.name === "VARCHAR")
    return [{ ...hit, what: text`${what}, unless it was shorter, and both or none up to 63 characters`, severity: "question" }];
  return [{ ...hit, what: text`${what}, unless it is that already` }];
}

const look = (statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] => [
  ...redefinitions(statement).flatMap((change) => redefined(change, surroundings)),
  ...droppedPrimaryKeys(statement).map((table) => ({
    what: text`the primary key of ${tableName(table)} is dropped alone`,
    table,
    help: text`Drop it and add the new one in the same ALTER TABLE, which is done in place: ${copied(`ALTER TABLE ${quotedMysqlTable(table)} DROP PRIMARY KEY, ADD PRIMARY KEY (…), ALGORITHM=INPLACE, LOCK=NONE;`)}`,
  })),
];

/** An ALTER TABLE that MySQL can only do by copying the table. */
export const mysqlCopyAlter = statementRule({
  id: "migrations/mysql-copy-alter",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["mysql", "mariadb"],
  severity: "warning",
  sized: true,
  effect: text`MySQL copies the whole table for it (ALGORITHM=COPY): reads go on, but every write waits until the copy is done.`,
  look,
});
