import {
  child,
  children,
  functionArguments,
  functionName,
  type GenericNode,
  genericColumn,
  genericConstant,
  isNode,
  word,
} from "./generic-tree.js";
import type { Expression, Query } from "./query.js";

/** Reads a sub-query where an expression holds one. */
export type ReadGenericQuery = (select: GenericNode) => Query;

type Reader = (node: GenericNode, query: ReadGenericQuery) => Expression;

/** The select behind `(SELECT …)`: beside its lists of tables, or bare. */
export function selectIn(node: GenericNode | null): GenericNode | null {
  const inner = node && (child(node, "ast") ?? node);
  return inner && word(inner, "type") === "select" ? inner : null;
}

/** The child nodes of a node that has no meaning here, read as expressions. */
function loose(value: unknown, query: ReadGenericQuery): readonly Expression[] {
  if (Array.isArray(value)) return value.flatMap((item) => loose(item, query));
  if (!isNode(value)) return [];
  return hasMeaning(value) ? [genericExpression(value, query)] : Object.values(value).flatMap((item) => loose(item, query));
}

const side = (node: GenericNode, key: string, query: ReadGenericQuery): readonly Expression[] => {
  const value = child(node, key);
  return value ? [genericExpression(value, query)] : [];
};

function membership(node: GenericNode, negated: boolean, query: ReadGenericQuery): Expression {
  const left = side(node, "left", query);
  const list = child(node, "right");
  const items = list && word(list, "type") === "expr_list" ? children(list, "value") : children(node, "right");
  const select = items.length === 1 ? selectIn(items[0] ?? null) : null;
  if (select) return { kind: "in query", negated, operands: left, query: query(select) };
  return { kind: "in", negated, operands: [...left, ...items.map((item) => genericExpression(item, query))] };
}

const isNull = (node: GenericNode | null): boolean => node !== null && word(node, "type") === "null";

function binary(node: GenericNode, query: ReadGenericQuery): Expression {
  const name = (word(node, "operator") ?? "").toUpperCase();
  if (name === "IN" || name === "NOT IN") return membership(node, name === "NOT IN", query);
  const test = (name === "IS" || name === "IS NOT") && isNull(child(node, "right"));
  if (test) return { kind: "null test", negated: name === "IS NOT", operands: side(node, "left", query) };
  const right = child(node, "right");
  const list = right && word(right, "type") === "expr_list" ? children(right, "value") : children(node, "right");
  const operands = [...side(node, "left", query), ...list.map((item) => genericExpression(item, query))];
  if (name === "AND" || name === "OR") return { kind: name === "AND" ? "and" : "or", operands };
  return { kind: "operator", name: name === "!=" ? "<>" : name, operands };
}

function negation(operands: readonly Expression[]): Expression {
  const [operand] = operands;
  if (operand?.kind === "in" || operand?.kind === "in query") return { ...operand, negated: !operand.negated };
  return { kind: "not", operands };
}

function exists(argument: GenericNode | null, query: ReadGenericQuery): Expression | null {
  const select = selectIn(argument);
  return select && { kind: "query", exists: true, query: query(select), operands: [] };
}

const unary: Reader = (node, query) => {
  const name = (word(node, "operator") ?? "").toUpperCase();
  const inner = name === "NOT EXISTS" ? exists(child(node, "expr"), query) : null;
  if (inner) return { kind: "not", operands: [inner] };
  const operands = side(node, "expr", query);
  return name === "NOT" ? negation(operands) : { kind: "operator", name, operands };
};

const call: Reader = (node, query) => {
  const name = functionName(node);
  const given = functionArguments(node);
  const found = name === "exists" ? exists(given[0] ?? null, query) : null;
  if (found) return found;
  const operands = given.map((argument) => genericExpression(argument, query));
  return name === "not" ? negation(operands) : { kind: "call", name, over: child(node, "over") !== null, operands };
};

const READERS: Readonly<Record<string, Reader>> = {
  column_ref: (node) => {
    const name = genericColumn(node) ?? "*";
    // T-SQL's variables are read as columns.
    return name.startsWith("@") ? { kind: "parameter" } : { kind: "column", qualifier: word(node, "table"), name };
  },
  star: () => ({ kind: "column", qualifier: null, name: "*" }),
  null: () => ({ kind: "constant", value: null }),
  param: () => ({ kind: "parameter" }),
  var: () => ({ kind: "parameter" }),
  origin: () => ({ kind: "parameter" }),
  binary_expr: binary,
  unary_expr: unary,
  function: call,
  aggr_func: (node, query) => {
    const name = (word(node, "name") ?? "").toLowerCase();
    return { kind: "call", name, over: child(node, "over") !== null, operands: loose(child(node, "args"), query) };
  },
  cast: (node, query) => {
    const type = (word(children(node, "target")[0] ?? {}, "dataType") ?? "").toLowerCase();
    return { kind: "cast", type, operands: side(node, "expr", query) };
  },
  expr_list: (node, query) => ({ kind: "row", operands: children(node, "value").map((item) => genericExpression(item, query)) }),
};

const readerOf = (node: GenericNode): Reader | null => {
  const type = word(node, "type") ?? "";
  return Object.hasOwn(READERS, type) ? (READERS[type] ?? null) : null;
};

const hasMeaning = (node: GenericNode): boolean =>
  readerOf(node) !== null || selectIn(node) !== null || genericConstant(node) !== undefined;

/** node-sql-parser's expression as {@link Expression}. */
export function genericExpression(node: GenericNode, query: ReadGenericQuery): Expression {
  const value = genericConstant(node);
  if (value !== undefined) return { kind: "constant", value };
  const select = selectIn(node);
  if (select) return { kind: "query", exists: false, query: query(select), operands: [] };
  const reader = readerOf(node);
  return reader ? reader(node, query) : { kind: "other", operands: Object.values(node).flatMap((item) => loose(item, query)) };
}
