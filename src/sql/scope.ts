import type { Catalogue, Relation } from "../model/catalogue.js";
import { columnOf, relationOf } from "./catalogue.js";
import type { Expression, ExpressionOf, Leaf, Query } from "./query.js";
import { conditions, conjuncts, leaves, parts } from "./query-walk.js";
import { tableName } from "./tables.js";

type ColumnExpression = ExpressionOf<"column">;

/** The table behind a leaf, where the catalogue has it. */
export function relationBehind(leaf: Leaf, catalogue: Catalogue | null): Relation | null {
  return leaf.kind === "table" && catalogue ? relationOf(catalogue, leaf.table) : null;
}

/** The relation's name as queries write it: without the schema that is searched first. */
export const shortName = ({ schema, name }: Relation): string => (schema === "public" ? name : tableName({ schema, name }));

const isNamed = (leaf: Leaf, qualifier: string): boolean =>
  leaf.alias === qualifier || (leaf.kind === "table" && leaf.alias === "" && leaf.table.name === qualifier);

/**
 * Whose column it is, among the sources of this level; null when it may be another's: of an outer level, or
 * unqualified among several of which not all are known.
 */
export function leafOf(column: ColumnExpression, query: Query, catalogue: Catalogue | null): Leaf | null {
  const sources = leaves(query.from);
  const { qualifier } = column;
  if (qualifier !== null) return sources.find((leaf) => isNamed(leaf, qualifier)) ?? null;
  const known = sources.map((leaf) => ({ leaf, relation: relationBehind(leaf, catalogue) }));
  const having = known.filter(({ relation }) => relation && columnOf(relation, column.name));
  if (known.every(({ relation }) => relation)) return having.length === 1 ? (having[0]?.leaf ?? null) : null;
  return sources.length === 1 ? (sources[0] ?? null) : null;
}

/** An expression without the casts around it. */
export function bare(expression: Expression | undefined): Expression | undefined {
  return expression?.kind === "cast" ? bare(expression.operands[0]) : expression;
}

/** True when nothing in it depends on a row: constants, parameters, functions of these, sub-queries. */
export const isGiven = (expression: Expression): boolean => parts(expression).every((part) => part.kind !== "column");

/** `column = x` or `column IN (…)` among the conditions that all must hold. */
export interface Equality {
  readonly column: ColumnExpression;
  /** What it is equal to; several for IN. */
  readonly values: readonly Expression[];
}

/** `(a, b) = (x, y)` is two equalities; of `IN ((x, y), …)` the first stands for all. */
const pairs = (left: readonly Expression[], right: readonly Expression[]): readonly Equality[] =>
  left.flatMap((own, place) => {
    const value = right[place];
    return own.kind === "column" ? [{ column: own, values: value ? [value] : [] }] : [];
  });

function equalitiesIn(condition: Expression): readonly Equality[] {
  if (condition.kind === "in query") {
    const column = bare(condition.operands[0]);
    return column?.kind === "column" && !condition.negated ? [{ column, values: [] }] : [];
  }
  const isIn = condition.kind === "in" && !condition.negated;
  if (!isIn && !(condition.kind === "operator" && condition.name === "=")) return [];
  const [left, ...rest] = condition.operands;
  if (left?.kind === "row" && rest[0]?.kind === "row") return pairs(left.operands, rest[0].operands);
  const sides = [{ own: left, values: rest }, ...(isIn ? [] : [{ own: rest[0], values: left ? [left] : [] }])];
  return sides.flatMap(({ own, values }) => (own?.kind === "column" ? [{ column: own, values }] : []));
}

/** The equalities that every row of this level fulfils. */
export function equalities(query: Query): readonly Equality[] {
  return conditions(query).flatMap(conjuncts).flatMap(equalitiesIn);
}

/** The columns of one source that are equal to something given: not to a column of another source. */
export function givenColumns(query: Query, leaf: Leaf, catalogue: Catalogue | null): readonly string[] {
  return equalities(query)
    .filter(({ column, values }) => values.every(isGiven) && leafOf(column, query, catalogue) === leaf)
    .map(({ column }) => column.name);
}
