import { constant, names, node, nodes } from "./postgres-tree.js";

/** A call of one function with constants. Names and values are foreign. */
export interface Call {
  /** `pg_catalog.pg_restore_relation_stats`. */
  readonly name: string;
  readonly args: readonly string[];
}

/** A setting of the session. */
export interface Setting {
  readonly setting: string;
  readonly value: string;
}

const CALL_ONLY: ReadonlySet<string> = new Set(["targetList", "fromClause", "limitOption", "op"]);

/** A constant as text, with or without a cast and a minus sign; undefined when it is anything else. */
function literal(expression: unknown): string | undefined {
  const negative = node(expression, "A_Expr");
  if (negative) {
    const inner = negative.lexpr === undefined && names(negative.name).join() === "-" ? literal(negative.rexpr) : undefined;
    return inner === undefined ? undefined : `-${inner}`;
  }
  const value = constant(expression);
  return value === undefined || value === null ? undefined : String(value);
}

const literals = (list: readonly unknown[] | undefined): readonly string[] | null => {
  const values = (list ?? []).map(literal);
  return values.every((value) => value !== undefined) ? values : null;
};

/** `SELECT f(…)`, or `SELECT * FROM f(…)` as pg_dump writes it. */
function called(tree: unknown): unknown {
  const select = node(tree, "SelectStmt");
  if (!select || Object.keys(select).some((key) => !CALL_ONLY.has(key))) return null;
  const [target, ...others] = nodes(select.targetList, "ResTarget");
  if (!target || others.length > 0) return null;
  const from = select.fromClause ?? [];
  if (from.length === 0) return target.val;
  const functions = nodes(from, "RangeFunction").flatMap((range) => nodes(range.functions, "List"));
  return from.length === 1 && functions.length === 1 ? functions[0]?.items?.[0] : null;
}

/** The one function that a statement calls, with constants only; null when it does anything else. */
export function callOf(tree: unknown): Call | null {
  const call = node(called(tree), "FuncCall");
  const args = call && literals(call.args);
  return call && args ? { name: names(call.funcname).join("."), args } : null;
}

/** What a plain SET sets; null when the statement is anything else. */
export function settingOf(tree: unknown): Setting | null {
  const set = node(tree, "VariableSetStmt");
  const [value, ...others] = set?.kind === "VAR_SET_VALUE" ? (literals(set.args) ?? []) : [];
  return set?.name === undefined || value === undefined || others.length > 0 ? null : { setting: set.name, value };
}

/** The name-value pairs of a call; null when they are none, or one stands twice. */
export function pairsOf({ args }: Call): ReadonlyMap<string, string> | null {
  const pairs = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const [name, value] = [args[index] ?? "", args[index + 1]];
    if (value === undefined || pairs.has(name)) return null;
    pairs.set(name, value);
  }
  return pairs;
}
