import { constant, isObject, type Kind, type NodeOf, names, node } from "./postgres-tree.js";
import { SHORT_PARAMETER } from "./prepare.js";
import type { Expression, Query } from "./query.js";

/** Reads a sub-query where an expression holds one. */
export type ReadQuery = (select: unknown) => Query;

type Readers = { readonly [K in Kind]?: (value: NodeOf<K>, query: ReadQuery) => Expression };

const OPERATORS: Readonly<Record<string, string>> = { "~~": "LIKE", "!~~": "NOT LIKE", "~~*": "ILIKE", "!~~*": "NOT ILIKE", "!=": "<>" };

const operatorName = (list: readonly unknown[] | undefined): string => {
  const name = names(list).at(-1) ?? "=";
  return OPERATORS[name] ?? name;
};

/** NOT before a test that has its own negation is that. */
function negated(operands: readonly Expression[]): Expression {
  const [operand] = operands;
  if (operand?.kind === "in" || operand?.kind === "in query" || operand?.kind === "null test")
    return { ...operand, negated: !operand.negated };
  return { kind: "not", operands };
}

const inQuery = (left: unknown, select: unknown, isNegated: boolean, query: ReadQuery): Expression => ({
  kind: "in query",
  negated: isNegated,
  operands: left === undefined ? [] : [postgresExpression(left, query)],
  query: query(select),
});

function subLink({ subLinkType, testexpr, operName, subselect }: NodeOf<"SubLink">, query: ReadQuery): Expression {
  const operator = operatorName(operName);
  if (subLinkType === "ANY_SUBLINK" && operator === "=") return inQuery(testexpr, subselect, false, query);
  if (subLinkType === "ALL_SUBLINK" && operator === "<>") return inQuery(testexpr, subselect, true, query);
  const operands = testexpr === undefined ? [] : [postgresExpression(testexpr, query)];
  return { kind: "query", exists: subLinkType === "EXISTS_SUBLINK", query: query(subselect), operands };
}

function operator({ kind, name, lexpr, rexpr }: NodeOf<"A_Expr">, query: ReadQuery): Expression {
  const right = node(rexpr, "List")?.items ?? [rexpr];
  const operands = [lexpr, ...right].filter((side) => side !== undefined).map((side) => postgresExpression(side, query));
  const own = operatorName(name);
  if (kind === "AEXPR_IN") return { kind: "in", negated: own === "<>", operands };
  if (kind === "AEXPR_OP_ANY" && own === "=") return { kind: "in", negated: false, operands };
  if (kind === "AEXPR_OP_ALL" && own === "<>") return { kind: "in", negated: true, operands };
  if (kind === "AEXPR_DISTINCT") return { kind: "operator", name: "IS DISTINCT FROM", operands };
  if (kind === "AEXPR_NOT_DISTINCT") return { kind: "operator", name: "IS NOT DISTINCT FROM", operands };
  return kind === "AEXPR_NULLIF" ? { kind: "call", name: "nullif", over: false, operands } : { kind: "operator", name: own, operands };
}

function column({ fields }: NodeOf<"ColumnRef">): Expression {
  const path = names(fields);
  // `t.*` ends with a node that has no name.
  const whole = [...path, ...((fields ?? []).length > path.length ? ["*"] : [])];
  const name = whole.at(-1) ?? "*";
  return name === SHORT_PARAMETER ? { kind: "parameter" } : { kind: "column", qualifier: whole.at(-2) ?? null, name };
}

const all = (list: readonly unknown[] | undefined, query: ReadQuery): readonly Expression[] =>
  (list ?? []).map((item) => postgresExpression(item, query));

const typeName = ({ typeName: type }: NodeOf<"TypeCast">): string =>
  `${names(type?.names).at(-1) ?? ""}${type?.arrayBounds === undefined ? "" : "[]"}`;

const READERS: Readers = {
  ColumnRef: column,
  ParamRef: () => ({ kind: "parameter" }),
  A_Const: (value) => ({ kind: "constant", value: constant({ A_Const: value }) ?? null }),
  TypeCast: (cast, query) => ({ kind: "cast", type: typeName(cast), operands: [postgresExpression(cast.arg, query)] }),
  A_Expr: operator,
  SubLink: subLink,
  BoolExpr: ({ boolop, args }, query) => {
    const operands = all(args, query);
    if (boolop === "NOT_EXPR") return negated(operands);
    return { kind: boolop === "OR_EXPR" ? "or" : "and", operands };
  },
  NullTest: ({ arg, nulltesttype }, query) => ({
    kind: "null test",
    negated: nulltesttype === "IS_NOT_NULL",
    operands: [postgresExpression(arg, query)],
  }),
  FuncCall: (call, query) => ({
    kind: "call",
    name: names(call.funcname).at(-1) ?? "",
    over: call.over !== undefined,
    operands: all([...(call.args ?? []), ...(call.agg_filter === undefined ? [] : [call.agg_filter])], query),
  }),
  CoalesceExpr: ({ args }, query) => ({ kind: "call", name: "coalesce", over: false, operands: all(args, query) }),
  RowExpr: ({ args }, query) => ({ kind: "row", operands: all(args, query) }),
  A_ArrayExpr: ({ elements }, query) => ({ kind: "array", operands: all(elements, query) }),
};

const isReader = (kind: string): kind is Kind => Object.hasOwn(READERS, kind);

function read<K extends Kind>(tree: unknown, kind: K, query: ReadQuery): Expression | null {
  const value = node(tree, kind);
  return value === null ? null : (READERS[kind]?.(value, query) ?? null);
}

/** The expressions inside a node that has no meaning here: a CASE's branches, a slice's array. */
export function looseExpressions(tree: unknown, query: ReadQuery): readonly Expression[] {
  if (Array.isArray(tree)) return tree.flatMap((item) => looseExpressions(item, query));
  if (!isObject(tree)) return [];
  const own = Object.keys(tree).find(isReader);
  const found = own === undefined ? null : read(tree, own, query);
  return found ? [found] : Object.values(tree).flatMap((child) => looseExpressions(child, query));
}

/** libpg-query's expression as {@link Expression}. */
export function postgresExpression(tree: unknown, query: ReadQuery): Expression {
  const [only, ...more] = looseExpressions([tree], query);
  const isItself = isObject(tree) && Object.keys(tree).some(isReader);
  if (only && more.length === 0 && isItself) return only;
  return { kind: "other", operands: only ? [only, ...more] : [] };
}
