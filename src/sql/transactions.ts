import type { StatementFile } from "../model/statements.js";
import { alterationsOf } from "./alterations.js";
import { allStatements, isThere, statementsBefore } from "./file-order.js";
import { createdIndexes, droppedIndexes } from "./indexes.js";
import { findAll, node, nodes } from "./postgres-tree.js";
import type { ParsedStatement } from "./tables.js";

const OPENS: ReadonlySet<string> = new Set(["TRANS_STMT_BEGIN", "TRANS_STMT_START"]);
const CLOSES: ReadonlySet<string> = new Set(["TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE"]);

const transactionKind = ({ tree }: ParsedStatement): string => node(tree, "TransactionStmt")?.kind ?? "";

/** What the file itself does to transactions before a statement, changed or not. */
export function transactionBefore(statement: ParsedStatement, file: StatementFile): "open" | "closed" | "untouched" {
  let state: "open" | "closed" | "untouched" = "untouched";
  for (const earlier of statementsBefore(statement, file)) {
    if (earlier.state !== "parsed") continue;
    const kind = transactionKind(earlier);
    if (OPENS.has(kind)) state = "open";
    if (CLOSES.has(kind)) state = "closed";
  }
  return state;
}

/**
 * Whether two statements of a file run in one transaction: as the file itself says, else as its tool runs it.
 * `unknown` where neither tells.
 */
export function shareTransaction(first: ParsedStatement, second: ParsedStatement, file: StatementFile): "yes" | "no" | "unknown" {
  const all = allStatements(file);
  const places = [first, second].map((statement) => all.findIndex((one) => isThere(one, statement)));
  const between = all.slice(Math.min(...places) + 1, Math.max(...places));
  if (between.some((one) => one.state === "parsed" && CLOSES.has(transactionKind(one)))) return "no";
  if (first === second || transactionBefore(first, file) === "open") return "yes";
  if (!file.run) return "unknown";
  return file.run.transaction === "statement" ? "no" : "yes";
}

/** True for a REINDEX with CONCURRENTLY, in either of its places. */
export const isConcurrentReindex = (params: readonly unknown[] | undefined): boolean =>
  nodes(params, "DefElem").some(({ defname }) => defname === "concurrently");

/** What in a PostgreSQL statement refuses to run inside a transaction block, in SQL's words. */
export function refusesTransaction(statement: ParsedStatement): readonly string[] {
  if (statement.dialect !== "postgresql") return [];
  const { tree } = statement;
  const detached = alterationsOf(statement).some(({ command, concurrent }) => command === "AT_DetachPartition" && concurrent);
  return [
    ...(createdIndexes(statement).some(({ online }) => online) ? ["CREATE INDEX CONCURRENTLY"] : []),
    ...(droppedIndexes(statement).some(({ concurrent }) => concurrent) ? ["DROP INDEX CONCURRENTLY"] : []),
    ...(findAll(tree, "ReindexStmt").some(({ params }) => isConcurrentReindex(params)) ? ["REINDEX CONCURRENTLY"] : []),
    ...(detached ? ["DETACH PARTITION CONCURRENTLY"] : []),
    ...(findAll(tree, "VacuumStmt").some(({ is_vacuumcmd }) => is_vacuumcmd) ? ["VACUUM"] : []),
  ];
}
