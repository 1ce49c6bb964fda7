import type { SentToken } from "./tokens.js";

/** They come with a transaction or a new connection, and stand in whichever test was first. */
const NOISE_VERBS = new Set(
  "BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE SET RESET SHOW DISCARD DEALLOCATE PRAGMA USE PING LISTEN UNLISTEN".split(" "),
);

/** What drivers and pools ask of a fresh connection. */
const SERVER_QUESTIONS = new Set(
  "version current_schema current_schemas current_database current_user current_setting set_config pg_is_in_recovery now database connection_id pg_backend_pid sqlite_version pg_stat_statements_reset pg_stat_reset".split(
    " ",
  ),
);

const CATALOGUE =
  /^(?:"?(?:pg_catalog|information_schema|performance_schema|mysql|sys)"?\.|"?(?:pg_[a-z_]+|sqlite_(?:master|schema|temp_master))"?$)/i;

/** `SELECT 1`, `select version()`: nothing of anybody's data. */
const asksServerOnly = (tokens: readonly SentToken[]): boolean =>
  tokens.every(
    ({ kind, text }, at) =>
      kind === "value" ||
      kind === "mark" ||
      ["select", "from", "as"].includes(text) ||
      tokens[at - 1]?.text === "as" ||
      SERVER_QUESTIONS.has(text),
  );

/** Statements that are counted apart and never compared. */
export function isNoise(tokens: readonly SentToken[], verb: string, tables: readonly string[]): boolean {
  if (NOISE_VERBS.has(verb)) return true;
  if (verb !== "SELECT") return false;
  return tables.length > 0 ? tables.every((table) => CATALOGUE.test(table)) : asksServerOnly(tokens);
}
