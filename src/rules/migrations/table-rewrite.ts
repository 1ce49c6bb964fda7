import { text } from "../../model/text.js";
import { rewritesOf } from "../../sql/relation-locks.js";
import { tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** A table that is asked to be written anew as a whole. */
export const tableRewrite = statementRule({
  id: "migrations/table-rewrite",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["VacuumStmt", "ClusterStmt", "AT_SetLogged", "AT_SetUnLogged", "AT_SetTableSpace", "AT_SetAccessMethod"],
  severity: "warning",
  sized: true,
  effect: text`Every row and every index is written anew under an ACCESS EXCLUSIVE lock: reads and writes wait until it is done.`,
  look: (statement) =>
    rewritesOf(statement).map(({ table, words }) => ({
      what: text`${[words]} of ${tableName(table)}`,
      table,
      help: text`To give space back or to sort the rows while writes go on, use the extension pg_repack; plain VACUUM makes the space usable again without a strong lock. Else run it outside the deployment, at an hour when the table may stand still.`,
      // VACUUM and CLUSTER refuse a transaction or are no ALTER, so that they may not have been observed.
      ...(words.startsWith("SET") && { claims: { lock: "ACCESS EXCLUSIVE" as const, rewrite: true as const } }),
    })),
});
