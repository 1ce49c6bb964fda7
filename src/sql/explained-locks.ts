import { addedColumns } from "./added-columns.js";
import { type Alteration, alterationsOf } from "./alterations.js";
import { findAll, nodes } from "./postgres-tree.js";
import type { ParsedStatement } from "./tables.js";
import { volatileCall } from "./volatility.js";

/** Statements that a rule of its own judges, whatever they lock. */
const KINDS = [
  "IndexStmt",
  "ReindexStmt",
  "VacuumStmt",
  "ClusterStmt",
  "RefreshMatViewStmt",
  "TruncateStmt",
  "LockStmt",
  "RenameStmt",
  "CreateTrigStmt",
  "UpdateStmt",
  "DeleteStmt",
  "InsertStmt",
] as const;

const DROPS: ReadonlySet<string> = new Set(["OBJECT_TABLE", "OBJECT_INDEX"]);

/** Commands of ALTER TABLE that a rule of its own judges. */
const COMMANDS: ReadonlySet<string> = new Set([
  "AT_AddConstraint",
  "AT_DropConstraint",
  "AT_SetNotNull",
  "AT_AlterColumnType",
  "AT_AttachPartition",
  "AT_DetachPartition",
  "AT_SetLogged",
  "AT_SetUnLogged",
  "AT_SetTableSpace",
  "AT_SetAccessMethod",
]);

/** Constraints of a new column that its own rules look for. */
const INLINE: ReadonlySet<string> = new Set(["CONSTR_CHECK", "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_FOREIGN"]);

const hasInline = ({ command, column }: Alteration): boolean =>
  command === "AT_AddColumn" && nodes(column?.constraints, "Constraint").some(({ contype }) => INLINE.has(contype ?? ""));

/**
 * True when some rule about this kind of statement says what it locks, so that what was observed needs no
 * finding of its own. This is the list of what those rules look at; it knows no rule.
 */
export function isExplained(statement: ParsedStatement): boolean {
  const { tree } = statement;
  if (KINDS.some((kind) => findAll(tree, kind).length > 0)) return true;
  if (findAll(tree, "DropStmt").some(({ removeType }) => DROPS.has(removeType ?? ""))) return true;
  if (findAll(tree, "CreateStmt").some(({ partbound }) => partbound !== undefined)) return true;
  if (alterationsOf(statement).some((alteration) => COMMANDS.has(alteration.command) || hasInline(alteration))) return true;
  return addedColumns(statement).some(
    ({ numbering, stored, notNull, filled, defaultOf }) =>
      numbering !== null || stored || (notNull && !filled) || volatileCall(defaultOf) !== null,
  );
}
