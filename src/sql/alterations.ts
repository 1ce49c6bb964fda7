import { type ColumnDef, type Constraint, columnName, findAll, names, node, nodes } from "./postgres-tree.js";
import { remembered } from "./remembered.js";
import { isSameTable, type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** One command of a PostgreSQL ALTER TABLE. */
export interface Alteration {
  readonly table: Table;
  /** libpg-query's name of the command: `AT_SetNotNull`. */
  readonly command: string;
  /** The column or constraint that it names. */
  readonly name: string | null;
  readonly constraint: Constraint | null;
  readonly column: ColumnDef | null;
  /** DETACH PARTITION … CONCURRENTLY. */
  readonly concurrent: boolean;
  /** What the command is about, as the tree has it: a partition, an option, … */
  readonly definition: unknown;
}

/** The commands of a statement's ALTER TABLEs in their order; also inside a DO block. */
export const alterationsOf = remembered((statement: ParsedStatement): readonly Alteration[] => {
  if (statement.dialect !== "postgresql") return [];
  return findAll(statement.tree, "AlterTableStmt").flatMap((alter) => {
    const table = alter.objtype === "OBJECT_TABLE" ? postgresTable(alter.relation) : null;
    if (!table) return [];
    return nodes(alter.cmds, "AlterTableCmd").map((command) => ({
      table,
      command: command.subtype ?? "",
      name: command.name ?? null,
      constraint: node(command.def, "Constraint"),
      column: node(command.def, "ColumnDef"),
      concurrent: node(command.def, "PartitionCmd")?.concurrent === true,
      definition: command.def,
    }));
  });
});

/**
 * An ALTER TABLE of one command with more words behind it: `NOT VALID`. Null where they would not belong to
 * that command alone, or could end up in a comment.
 */
export function withWords(statement: ParsedStatement, words: string): string | null {
  if (!node(statement.tree, "AlterTableStmt") || alterationsOf(statement).length !== 1 || statement.sql.includes("--")) return null;
  return `${statement.sql.trim().replace(/;$/, "").trimEnd()} ${words};`;
}

/** The columns that a CHECK keeps from being null: `a IS NOT NULL AND b IS NOT NULL`. */
function notNullColumns(expression: unknown): readonly string[] {
  const logic = node(expression, "BoolExpr");
  if (logic?.boolop === "AND_EXPR") return (logic.args ?? []).flatMap(notNullColumns);
  const test = node(expression, "NullTest");
  const column = test?.nulltesttype === "IS_NOT_NULL" ? columnName(test.arg) : null;
  return column === null ? [] : [column];
}

function provenBy({ command, constraint, column }: Alteration): readonly string[] {
  if (command === "AT_AddColumn" && column?.colname !== undefined)
    return nodes(column.constraints, "Constraint").some((part) => part.contype === "CONSTR_NOTNULL") ? [column.colname] : [];
  if (command !== "AT_AddConstraint" || !constraint) return [];
  return constraint.contype === "CONSTR_NOTNULL" ? names(constraint.keys) : notNullColumns(constraint.raw_expr);
}

/** True when these changes themselves prove, by a validated constraint, that the column holds no null. */
export function isProvenNotNull(alterations: readonly Alteration[], table: Table, column: string): boolean {
  const own = alterations.filter((alteration) => isSameTable(alteration.table, table));
  const validated = new Set(own.filter(({ command }) => command === "AT_ValidateConstraint").map(({ name }) => name));
  return own.some((alteration) => {
    const { constraint } = alteration;
    const valid = !constraint?.skip_validation || validated.has(constraint.conname ?? null);
    return valid && provenBy(alteration).includes(column);
  });
}

/** True when the statement alters the table under a lock that others wait for; VALIDATE CONSTRAINT has a weak one. */
export function isAltered(statement: ParsedStatement, table: Table): boolean {
  return alterationsOf(statement).some(
    (alteration) => alteration.command !== "AT_ValidateConstraint" && isSameTable(alteration.table, table),
  );
}
