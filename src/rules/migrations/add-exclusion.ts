import { statement as copied, text } from "../../model/text.js";
import { alterationsOf } from "../../sql/alterations.js";
import { addedConstraints } from "../../sql/key-constraints.js";
import { quoted, quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** An exclusion constraint on a table that has rows. */
export const addExclusion = statementRule({
  id: "migrations/add-exclusion",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CONSTR_EXCLUSION"],
  severity: "warning",
  sized: true,
  effect: text`It builds its index and compares all rows under an ACCESS EXCLUSIVE lock; PostgreSQL has no form of it that lets reads and writes go on.`,
  look: (statement) =>
    alterationsOf(statement).flatMap((alteration) => {
      const { table } = alteration;
      const like = `CREATE TABLE ${quoted(`${table.name}_new`)} (LIKE ${quotedTable(table)} INCLUDING ALL);`;
      return addedConstraints(alteration)
        .filter(({ contype }) => contype === "CONSTR_EXCLUSION")
        .map(({ conname }) => ({
          what: text`ADD EXCLUDE${conname === undefined ? [] : text` ${conname}`} on ${tableName(table)}`,
          table,
          claims: { lock: "ACCESS EXCLUSIVE", scan: true } as const,
          help: text`Put it on a new table (${copied(like)}), copy the rows in batches and swap the two; on a small table, limit the wait with ${"SET lock_timeout = '5s';"} and run it off-peak.`,
        }));
    }),
});
