import { statement as copied, type Text, text } from "../../model/text.js";
import { type Truncation, truncationsOf } from "../../sql/relation-locks.js";
import { isSameTable, quotedTable, tableName } from "../../sql/tables.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

const LISTED = 5;

/** The tables that CASCADE empties as well, as far as the base's foreign keys tell. */
function followed({ table, cascade }: Truncation, { schema }: Surroundings): readonly string[] {
  if (!cascade || !schema) return [];
  const found = new Set<string>();
  const next = [table];
  for (let parent = next.pop(); parent !== undefined; parent = next.pop()) {
    for (const relation of schema.base.relations) {
      const name = tableName({ schema: relation.schema === "public" ? null : relation.schema, name: relation.name });
      const refers = relation.foreignKeys.some((key) => parent && isSameTable(key.parent, parent));
      if (!refers || found.has(name) || isSameTable(relation, table)) continue;
      found.add(name);
      next.push({ schema: relation.schema, name: relation.name });
    }
  }
  return [...found];
}

function cascades(truncation: Truncation, surroundings: Surroundings): Text {
  if (!truncation.cascade) return [];
  const names = followed(truncation, surroundings);
  if (names.length === 0) return text` CASCADE, which empties every table that refers to it as well`;
  const shown = names.slice(0, LISTED).join(", ");
  return text` CASCADE, which empties ${shown}${names.length > LISTED ? text` and ${names.length - LISTED} more` : []} as well`;
}

/** A table of rows that is emptied in one go. */
export const truncateTable = statementRule({
  id: "migrations/truncate-table",
  answers: "migrations/safe",
  files: "migration",
  on: ["TruncateStmt"],
  severity: "warning",
  sized: false,
  effect: text`It takes the strongest lock (ACCESS EXCLUSIVE in PostgreSQL) until the migration commits, so that reads and writes wait, and the rows do not come back with a rollback of the release.`,
  look: (statement, surroundings) =>
    truncationsOf(statement).map((truncation) => {
      const { table } = truncation;
      const form = `DELETE FROM ${quotedTable(table)} WHERE id > $last AND id <= $last + 10000;`;
      return {
        what: text`TRUNCATE ${tableName(table)}${cascades(truncation, surroundings)}`,
        table,
        help: text`Delete in batches, in a job outside the migration: ${copied(form)} Commit, and go on until nothing is left.`,
      };
    }),
});
