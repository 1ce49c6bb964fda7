import type { Catalogue, Index, Relation } from "../model/catalogue.js";
import { columnOf, indexLedBy, isWhole } from "./catalogue.js";
import { tokenize } from "./lexer.js";
import type { Expression, ExpressionOf, Leaf, Query } from "./query.js";
import { conditions, conjuncts, parts } from "./query-walk.js";
import { equalities, isGiven, leafOf, relationBehind } from "./scope.js";

/** A comparison of a column that an index begins with, in a form that the index does not hold. */
export interface WrappedColumn {
  readonly relation: Relation;
  readonly column: string;
  readonly index: Index;
  /** What is done to the column: `lower()`, `+`, `::date`. */
  readonly wrapper: string;
}

const COMPARISONS: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">=", "BETWEEN", "LIKE"]);
const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "||"]);
/** format_type's words for the names that the grammar gives to types. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  bool: "boolean",
  timestamptz: "timestamp with time zone",
  timestamp: "timestamp without time zone",
};
/** Casts that leave the value as the index holds it. */
const TEXTS: ReadonlySet<string> = new Set(["text", "varchar", "bpchar"]);

function wrapperOf(expression: Expression, type: string): string | null {
  if (expression.kind === "call" && !expression.over) return `${expression.name}()`;
  if (expression.kind === "operator") return ARITHMETIC.has(expression.name) ? expression.name : null;
  if (expression.kind !== "cast") return null;
  const [inner] = expression.operands;
  if (inner && inner.kind !== "column") return wrapperOf(inner, type);
  const keeps = TEXTS.has(expression.type) && (type === "text" || type.startsWith("character varying") || type === "citext");
  return keeps || type === (TYPE_NAMES[expression.type] ?? expression.type) ? null : `::${expression.type}`;
}

/** The words of an index's expression, to tell whether it may be the one that is compared. */
function wordsOf(expression: string): ReadonlySet<string> {
  const words = [...tokenize(expression, "postgresql")].map(({ start, end }) => expression.slice(start, end).toLowerCase());
  return new Set(words);
}

/** True when an index holds some expression with this column and this function: near enough to be silent. */
function isIndexed(relation: Relation, column: string, expression: Expression): boolean {
  const called = parts(expression).flatMap((part) => (part.kind === "call" ? part.name : []));
  return relation.indexes
    .flatMap(({ keys }) => keys.filter((key) => key.column === null).map((key) => wordsOf(key.expression)))
    .some((words) => words.has(column.toLowerCase()) && called.every((name) => words.has(name)));
}

/** The side of a comparison that is made of one column, when the other is given. */
function wrappedSide(condition: Expression): { readonly side: Expression; readonly column: ExpressionOf<"column"> } | null {
  const isComparison = condition.kind === "in" ? !condition.negated : condition.kind === "operator" && COMPARISONS.has(condition.name);
  if (!isComparison || !("operands" in condition)) return null;
  const [side, ...more] = condition.operands.filter((operand) => !isGiven(operand));
  const columns = side ? parts(side).filter((part) => part.kind === "column") : [];
  const [column] = columns;
  return side && more.length === 0 && columns.length === 1 && column ? { side, column } : null;
}

/** True when another condition already finds the rows through an index of the same table. */
function isServed(query: Query, leaf: Leaf, relation: Relation, catalogue: Catalogue): boolean {
  return equalities(query).some(({ column }) => leafOf(column, query, catalogue) === leaf && indexLedBy(relation, [column.name]) !== null);
}

const isUsable = (index: Index): boolean => isWhole(index) && index.method === "btree";

/** The comparisons of a level that keep an index from being used, by what they do to its first column. */
export function wrappedColumns(query: Query, catalogue: Catalogue): readonly WrappedColumn[] {
  return conditions(query)
    .flatMap(conjuncts)
    .flatMap((condition) => {
      const found = wrappedSide(condition);
      const leaf = found && leafOf(found.column, query, catalogue);
      const relation = leaf && relationBehind(leaf, catalogue);
      if (!found || !leaf || !relation) return [];
      const column = found.column.name;
      const wrapper = wrapperOf(found.side, columnOf(relation, column)?.type ?? "");
      const index = relation.indexes.find((one) => isUsable(one) && one.keys[0]?.column === column);
      const isSilent = isIndexed(relation, column, found.side) || isServed(query, leaf, relation, catalogue);
      return wrapper !== null && index && !isSilent ? [{ relation, column, index, wrapper }] : [];
    });
}
