import { genericExpression, type ReadGenericQuery, selectIn } from "./generic-expression.js";
import { child, children, type GenericNode, isNode, word } from "./generic-tree.js";
import { type CommonTable, type Expression, emptyQuery, type JoinKind, type Locking, type Query, type Source } from "./query.js";

type Names = ReadonlySet<string>;

const reader =
  (seen: Names): ReadGenericQuery =>
  (select) =>
    queryOf(select, seen) ?? emptyQuery;

function leafOf(place: GenericNode, seen: Names): Source | null {
  const name = word(place, "table");
  const alias = word(place, "as") ?? name ?? "";
  if (name !== null) {
    const schema = word(place, "db");
    return { kind: schema === null && seen.has(name) ? "cte" : "table", table: { schema, name }, alias };
  }
  const inner = child(place, "expr") ?? (word(place, "type") === "expr" ? place : null);
  const select = selectIn(inner);
  if (select) return { kind: "subquery", query: reader(seen)(select), lateral: word(place, "prefix") !== null, alias };
  return inner && { kind: "rows", operands: [genericExpression(inner, reader(seen))], alias };
}

// CROSS APPLY and OUTER APPLY are lateral: their right side is made for each row of the left.
function joinKind(words: string): JoinKind {
  if (words.includes("LEFT") || words.includes("OUTER APPLY")) return "left";
  if (words.includes("RIGHT")) return "right";
  if (words.includes("FULL")) return "full";
  return words.includes("CROSS") ? "cross" : "inner";
}

const applied = (source: Source, words: string): Source =>
  words.includes("APPLY") && source.kind === "subquery" ? { ...source, lateral: true } : source;

function joined(left: Source, right: Source, place: GenericNode, words: string, seen: Names): Source {
  const on = child(place, "on");
  const using = children(place, "using").length > 0 || words.includes("NATURAL");
  const kind = joinKind(words);
  // MySQL writes CROSS JOIN … ON, and JOIN without ON.
  const join = (kind === "inner" || kind === "cross") && !using ? (on ? "inner" : "cross") : kind;
  return { kind: "join", join, left, right: applied(right, words), on: on && genericExpression(on, reader(seen)), using };
}

/** The parser lists what is joined one after the other; a comma begins a new source. */
function sourcesOf(places: readonly GenericNode[], seen: Names): readonly Source[] {
  const sources: Source[] = [];
  for (const place of places) {
    const words = (word(place, "join") ?? "").toUpperCase();
    const leaf = leafOf(place, seen);
    const left = leaf && words !== "" ? sources.pop() : undefined;
    if (leaf) sources.push(left ? joined(left, leaf, place, words, seen) : leaf);
  }
  return sources;
}

interface With {
  readonly ctes: readonly CommonTable[];
  readonly seen: Names;
}

function withOf(tree: GenericNode, outer: Names): With {
  const tables = children(tree, "with").flatMap((table) => {
    const name = word(child(table, "name") ?? {}, "value");
    const select = selectIn(child(table, "stmt"));
    return name !== null && select ? [{ name, select }] : [];
  });
  const seen = new Set([...outer, ...tables.map(({ name }) => name)]);
  return { ctes: tables.map(({ name, select }) => ({ name, materialized: false, query: reader(seen)(select) })), seen };
}

function lockingOf(select: GenericNode): readonly Locking[] {
  const words = (word(select, "locking_read") ?? "").toLowerCase();
  if (words === "") return [];
  const wait = words.includes("skip locked") ? "skip locked" : words.includes("nowait") ? "nowait" : "block";
  return [{ strength: words.includes("update") ? "update" : "share", of: [], wait }];
}

/** `LIMIT 5`, MySQL's `LIMIT 10, 5`, T-SQL's `TOP 5` and `FETCH NEXT 5 ROWS`. */
function limitOf(select: GenericNode, query: ReadGenericQuery): Expression | null {
  const limit = child(select, "limit");
  const values = limit ? children(limit, "value") : [];
  const fetch = limit && child(limit, "fetch");
  const count = (fetch && child(fetch, "value")) ?? (limit && word(limit, "seperator") === "," ? values[1] : values[0]);
  if (count) return genericExpression(count, query);
  return child(select, "top") === null ? null : { kind: "other", operands: [] };
}

function selectOf(select: GenericNode, outer: Names): Query {
  const next = selectIn(child(select, "_next"));
  if (next) return unionOf(select, next, outer);
  const { ctes, seen } = withOf(select, outer);
  const query = reader(seen);
  const condition = (key: string): Expression | null => {
    const value = child(select, key);
    return value && genericExpression(value, query);
  };
  const grouped = child(select, "groupby");
  const expressions = (list: readonly GenericNode[]): readonly Expression[] =>
    list.map((item) => genericExpression(child(item, "expr") ?? item, query));
  return {
    verb: "select",
    ctes,
    distinct: word(select, "distinct") !== null || child(select, "distinct") !== null,
    outputs: children(select, "columns").map((output) => ({
      expression: genericExpression(child(output, "expr") ?? output, query),
      name: word(output, "as"),
    })),
    from: sourcesOf(children(select, "from"), seen),
    where: condition("where"),
    groupBy: grouped ? expressions(children(grouped, "columns")) : [],
    having: condition("having"),
    orderBy: expressions(children(select, "orderby")),
    descending: word(children(select, "orderby")[0] ?? {}, "type") === "DESC",
    limit: limitOf(select, query),
    locking: lockingOf(select),
    arms: null,
    rest: [],
  };
}

function unionOf(select: GenericNode, next: GenericNode, outer: Names): Query {
  const { ctes, seen } = withOf(select, outer);
  const first = selectOf({ ...select, with: null, _next: null }, seen);
  const words = (word(select, "set_op") ?? "union").toUpperCase();
  const arms = { operator: words.split(" ")[0] ?? "", all: words.endsWith(" ALL"), queries: [first, selectOf(next, seen)] };
  return { ...emptyQuery, verb: "select", ctes, arms };
}

function writeOf(write: GenericNode, verb: Query["verb"], outer: Names): Query {
  const { ctes, seen } = withOf(write, outer);
  const query = reader(seen);
  const from = children(write, "from");
  const where = child(write, "where");
  const values = children(write, "set").map((assignment) => child(assignment, "value"));
  return {
    ...emptyQuery,
    verb,
    ctes,
    from: sourcesOf(from.length > 0 ? from : children(write, "table"), seen),
    where: where && genericExpression(where, query),
    rest: values.filter((value) => value !== null).map((value) => genericExpression(value, query)),
  };
}

function insertOf(insert: GenericNode, outer: Names): Query {
  const select = selectIn(child(insert, "values"));
  const query = select && selectOf(select, outer);
  return { ...emptyQuery, verb: "insert", from: query ? [{ kind: "subquery", query, lateral: false, alias: "" }] : [] };
}

function queryOf(tree: GenericNode, seen: Names): Query | null {
  const type = word(tree, "type");
  if (type === "select") return selectOf(tree, seen);
  if (type === "update" || type === "delete") return writeOf(tree, type, seen);
  return type === "insert" || type === "replace" ? insertOf(tree, seen) : null;
}

/** The queries that a statement runs or keeps, at their top. */
export function genericQueries(tree: unknown): readonly Query[] {
  if (!isNode(tree)) return [];
  const select = word(tree, "type") === "create" ? selectIn(child(tree, "select") ?? child(tree, "query_expr")) : null;
  const query = queryOf(select ?? tree, new Set());
  return query ? [query] : [];
}
