import { statement as copied, type Text, text } from "../../model/text.js";
import { quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Write, writesOf } from "../../sql/writes.js";
import { type Hit, statementRule } from "../statement-rule.js";

function batchForm({ verb, hasWhere }: Write, table: Table): Text {
  const name = quotedTable(table);
  if (verb === "INSERT … SELECT") return text`INSERT the rows in ranges of the source's key, one transaction each.`;
  const write = verb === "UPDATE" ? `UPDATE ${name} SET …` : `DELETE FROM ${name}`;
  const form = `${write} WHERE ${hasWhere ? "… AND " : ""}id > $last AND id <= $last + 10000;`;
  return text`One batch: ${copied(form)} Commit, and go on until nothing is left.`;
}

function hit(write: Write): readonly Hit[] {
  const { table } = write;
  if (!table || write.reach === "named") return [];
  const help = text`Take it out of the migration and run it in batches, in a job or a script. ${batchForm(write, table)}`;
  return [{ what: text`${[write.verb]} on ${tableName(table)}`, table, help }];
}

/** Data changed in bulk inside a schema migration. */
export const backfillInMigration = statementRule({
  id: "migrations/backfill-in-migration",
  answers: "migrations/safe",
  files: "migration",
  severity: "warning",
  sized: true,
  effect: text`Every row it touches stays locked until the whole migration commits, together with the locks of the schema changes beside it, and replicas fall behind meanwhile.`,
  look: (statement) => writesOf(statement).flatMap(hit),
});
