import type { Dialect } from "../model/evidence.js";

const NAMES: Readonly<Record<string, Dialect | "none">> = {
  postgres: "postgresql",
  postgresql: "postgresql",
  pg: "postgresql",
  mysql: "mysql",
  mariadb: "mariadb",
  sqlite: "sqlite",
  sqlite3: "sqlite",
  mssql: "transactsql",
  sqlserver: "transactsql",
  tsql: "transactsql",
  bigquery: "bigquery",
  snowflake: "snowflake",
  redshift: "redshift",
  clickhouse: "none",
  cockroach: "none",
  cockroachdb: "none",
};

/** Names long enough to be no accident at the end of another word, as in `riversqlite`. */
const SUFFIXES = Object.keys(NAMES).filter((name) => name.length >= 5);

const nameIn = (part: string): string | undefined => (Object.hasOwn(NAMES, part) ? part : SUFFIXES.find((name) => part.endsWith(name)));

/**
 * The dialect that a path names (`/mysql/`, `.sqlite.up.sql`, `.sql.postgres`, `riversqlite/`), nearest to the file's end
 * first, else the configured one. Null for databases that no parser of ours reads.
 */
export function dialectOf(path: string, configured: Dialect): Dialect | null {
  for (const part of path.toLowerCase().split(/[/.]/).reverse()) {
    const name = nameIn(part);
    const named = name === undefined ? undefined : NAMES[name];
    if (named !== undefined) return named === "none" ? null : named;
  }
  return configured;
}

/** `.sql`, also with the database's name behind it (`01_users.sql.postgres`). */
export function isSqlFile(path: string): boolean {
  return /\.sql(?:\.(?:postgres|postgresql|pg|mysql|mariadb|sqlite))?$/i.test(path);
}
