import type { Catalogue, Column, Index, Relation } from "../model/catalogue.js";
import type { Dialect } from "../model/statements.js";
import { columnOf, isWhole } from "./catalogue.js";
import type { Expression, Query } from "./query.js";
import { conditions, conjuncts } from "./query-walk.js";
import { leafOf, relationBehind } from "./scope.js";

/** An indexed column that the database converts before it compares, in every row. */
export interface CastColumn {
  readonly relation: Relation;
  readonly column: Column;
  readonly index: Index;
  /** What it is compared with, as far as it matters: `a number`, `numeric`. */
  readonly other: string;
}

const INTEGERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);
/** Wider than any integer by PostgreSQL's rules: the integer is converted, not they. */
const FRACTIONAL: ReadonlySet<string> = new Set(["numeric", "float4", "float8"]);

function postgresOther({ type }: Column, value: Expression): string | null {
  if (!INTEGERS.has(type)) return null;
  if (value.kind === "cast") return FRACTIONAL.has(value.type) ? value.type : null;
  return value.kind === "constant" && typeof value.value === "number" && !Number.isInteger(value.value) ? "numeric" : null;
}

const isText = (type: string): boolean => type.startsWith("varchar") || type.startsWith("char") || type.endsWith("text");

/** MySQL compares a text with a number as two floating-point numbers. */
const mysqlOther = ({ type }: Column, value: Expression): string | null =>
  isText(type) && value.kind === "constant" && typeof value.value === "number" ? "a number" : null;

const COMPARISONS: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">="]);

function sides(condition: Expression): readonly (readonly [Expression, Expression])[] {
  const isComparison = condition.kind === "in" ? !condition.negated : condition.kind === "operator" && COMPARISONS.has(condition.name);
  if (!isComparison || !("operands" in condition)) return [];
  const [left, right] = condition.operands;
  return left && right
    ? [
        [left, right],
        [right, left],
      ]
    : [];
}

/** The comparisons of a level that make the database convert an index's first column. */
export function castColumns(query: Query, catalogue: Catalogue, dialect: Dialect): readonly CastColumn[] {
  return conditions(query)
    .flatMap(conjuncts)
    .flatMap(sides)
    .flatMap(([own, value]) => {
      const leaf = own.kind === "column" ? leafOf(own, query, catalogue) : null;
      const relation = leaf && relationBehind(leaf, catalogue);
      const column = relation && own.kind === "column" ? columnOf(relation, own.name) : null;
      if (!relation || !column) return [];
      const other = dialect === "postgresql" ? postgresOther(column, value) : mysqlOther(column, value);
      const index = relation.indexes.find((one) => isWhole(one) && one.keys[0]?.column === column.name);
      return other !== null && index ? [{ relation, column, index, other }] : [];
    });
}
