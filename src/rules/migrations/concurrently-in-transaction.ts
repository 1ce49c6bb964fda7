import type { MigrationRun } from "../../model/statements.js";
import { type Text, text } from "../../model/text.js";
import { allStatements } from "../../sql/file-order.js";
import { node } from "../../sql/postgres-tree.js";
import type { ParsedStatement } from "../../sql/tables.js";
import { refusesTransaction, transactionBefore } from "../../sql/transactions.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

/** Why the statement would stand in a transaction block; null where it would not, or where nobody knows. */
function whyInBlock(statement: ParsedStatement, { file }: Surroundings): Text | null {
  if (node(statement.tree, "DoStmt")) return text`inside a DO block`;
  const before = transactionBefore(statement, file);
  if (before === "open") return text`between BEGIN and COMMIT`;
  const { run } = file;
  if (run?.transaction === "file" && before === "untouched") return text`in a file that ${[run.tool]} runs in one transaction`;
  if (run?.transaction !== "implicit" || allStatements(file).length < 2) return null;
  return text`beside other statements in a file that ${[run.tool]} sends as one string, which is one transaction`;
}

function help(run: MigrationRun | undefined): Text {
  const own = text`Put it into a file of its own, with no other statement, BEGIN or DO block.`;
  return run ? text`${own} ${run.withoutTransaction}` : own;
}

/** A statement that refuses to run where it stands: the deploy fails. */
export const concurrentlyInTransaction = statementRule({
  id: "migrations/concurrently-in-transaction",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["IndexStmt", "OBJECT_INDEX", "ReindexStmt", "AT_DetachPartition", "VacuumStmt"],
  severity: "blocking",
  sized: false,
  effect: text`PostgreSQL refuses it inside a transaction block, so the deploy stops with an error.`,
  look: (statement, surroundings) => {
    const reason = whyInBlock(statement, surroundings);
    if (!reason) return [];
    return refusesTransaction(statement).map((words) => ({
      what: text`${[words]} ${reason}`,
      help: help(surroundings.file.run),
    }));
  },
});
