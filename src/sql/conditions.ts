import { child, children, type GenericNode, genericColumn, genericConstant, word } from "./generic-tree.js";
import { columnName, constant, names, node } from "./postgres-tree.js";

/** What a WHERE lets through: every row, the rows named by their `id`, or what the data says. */
export type Reach = "all" | "named" | "some";

/** The primary key's usual name; without a catalogue no other column is known to be unique. */
const KEY = "id";

interface Equality {
  readonly column: string | null;
  readonly constants: readonly unknown[];
}

/** A condition as both grammars write it. */
type Condition =
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | ({ readonly kind: "equality" } & Equality)
  | { readonly kind: "other" };

const OTHER: Condition = { kind: "other" };

const equality = (column: string | null, constants: readonly unknown[]): Condition =>
  constants.includes(undefined) ? OTHER : { kind: "equality", column, constants };

/** `left = right`, each side a column or a constant; anything else is some other condition. */
function between(columns: readonly (string | null)[], constants: readonly unknown[]): Condition {
  const [left, right] = columns;
  if (left && right) return OTHER;
  return equality(
    left ?? right ?? null,
    constants.filter((_, side) => !columns[side]),
  );
}

function postgresComparison(expression: unknown): Condition {
  const comparison = node(expression, "A_Expr");
  if (!comparison || names(comparison.name)[0] !== "=") return OTHER;
  const { lexpr, rexpr } = comparison;
  if (comparison.kind === "AEXPR_IN") return equality(columnName(lexpr), (node(rexpr, "List")?.items ?? []).map(constant));
  if (comparison.kind !== "AEXPR_OP") return OTHER;
  return between([columnName(lexpr), columnName(rexpr)], [constant(lexpr), constant(rexpr)]);
}

function postgresCondition(expression: unknown): Condition {
  const value = constant(expression);
  if (value !== undefined) return { kind: "constant", value };
  const logic = node(expression, "BoolExpr");
  if (logic?.boolop === "AND_EXPR") return { kind: "and", parts: (logic.args ?? []).map(postgresCondition) };
  if (logic?.boolop === "OR_EXPR") return { kind: "or", parts: (logic.args ?? []).map(postgresCondition) };
  return postgresComparison(expression);
}

function genericComparison(expression: GenericNode, operator: string): Condition {
  const left = child(expression, "left");
  const right = child(expression, "right");
  if (operator === "IN") return equality(genericColumn(left), right ? children(right, "value").map(genericConstant) : [undefined]);
  if (operator !== "=") return OTHER;
  return between([genericColumn(left), genericColumn(right)], [genericConstant(left), genericConstant(right)]);
}

function genericCondition(expression: GenericNode): Condition {
  const value = genericConstant(expression);
  if (value !== undefined) return { kind: "constant", value };
  const operator = (word(expression, "operator") ?? "").toUpperCase();
  if (operator === "AND" || operator === "OR") {
    const parts = [child(expression, "left"), child(expression, "right")].map((side) => (side ? genericCondition(side) : OTHER));
    return { kind: operator === "AND" ? "and" : "or", parts };
  }
  return genericComparison(expression, operator);
}

function isAlwaysTrue(condition: Condition): boolean {
  if (condition.kind === "and") return condition.parts.every(isAlwaysTrue);
  if (condition.kind === "or") return condition.parts.some(isAlwaysTrue);
  // MySQL and SQLite take any number but 0 for true.
  if (condition.kind === "constant") return condition.value === true || (typeof condition.value === "number" && condition.value !== 0);
  if (condition.kind !== "equality" || condition.column !== null) return false;
  const [left, right] = condition.constants;
  return left !== null && left === right;
}

function isNamed(condition: Condition): boolean {
  if (condition.kind === "and") return condition.parts.some(isNamed);
  return condition.kind === "equality" && condition.column === KEY;
}

const reach = (condition: Condition): Reach => (isAlwaysTrue(condition) ? "all" : isNamed(condition) ? "named" : "some");

/** The columns that a condition holds to constants, all of them at once. */
function held(condition: Condition): readonly string[] {
  if (condition.kind === "and") return condition.parts.flatMap(held);
  return condition.kind === "equality" && condition.column !== null ? [condition.column] : [];
}

/** The columns that the WHERE of a PostgreSQL statement holds to constants: rows named by a unique key, if they hold one. */
export const postgresHeld = (where: unknown): readonly string[] =>
  where === undefined || where === null ? [] : held(postgresCondition(where));

/** The same for node-sql-parser's trees. */
export const genericHeld = (where: GenericNode | null): readonly string[] => (where === null ? [] : held(genericCondition(where)));

/** What the WHERE of a PostgreSQL statement lets through; absent, it lets through all. */
export function postgresReach(where: unknown): Reach {
  return where === undefined || where === null ? "all" : reach(postgresCondition(where));
}

/** The same for node-sql-parser's trees. */
export function genericReach(where: GenericNode | null): Reach {
  return where === null ? "all" : reach(genericCondition(where));
}
