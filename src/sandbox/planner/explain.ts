import { hasSqlDetails } from "libpg-query";
import type { RelationName } from "../../model/catalogue.js";
import { quotedTable } from "../../sql/tables.js";
import { type Engine, QueryError } from "./engine.js";
import { type FileStatement, runnable, statementsOf } from "./file.js";
import { queryRefusal } from "./permitted.js";

const STATEMENT_BYTES = 64 * 1024;
const PLAN_CHARACTERS = 10_000_000;

export type Explained = { readonly plan: string } | { readonly failed: string };

/** What runs before a statement in its transaction. */
interface Prefix {
  readonly text: string;
  /** Statements before the EXPLAIN. */
  readonly statements: number;
}

function prefixOf(without: readonly RelationName[]): Prefix {
  const before = ["BEGIN", ...without.map((index) => `DROP INDEX ${quotedTable(index)}`)];
  return { text: `${before.join(";\n")};\nEXPLAIN (GENERIC_PLAN, FORMAT JSON)\n`, statements: before.length };
}

/** The plan, in a transaction that is rolled back: planning runs immutable functions, and they can do anything. */
async function plan(engine: Engine, prefix: Prefix, sql: string): Promise<Explained> {
  try {
    const [row] = await engine.run(`${prefix.text}${sql};\nROLLBACK`, prefix.statements);
    const json = JSON.stringify(row?.["QUERY PLAN"] ?? null);
    return json.length > PLAN_CHARACTERS ? { failed: "the plan is larger than 10 MB" } : { plan: json };
  } catch (error) {
    if (error instanceof QueryError) await engine.run("ROLLBACK");
    throw error;
  }
}

const GUESSES = ["text", "bigint", "timestamptz"] as const;
// indeterminate_datatype, ambiguous_function, ambiguous_parameter, undefined_function (an operator that does not exist is one)
const ABOUT_TYPES: ReadonlySet<string> = new Set(["42P18", "42725", "42P08", "42883"]);

/** The parameter that PostgreSQL could not type: the one that it names, else the one nearest to where it stopped. */
function parameterAt(sql: string, prefix: Prefix, error: QueryError): string | null {
  const named = /parameter (\$\d+)/.exec(error.message)?.[1];
  if (named) return named;
  const from = (error.position ?? 0) - prefix.text.length;
  const found = [...sql.matchAll(/\$\d+(?!\d|::)/g)].map(({ 0: name, index }) => ({ name, away: Math.abs(index - from) }));
  return (
    found.reduce<(typeof found)[number] | null>((nearest, one) => (nearest && nearest.away <= one.away ? nearest : one), null)?.name ?? null
  );
}

const cast = (sql: string, parameter: string, type: string): string =>
  sql.replace(new RegExp(`\\${parameter}(?!\\d|::)`, "g"), `${parameter}::${type}`);

/** What an attempt came to: an answer, or another parameter that has no type yet. */
type Attempt = { readonly done: Explained } | { readonly sql: string; readonly error: QueryError };

/** The first type that makes it plannable, or that at least moves the trouble to another parameter. */
async function withType(engine: Engine, prefix: Prefix, sql: string, parameter: string): Promise<Attempt | null> {
  for (const type of GUESSES) {
    const attempt = cast(sql, parameter, type);
    try {
      return { done: await plan(engine, prefix, attempt) };
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      if (ABOUT_TYPES.has(error.code) && parameterAt(attempt, prefix, error) !== parameter) return { sql: attempt, error };
    }
  }
  return null;
}

/** With a type for the parameters that have none, where one makes it plannable. */
async function withGuesses(engine: Engine, prefix: Prefix, sql: string, first: QueryError): Promise<Explained> {
  let attempt: Attempt | null = { sql, error: first };
  for (let round = 0; round < 5 && attempt !== null; round += 1) {
    if ("done" in attempt) return attempt.done;
    const parameter = parameterAt(attempt.sql, prefix, attempt.error);
    attempt = parameter === null ? null : await withType(engine, prefix, attempt.sql, parameter);
  }
  return { failed: first.message };
}

function theOne(sql: string): FileStatement | { readonly failed: string } {
  try {
    const statements = statementsOf(sql);
    return statements.length === 1 && statements[0] ? statements[0] : { failed: `it is ${statements.length} statements, and not one` };
  } catch (error) {
    return { failed: hasSqlDetails(error) ? error.message : "the parser failed on it" };
  }
}

/** Plans one statement, as if these indexes were not there. @throws EngineDead */
export async function explain(engine: Engine, sql: string, without: readonly RelationName[] = []): Promise<Explained> {
  if (Buffer.byteLength(sql) > STATEMENT_BYTES) return { failed: `the statement is longer than ${STATEMENT_BYTES / 1024} KB` };
  const statement = theOne(sql);
  if ("failed" in statement) return statement;
  const refused = queryRefusal(statement.tree);
  if (refused !== null) return { failed: refused };
  const source = runnable(statement.sql);
  const prefix = prefixOf(without);
  try {
    return await plan(engine, prefix, source);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return ABOUT_TYPES.has(error.code) ? await withGuesses(engine, prefix, source, error) : { failed: error.message };
  }
}
