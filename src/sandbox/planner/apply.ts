import { type Engine, QueryError } from "./engine.js";
import { type FileStatement, runnable, type SchemaText } from "./file.js";
import { remedyFor } from "./on-demand.js";

// active_sql_transaction (CREATE INDEX CONCURRENTLY, VACUUM, …) and unsafe_new_enum_value_usage.
const NEEDS_ITS_OWN_TRANSACTION: ReadonlySet<string> = new Set(["25001", "55P04"]);

const REMEDIES = 20;

const withoutConcurrently = (sql: string): string => sql.replace(/\bCONCURRENTLY\b/i, "");

/** What a file did to its session is forgotten before the next one, as most tools open one for each. */
const FORGET = "ROLLBACK; RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL";

/** Runs it again as long as what it lacks is something that stands outside of migrations. @throws QueryError */
export async function withRemedies<T>(engine: Engine, act: () => Promise<T>): Promise<T> {
  for (let left = REMEDIES; ; left -= 1) {
    try {
      return await act();
    } catch (error) {
      const remedy = error instanceof QueryError && left > 0 ? remedyFor(error) : null;
      if (remedy === null) throw error;
      await engine.run("ROLLBACK");
      await engine.run(remedy);
    }
  }
}

/** Runs one statement outside of any transaction of ours. @throws QueryError */
export async function runAlone(engine: Engine, statement: FileStatement): Promise<void> {
  const sql = runnable(statement.sql);
  try {
    await withRemedies(engine, () => engine.run(sql));
  } catch (error) {
    const lighter = withoutConcurrently(sql);
    if (!(error instanceof QueryError) || lighter === sql) throw error;
    await engine.run(lighter);
  }
}

async function runApart(engine: Engine, { statements }: SchemaText): Promise<string | null> {
  for (const statement of statements) {
    if (statement.refused !== null) continue;
    try {
      await runAlone(engine, statement);
    } catch (error) {
      if (error instanceof QueryError) return error.message;
      throw error;
    }
  }
  return null;
}

async function runWhole(engine: Engine, text: SchemaText): Promise<string | null> {
  try {
    await withRemedies(engine, () => engine.run(text.permitted));
    return null;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    await engine.run("ROLLBACK");
    return NEEDS_ITS_OWN_TRANSACTION.has(error.code) ? await runApart(engine, text) : error.message;
  }
}

export const forget = async (engine: Engine): Promise<void> => {
  await engine.run(FORGET);
};

/** Runs a file as one string, which is one transaction; why it, or a part of it, was not applied, or null. */
export async function applyFile(engine: Engine, text: SchemaText): Promise<string | null> {
  if (text.error !== null) return text.error;
  const failed = await runWhole(engine, text);
  await forget(engine);
  return failed ?? text.statements.find(({ refused }) => refused !== null)?.refused ?? null;
}
