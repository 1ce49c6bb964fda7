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

/**
 * The dialect that a path names (`/mysql/`, `.sqlite.up.sql`, `.sql.postgres`), nearest to the file's end
 * first, else the configured one. Null for databases that no parser of ours reads.
 */
export function dialectOf(path: string, configured: Dialect): Dialect | null {
  for (const part of path.toLowerCase().split(/[/.]/).reverse()) {
    const named = Object.hasOwn(NAMES, part) ? NAMES[part] : undefined;
    if (named !== undefined) return named === "none" ? null : named;
  }
  return configured;
}

/** `.sql`, also with the database's name behind it (`01_users.sql.postgres`). */
export function isSqlFile(path: string): boolean {
  return /\.sql(?:\.(?:postgres|postgresql|pg|mysql|mariadb|sqlite))?$/i.test(path);
}
