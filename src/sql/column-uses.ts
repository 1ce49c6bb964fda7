import type { Relation } from "../model/catalogue.js";
import { columnOf } from "./catalogue.js";
import { constant, findAll, type NodeOf, names, node, nodes } from "./postgres-tree.js";
import type { TableReference } from "./table-references.js";

/** How a statement uses a column that an index could serve. */
export interface ColumnUse {
  readonly relation: Relation;
  readonly column: string;
  /** The function that it stands in: `lower`, `upper`; null for the plain column. */
  readonly within: string | null;
  readonly use: "equality" | "join" | "range" | "order";
  /** `DESC`, `DESC NULLS LAST`, …; empty for the default order and for other uses. */
  readonly direction: string;
}

type Key = Pick<ColumnUse, "within"> & { readonly path: readonly string[] };
type Placed = Key & Pick<ColumnUse, "use" | "direction">;

const USES = 200;
const RANGE_OPERATORS: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const FOLDING: ReadonlySet<string> = new Set(["lower", "upper"]);

/** A column, or one in lower() or upper(): what an index can have as its key. A cast column is none. */
function keyOf(expression: unknown): Key | null {
  const column = node(expression, "ColumnRef");
  if (column) return { path: names(column.fields), within: null };
  const call = node(expression, "FuncCall");
  const name = names(call?.funcname).at(-1) ?? "";
  const path = names(node(call?.args?.[0], "ColumnRef")?.fields);
  return FOLDING.has(name) && path.length > 0 ? { path, within: name } : null;
}

/** The columns of a row comparison, or the one that the side is. */
const keysOf = (side: unknown): readonly Key[] => (node(side, "RowExpr")?.args ?? [side]).flatMap((part) => keyOf(part) ?? []);

const hasColumn = (side: unknown): boolean => findAll(side, "ColumnRef").length > 0;

const placed = (keys: readonly Key[], use: ColumnUse["use"], direction = ""): readonly Placed[] =>
  keys.map((key) => ({ ...key, use, direction }));

function compared(left: unknown, right: unknown, use: "equality" | "range"): readonly Placed[] {
  const sides = [
    [left, right],
    [right, left],
  ] as const;
  return sides.flatMap(([side, other]) => placed(keysOf(side), use === "equality" && hasColumn(other) ? "join" : use));
}

const LISTS: ReadonlySet<string> = new Set(["AEXPR_IN", "AEXPR_OP_ANY"]);
const BETWEEN: ReadonlySet<string> = new Set(["AEXPR_BETWEEN", "AEXPR_BETWEEN_SYM"]);
const PLAIN: ReadonlySet<string> = new Set(["AEXPR_OP", "AEXPR_NOT_DISTINCT"]);

function useOf(operator: string): "equality" | "range" | null {
  if (operator === "=") return "equality";
  return RANGE_OPERATORS.has(operator) ? "range" : null;
}

function comparison({ kind = "", name, lexpr, rexpr }: NodeOf<"A_Expr">): readonly Placed[] {
  if (BETWEEN.has(kind)) return placed(keysOf(lexpr), "range");
  const use = useOf(names(name)[0] ?? "");
  if (LISTS.has(kind)) return use === "equality" ? placed(keysOf(lexpr), use) : [];
  return PLAIN.has(kind) && use ? compared(lexpr, rexpr, use) : [];
}

const returned = (subselect: unknown): readonly Key[] =>
  nodes(node(subselect, "SelectStmt")?.targetList, "ResTarget").flatMap(({ val }) => keysOf(val));

/** `IN (SELECT …)` and `USING (…)`, which are joins without an operator. */
function joins(tree: unknown): readonly Placed[] {
  const sublinks = findAll(tree, "SubLink").filter(({ subLinkType }) => subLinkType === "ANY_SUBLINK");
  const using = findAll(tree, "JoinExpr").flatMap(({ usingClause }) => names(usingClause));
  return [
    ...sublinks.flatMap(({ testexpr }) => placed(keysOf(testexpr), "join")),
    ...sublinks.flatMap(({ subselect }) => placed(returned(subselect), "join")),
    ...using.flatMap((name) => placed([{ path: [name], within: null }], "join")),
  ];
}

/** `ORDER BY 2` and `ORDER BY alias` mean an output column. */
function sortedBy(expression: unknown, targets: readonly unknown[]): Key | null {
  const outputs = nodes(targets, "ResTarget");
  const position = constant(expression);
  if (typeof position === "number") return keyOf(outputs[position - 1]?.val);
  const key = keyOf(expression);
  const alias = key?.path.length === 1 ? outputs.find(({ name }) => name === key.path[0]) : undefined;
  return alias ? keyOf(alias.val) : key;
}

function directionOf(direction: string | undefined, nulls: string | undefined): string {
  const descending = direction === "SORTBY_DESC" ? "DESC" : "";
  const placedNulls = nulls === "SORTBY_NULLS_FIRST" ? "NULLS FIRST" : nulls === "SORTBY_NULLS_LAST" ? "NULLS LAST" : "";
  return `${descending} ${placedNulls}`.trim();
}

function orders(tree: unknown): readonly Placed[] {
  const sorted = findAll(tree, "SelectStmt").flatMap(({ sortClause, targetList }) =>
    nodes(sortClause, "SortBy").flatMap(({ node: by, sortby_dir, sortby_nulls }) => {
      const key = sortedBy(by, targetList ?? []);
      return key ? placed([key], "order", directionOf(sortby_dir, sortby_nulls)) : [];
    }),
  );
  // The least and the greatest stand at the ends of an index.
  const ends = findAll(tree, "FuncCall").filter(({ funcname }) => ["min", "max"].includes(names(funcname).at(-1) ?? ""));
  return [...sorted, ...ends.flatMap(({ args }) => placed(keysOf(args?.[0]), "order"))];
}

/**
 * The relations that a column may be of: the one that is called so, else all of those read whole that have such a
 * column. That a guess is wrong does no harm: the planner decides which index serves.
 */
function owners(path: readonly string[], references: readonly TableReference[], scanned: readonly Relation[]): readonly Relation[] {
  const column = path.at(-1) ?? "";
  const qualifier = path.at(-2);
  const called = references.filter(({ calledBy }) => calledBy === qualifier).map(({ relation }) => relation);
  const possible = called.length > 0 ? called : [...references.map(({ relation }) => relation), ...scanned];
  return [...new Set(possible)].filter((relation) => columnOf(relation, column) !== null);
}

/** What of the tables a PostgreSQL statement compares, joins and sorts, in the order in which it stands there. */
export function columnUses(tree: unknown, references: readonly TableReference[], scanned: readonly Relation[]): readonly ColumnUse[] {
  const found = [...findAll(tree, "A_Expr").flatMap(comparison), ...joins(tree), ...orders(tree)].slice(0, USES);
  return found.flatMap(({ path, within, use, direction }) =>
    owners(path, references, scanned).map((relation) => ({ relation, column: path.at(-1) ?? "", within, use, direction })),
  );
}

/** The last names of all columns that a statement mentions, each once. */
export const columnNames = (tree: unknown): readonly string[] => [
  ...new Set(findAll(tree, "ColumnRef").flatMap(({ fields }) => names(fields).at(-1) ?? [])),
];
