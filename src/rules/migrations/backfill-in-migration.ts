import { statement as copied, type Text, text } from "../../model/text.js";
import { isAltered } from "../../sql/alterations.js";
import { relationOf, uniqueWithin } from "../../sql/catalogue.js";
import { transactionWith } from "../../sql/same-transaction.js";
import { type ParsedStatement, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Write, writesOf } from "../../sql/writes.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** Seed and settings: whatever is done to so few rows is done at once. */
const FEW_ROWS = 1_000;

function batchForm({ verb, hasWhere }: Write, table: Table): Text {
  const name = quotedTable(table);
  if (verb === "INSERT … SELECT") return text`INSERT the rows in ranges of the source's key, one transaction each.`;
  const write = verb === "UPDATE" ? `UPDATE ${name} SET …` : `DELETE FROM ${name}`;
  const form = `${write} WHERE ${hasWhere ? "… AND " : ""}id > $last AND id <= $last + 10000;`;
  return text`One batch: ${copied(form)} Commit, and go on until nothing is left.`;
}

/** Rows that a unique key of the base names. */
function isNamed({ held }: Write, table: Table, { schema }: Surroundings): boolean {
  const relation = held.length > 0 && schema ? relationOf(schema.base, table) : null;
  return relation !== null && uniqueWithin(relation, held) !== null;
}

/** The line of a schema change on the same table whose lock is held as long; null when there is none. */
function alteredWith(statement: ParsedStatement, table: Table, { file }: Surroundings): number | null {
  const others = transactionWith(file, statement).filter((other) => other !== statement);
  return others.find((other) => isAltered(other, table))?.line ?? null;
}

function hit(write: Write, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { table } = write;
  const rows = table && surroundings.rows(table);
  if (!table || write.reach === "named" || isNamed(write, table, surroundings) || (rows !== null && rows <= FEW_ROWS)) return [];
  const help = text`Take it out of the migration and run it in batches, in a job or a script. ${batchForm(write, table)}`;
  const line = alteredWith(statement, table, surroundings);
  const beside = line === null ? [] : text`, in one transaction with the schema change of line ${line}, whose lock is held as long`;
  return [{ what: text`${[write.verb]} on ${tableName(table)}${beside}`, table, help }];
}

/** Data changed in bulk inside a schema migration. */
export const backfillInMigration = statementRule({
  id: "migrations/backfill-in-migration",
  answers: "migrations/safe",
  files: "migration",
  on: ["UpdateStmt", "DeleteStmt", "InsertStmt"],
  severity: "warning",
  sized: true,
  effect: text`Every row it touches stays locked until the whole migration commits, together with the locks of the schema changes beside it, and replicas fall behind meanwhile.`,
  look: (statement, surroundings) => writesOf(statement).flatMap((write) => hit(write, statement, surroundings)),
});
