import type { StatementFile } from "../model/statements.js";
import { type Alteration, alterationsOf } from "./alterations.js";
import { statementsBefore } from "./file-order.js";
import { addedConstraints } from "./key-constraints.js";
import type { Constraint } from "./postgres-tree.js";
import { isSameTable, type ParsedStatement, type Table } from "./tables.js";
import { shareTransaction } from "./transactions.js";

/** VALIDATE CONSTRAINT while the lock of the ADD … NOT VALID before it may still be held. */
export interface EarlyValidation {
  readonly table: Table;
  readonly name: string;
  readonly constraint: Constraint;
  /** False where nobody knows whether both run in one transaction. */
  readonly certain: boolean;
}

function addedBefore({ table, name }: Alteration, statement: ParsedStatement, file: StatementFile, type: string): EarlyValidation | null {
  for (const earlier of statementsBefore(statement, file)) {
    if (earlier.state !== "parsed" || name === null) continue;
    const own = alterationsOf(earlier).filter((alteration) => isSameTable(alteration.table, table));
    const constraint = own.flatMap(addedConstraints).find(({ conname, contype }) => conname === name && contype === type);
    const shared = constraint && shareTransaction(earlier, statement, file);
    if (shared && shared !== "no") return { table, name, constraint, certain: shared === "yes" };
  }
  return null;
}

/** The constraints of one kind (`CONSTR_CHECK`) that a statement validates too early: the scan runs under the lock that NOT VALID avoids it under. */
export function earlyValidations(statement: ParsedStatement, file: StatementFile, type: string): readonly EarlyValidation[] {
  const validations = alterationsOf(statement).filter(({ command }) => command === "AT_ValidateConstraint");
  return validations.flatMap((alteration) => addedBefore(alteration, statement, file, type) ?? []);
}
