import { fingerprintSync, hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } from "libpg-query";
import type { DialectParser, ParsedSource, PlacedSource } from "./dialect-parser.js";

/** A PL/pgSQL body that does not parse; the library throws a plain error for it. */
class BodyError extends Error {}

/** The value behind a path of keys, as far as there is one. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined), value);
}

interface BodyQuery {
  readonly query: string;
  /** An expression that yields the query when the block runs. */
  readonly dynamic: boolean;
}

// libpg_query marks a whole statement with parse mode 0; other modes are expressions.
function* bodyQueries(value: unknown, inExecute: boolean): Generator<BodyQuery> {
  if (typeof value !== "object" || value === null) return;
  const query: unknown = at(value, "query");
  if (typeof query === "string" && (inExecute || at(value, "parseMode") === 0)) yield { query, dynamic: inExecute };
  for (const [key, child] of Object.entries(value)) {
    if (key === "PLpgSQL_stmt_dynexecute") yield* bodyQueries(at(child, "query"), true);
    else yield* bodyQueries(child, inExecute);
  }
}

const treesOf = (sql: string): readonly unknown[] => (parseSync(sql).stmts ?? []).map((statement) => statement.stmt);

/** The text of a dynamic query that is a constant, else null. */
function constantText(expression: string): string | null {
  const text = at(treesOf(`SELECT ${expression}`)[0], "SelectStmt", "targetList", "0", "ResTarget", "val", "A_Const", "sval", "sval");
  return typeof text === "string" ? text : null;
}

function parseBody(sql: string): unknown {
  try {
    return parsePlPgSQLSync(sql);
  } catch (error) {
    throw error instanceof Error && error.constructor === Error ? new BodyError(error.message) : error;
  }
}

/** A DO block carries the trees of its body's statements as `body`; other statements stay as they are. */
function withBody(tree: unknown, sql: () => string): ParsedSource {
  const fingerprint = (): string => fingerprintSync(sql());
  const block = at(tree, "DoStmt");
  if (typeof block !== "object" || block === null) return { tree, fingerprint };
  const queries = [...bodyQueries(parseBody(sql()), false)].map(({ query, dynamic }) => (dynamic ? constantText(query) : query));
  const body = queries.flatMap((query) => (query === null ? [] : treesOf(query)));
  const known = { tree: { DoStmt: { ...block, body } }, fingerprint };
  return queries.includes(null) ? { ...known, gap: "the block runs SQL that it puts together at run time" } : known;
}

function whole(sql: string): readonly PlacedSource[] {
  const bytes = Buffer.from(sql, "utf8");
  // The library counts bytes of UTF-8; most texts have as many units.
  const source = (from: number, to: number): string =>
    bytes.length === sql.length ? sql.slice(from, to) : bytes.toString("utf8", from, to);
  let byte = 0;
  let start = 0;
  return (parseSync(sql).stmts ?? []).map((statement) => {
    // An absent location is 0, an absent length reaches to the end.
    const from = statement.stmt_location ?? 0;
    start += source(byte, from).length;
    byte = from;
    const to = statement.stmt_len === undefined ? bytes.length : from + statement.stmt_len;
    return { start, end: start + source(from, to).length, ...withBody(statement.stmt, () => source(from, to)) };
  });
}

/** PostgreSQL's own grammar. */
export async function createParser(): Promise<DialectParser> {
  await loadModule();
  return {
    whole,
    one: (sql) => withBody(treesOf(sql)[0], () => sql),
    syntaxError: (error) => (hasSqlDetails(error) || error instanceof BodyError ? error.message : null),
  };
}
