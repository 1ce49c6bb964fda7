import type { Catalogue, Relation } from "../model/catalogue.js";
import { columnOf } from "./catalogue.js";
import type { ExpressionOf, Leaf, Query } from "./query.js";
import { conjuncts, type Join, joins, leaves, partsOf } from "./query-walk.js";
import { bare, leafOf, relationBehind } from "./scope.js";

/** `LEFT JOIN x ON x.k = … WHERE x.other IS NULL`, where `other` is never null but for want of a row. */
export interface OuterNull {
  readonly relation: Relation;
  readonly alias: string;
  readonly tested: string;
  /** A column of the join's condition that would have done. */
  readonly joined: string;
}

function joinColumns({ on }: Join, leaf: Leaf, query: Query, catalogue: Catalogue): readonly string[] {
  return conjuncts(on)
    .filter((condition) => condition.kind === "operator" && condition.name === "=")
    .flatMap((condition) => partsOf(condition, "column"))
    .filter((column) => leafOf(column, query, catalogue) === leaf)
    .map(({ name }) => name);
}

function testsIn(query: Query): readonly ExpressionOf<"column">[] {
  return conjuncts(query.where).flatMap((condition) => {
    const column = condition.kind === "null test" && !condition.negated ? bare(condition.operands[0]) : undefined;
    return column?.kind === "column" ? [column] : [];
  });
}

function nullsOf(join: Join, query: Query, catalogue: Catalogue): readonly OuterNull[] {
  const [leaf, ...more] = leaves([join.right]);
  const relation = leaf && more.length === 0 ? relationBehind(leaf, catalogue) : null;
  if (join.join !== "left" || !leaf || !relation) return [];
  const joined = joinColumns(join, leaf, query, catalogue);
  const tested = testsIn(query).filter((column) => leafOf(column, query, catalogue) === leaf);
  const missing = tested.filter(({ name }) => columnOf(relation, name)?.notNull === true && !joined.includes(name));
  const isTestedWell = tested.some(({ name }) => joined.includes(name));
  const [key] = joined;
  return isTestedWell || key === undefined ? [] : missing.map(({ name }) => ({ relation, alias: leaf.alias, tested: name, joined: key }));
}

/** The outer joins of a level that ask for what is not there by a column that the planner does not take for that. */
export function outerNulls(query: Query, catalogue: Catalogue): readonly OuterNull[] {
  return joins(query.from).flatMap((join) => nullsOf(join, query, catalogue));
}
