import {
  child,
  children,
  findNodes,
  functionArguments,
  functionName,
  type GenericNode,
  genericColumn,
  genericConstant,
  word,
} from "./generic-tree.js";
import { columnName, constant, findAll, names, node } from "./postgres-tree.js";
import type { ParsedStatement } from "./tables.js";

/** A LIKE in a condition, on a column where it is on one. */
export interface Pattern {
  readonly column: string | null;
  readonly operator: "LIKE" | "ILIKE";
  /** The pattern begins with a wildcard, as far as the text tells. */
  readonly leading: boolean;
}

const startsWild = (value: unknown): boolean => typeof value === "string" && (value.startsWith("%") || value.startsWith("_"));

// These keep or fold their first argument's first character.
const FIRST_ARGUMENT: ReadonlySet<string> = new Set(["concat", "lower", "upper"]);

function isLeading(expression: unknown): boolean {
  const value = constant(expression);
  if (value !== undefined) return startsWild(value);
  const cast = node(expression, "TypeCast");
  if (cast) return isLeading(cast.arg);
  const list = node(expression, "A_ArrayExpr");
  if (list) return (list.elements ?? []).some(isLeading);
  const call = node(expression, "FuncCall");
  if (call) return FIRST_ARGUMENT.has(names(call.funcname).at(-1) ?? "") && isLeading(call.args?.[0]);
  const joined = node(expression, "A_Expr");
  return joined !== null && names(joined.name)[0] === "||" && isLeading(joined.lexpr);
}

// What the grammar makes of LIKE and ILIKE; NOT LIKE is another operator, and no index serves it anyway.
const OPERATORS: Readonly<Record<string, Pattern["operator"]>> = { "~~": "LIKE", "~~*": "ILIKE" };

function postgresConditions(tree: unknown): readonly unknown[] {
  return [
    ...findAll(tree, "SelectStmt").map((select) => select.whereClause),
    ...findAll(tree, "UpdateStmt").map((update) => update.whereClause),
    ...findAll(tree, "DeleteStmt").map((remove) => remove.whereClause),
    ...findAll(tree, "JoinExpr").map((join) => join.quals),
  ];
}

function postgresPatterns(tree: unknown): readonly Pattern[] {
  const comparisons = new Set(postgresConditions(tree).flatMap((condition) => findAll(condition, "A_Expr")));
  return [...comparisons].flatMap((comparison) => {
    const operator = OPERATORS[names(comparison.name)[0] ?? ""];
    if (operator === undefined) return [];
    const column = columnName(comparison.lexpr) ?? names(findAll(comparison.lexpr, "ColumnRef")[0]?.fields).at(-1) ?? null;
    return [{ column, operator, leading: isLeading(comparison.rexpr) }];
  });
}

function isLeadingGeneric(expression: GenericNode | null): boolean {
  const value = genericConstant(expression);
  if (value !== undefined || !expression) return startsWild(value);
  if (word(expression, "type") === "function")
    return FIRST_ARGUMENT.has(functionName(expression)) && isLeadingGeneric(functionArguments(expression)[0] ?? null);
  const operator = word(expression, "operator");
  return (operator === "||" || operator === "+") && isLeadingGeneric(child(expression, "left"));
}

function genericConditions(tree: unknown): readonly (GenericNode | null)[] {
  const statements = findNodes(tree, "select", "update", "delete");
  return statements.flatMap((statement) => [
    child(statement, "where"),
    ...[...children(statement, "from"), ...children(statement, "table")].map((place) => child(place, "on")),
  ]);
}

function genericPatterns(tree: unknown): readonly Pattern[] {
  const comparisons = new Set(genericConditions(tree).flatMap((condition) => findNodes(condition, "binary_expr")));
  return [...comparisons].flatMap((comparison) => {
    const operator = (word(comparison, "operator") ?? "").toUpperCase();
    if (operator !== "LIKE" && operator !== "ILIKE") return [];
    const left = child(comparison, "left");
    const column = genericColumn(left) ?? genericColumn(findNodes(left, "column_ref")[0] ?? null);
    return [{ column, operator, leading: isLeadingGeneric(child(comparison, "right")) }];
  });
}

/** The LIKEs that decide which rows a statement reads: those of WHERE and ON, at any depth, without NOT. */
export function patternsOf(statement: ParsedStatement): readonly Pattern[] {
  return statement.dialect === "postgresql" ? postgresPatterns(statement.tree) : genericPatterns(statement.tree);
}
