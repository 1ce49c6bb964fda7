import type { StatementFile } from "../model/statements.js";
import { statementsBefore } from "./file-order.js";
import { constant, findAll } from "./postgres-tree.js";
import { remembered } from "./remembered.js";
import type { ParsedStatement } from "./tables.js";

interface Setting {
  readonly limits: boolean;
  /** SET LOCAL: until the transaction ends. */
  readonly local: boolean;
}

const settingOf = remembered(({ tree, dialect }: ParsedStatement): Setting | null => {
  if (dialect !== "postgresql") return null;
  const setting = findAll(tree, "VariableSetStmt").findLast((candidate) => candidate.name === "lock_timeout");
  if (!setting) return null;
  const value = constant(setting.args?.[0]);
  return { limits: setting.kind === "VAR_SET_VALUE" && value !== 0 && value !== "0", local: setting.is_local === true };
});

/** True when the statement limits the wait for locks, false when it lifts the limit, null when it does neither. */
export function setsLockTimeout(statement: ParsedStatement): boolean | null {
  return settingOf(statement)?.limits ?? null;
}

const ENDS: ReadonlySet<string> = new Set(["TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK"]);
const endsTransaction = ({ tree }: ParsedStatement): boolean => findAll(tree, "TransactionStmt").some(({ kind }) => ENDS.has(kind ?? ""));

/** Whether a lock_timeout set earlier in the file still holds at this statement. */
export function isLockLimited(statement: ParsedStatement, file: StatementFile): boolean {
  let session = false;
  let local: boolean | null = null;
  for (const earlier of statementsBefore(statement, file)) {
    if (earlier.state !== "parsed") continue;
    const setting = settingOf(earlier);
    if (setting?.local) local = setting.limits;
    else if (setting) [session, local] = [setting.limits, null];
    else if (endsTransaction(earlier)) local = null;
  }
  return local ?? session;
}
