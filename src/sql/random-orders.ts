import { child, children, findNodes, functionName, type GenericNode, genericColumn, genericConstant, word } from "./generic-tree.js";
import { columnName, constant, findAll, names, node, nodes } from "./postgres-tree.js";
import type { ParsedStatement } from "./tables.js";

const RANDOM: ReadonlySet<string> = new Set(["random", "rand", "newid", "gen_random_uuid"]);

/** The random function in an expression, by its name; undefined when there is none. */
const postgresRandom = (expression: unknown): string | undefined =>
  findAll(expression, "FuncCall")
    .map((call) => names(call.funcname).at(-1) ?? "")
    .find((name) => RANDOM.has(name));

const genericRandom = (expression: GenericNode | null): string | undefined =>
  findNodes(expression, "function")
    .map(functionName)
    .find((name) => RANDOM.has(name));

type Select = ReturnType<typeof findAll<"SelectStmt">>[number];

/** True for a FROM item of few rows: a sub-query with a LIMIT or without a table, a function's rows. */
function isSmall(item: unknown): boolean {
  const subquery = node(item, "RangeSubselect")?.subquery;
  if (subquery !== undefined) return node(subquery, "SelectStmt")?.limitCount !== undefined || findAll(subquery, "RangeVar").length === 0;
  return node(item, "RangeVar") === null && node(item, "JoinExpr") === null;
}

/** ORDER BY may name an output column, or count to it. */
function sortedBy(select: Select, expression: unknown): unknown {
  const outputs = nodes(select.targetList, "ResTarget");
  const value = constant(expression);
  if (typeof value === "number") return outputs[value - 1]?.val;
  const column = columnName(expression);
  return (column === null ? undefined : outputs.find((output) => output.name === column)?.val) ?? expression;
}

function postgresOrders(select: Select): readonly string[] {
  if (select.op === "SETOP_NONE" && (select.fromClause ?? []).every(isSmall)) return [];
  return nodes(select.sortClause, "SortBy").flatMap((sort) => postgresRandom(sortedBy(select, sort.node)) ?? []);
}

function isSmallGeneric(item: GenericNode): boolean {
  const query = child(item, "expr");
  const select = query && child(query, "ast");
  return select !== null && child(select, "limit") !== null;
}

function genericOrders(select: GenericNode): readonly string[] {
  if (children(select, "from").every(isSmallGeneric)) return [];
  const outputs = children(select, "columns");
  return children(select, "orderby").flatMap((sort) => {
    const expression = child(sort, "expr");
    const value = genericConstant(expression);
    const column = genericColumn(expression);
    const output =
      typeof value === "number" ? outputs[value - 1] : outputs.find((candidate) => column !== null && word(candidate, "as") === column);
    return genericRandom((output && child(output, "expr")) ?? expression) ?? [];
  });
}

/** The random functions that a statement's queries over tables are ordered by, at any depth. */
export function randomOrdersOf(statement: ParsedStatement): readonly string[] {
  if (statement.dialect !== "postgresql") return findNodes(statement.tree, "select").flatMap(genericOrders);
  return findAll(statement.tree, "SelectStmt").flatMap(postgresOrders);
}
