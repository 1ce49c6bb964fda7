import type { Expression, ExpressionOf, Leaf, Query, Source } from "./query.js";

const operandsOf = (expression: Expression): readonly Expression[] => ("operands" in expression ? expression.operands : []);

/** An expression and everything inside it, but for what stands in its sub-queries. */
export function parts(expression: Expression | null): readonly Expression[] {
  return expression === null ? [] : [expression, ...operandsOf(expression).flatMap(parts)];
}

/** The parts of one kind. */
export function partsOf<K extends Expression["kind"]>(expression: Expression | null, kind: K): readonly ExpressionOf<K>[] {
  return parts(expression).filter((part): part is ExpressionOf<K> => part.kind === kind);
}

/** What must hold all at once: the operands of AND, at any depth. */
export function conjuncts(condition: Expression | null): readonly Expression[] {
  if (condition === null) return [];
  return condition.kind === "and" ? condition.operands.flatMap(conjuncts) : [condition];
}

/** The tables, sub-queries and functions of a FROM, without the joins between them. */
export function leaves(sources: readonly Source[]): readonly Leaf[] {
  return sources.flatMap((source) => (source.kind === "join" ? leaves([source.left, source.right]) : [source]));
}

export type Join = Extract<Source, { readonly kind: "join" }>;

export function joins(sources: readonly Source[]): readonly Join[] {
  return sources.flatMap((source) => (source.kind === "join" ? [source, ...joins([source.left, source.right])] : []));
}

/** WHERE and every ON: what decides which rows are read. */
export function conditions(query: Query): readonly Expression[] {
  return [query.where, ...joins(query.from).map(({ on }) => on)].filter((condition) => condition !== null);
}

/** Every expression of one level. */
export function expressions(query: Query): readonly Expression[] {
  const single = [...conditions(query), query.having, query.limit].filter((expression) => expression !== null);
  const rows = leaves(query.from).flatMap((leaf) => (leaf.kind === "rows" ? leaf.operands : []));
  return [...query.outputs.map(({ expression }) => expression), ...single, ...query.groupBy, ...query.orderBy, ...rows, ...query.rest];
}

function inner(query: Query): readonly Query[] {
  const nested = expressions(query)
    .flatMap(parts)
    .flatMap((part) => ("query" in part ? [part.query] : []));
  const sources = leaves(query.from).flatMap((leaf) => (leaf.kind === "subquery" ? [leaf.query] : []));
  return [...query.ctes.map((cte) => cte.query), ...(query.arms?.queries ?? []), ...sources, ...nested];
}

/** A query and all inside it: CTEs, arms of a UNION, sub-queries. */
export function levels(query: Query): readonly Query[] {
  return [query, ...inner(query).flatMap(levels)];
}
