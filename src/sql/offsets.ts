import { child, children, findNodes, type GenericNode, genericConstant, word } from "./generic-tree.js";
import { constant, findAll } from "./postgres-tree.js";
import type { ParsedStatement } from "./tables.js";

/** Rows that a query skips; `at run time` when a parameter or an expression says how many. */
export type Offset = number | "at run time";

const GIVEN = ["ParamRef", "ColumnRef", "FuncCall", "SubLink"] as const;

function postgresOffset(expression: unknown): readonly Offset[] {
  if (expression === undefined) return [];
  const value = constant(expression);
  // An expression of constants alone is as small as somebody wrote it.
  if (value === undefined) return GIVEN.some((kind) => findAll(expression, kind).length > 0) ? ["at run time"] : [];
  return Number.isFinite(Number(value ?? Number.NaN)) ? [Number(value)] : [];
}

/** `LIMIT 5 OFFSET 10`, MySQL's `LIMIT 10, 5`, and T-SQL's `OFFSET 10 ROWS`. */
function offsetNode(limit: GenericNode): GenericNode | null {
  const rows = child(limit, "offset");
  if (rows) return child(rows, "value");
  const values = children(limit, "value");
  if (values.length < 2) return null;
  return (word(limit, "seperator") === "," ? values[0] : values[1]) ?? null;
}

function genericOffset(select: GenericNode): readonly Offset[] {
  const limit = child(select, "limit");
  const offset = limit && offsetNode(limit);
  if (!offset) return [];
  const value = genericConstant(offset);
  return [typeof value === "number" ? value : "at run time"];
}

/** The OFFSETs of a statement's queries, at any depth. */
export function offsetsOf(statement: ParsedStatement): readonly Offset[] {
  if (statement.dialect !== "postgresql") return findNodes(statement.tree, "select").flatMap(genericOffset);
  return findAll(statement.tree, "SelectStmt").flatMap((select) => postgresOffset(select.limitOffset));
}
