import type { StatementFile } from "../model/statements.js";
import { findNodes } from "./generic-tree.js";
import { node } from "./postgres-tree.js";
import type { ParsedStatement } from "./tables.js";

const BEGINNING: ReadonlySet<string> = new Set(["TRANS_STMT_BEGIN", "TRANS_STMT_START"]);
const ENDING: ReadonlySet<string> = new Set(["TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK"]);

function boundary({ tree, dialect }: ParsedStatement): "begin" | "end" | null {
  if (dialect !== "postgresql") return findNodes(tree, "transaction").length > 0 ? "end" : null;
  const kind = node(tree, "TransactionStmt")?.kind ?? "";
  return BEGINNING.has(kind) ? "begin" : ENDING.has(kind) ? "end" : null;
}

/**
 * The statements of a file by the transaction that they run in, as its tool and its own BEGIN and COMMIT
 * have it. Where the tool is not known, a file is taken for one transaction, as most tools have it.
 */
export function transactionsOf({ statements, run }: StatementFile): readonly (readonly ParsedStatement[])[] {
  const wrapped = run?.transaction !== "statement";
  const found: ParsedStatement[][] = [[]];
  let open = wrapped;
  for (const statement of statements) {
    if (statement.state !== "parsed") continue;
    const edge = boundary(statement);
    if (edge !== null || !open) found.push([]);
    if (edge !== null) open = edge === "begin" || wrapped;
    else found.at(-1)?.push(statement);
  }
  return found.filter((transaction) => transaction.length > 0);
}

/** The statements of the transaction that this one runs in, itself included, in their order. */
export function transactionWith(file: StatementFile, statement: ParsedStatement): readonly ParsedStatement[] {
  return transactionsOf(file).find((transaction) => transaction.includes(statement)) ?? [statement];
}
