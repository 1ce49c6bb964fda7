import type { Dialect } from "../model/statements.js";

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

/** What tools call the driver of a database, and no folder is called. */
const DRIVERS: Readonly<Record<string, Dialect>> = {
  mysql2: "mysql",
  "better-sqlite3": "sqlite",
  "better-sqlite": "sqlite",
  turso: "sqlite",
  libsql: "sqlite",
};

/** Names long enough to be no accident at the end of a folder's name, as in `riversqlite`. */
const SUFFIXES = Object.keys(NAMES).filter((name) => name.length >= 5);

const exact = (part: string): string | undefined => (Object.hasOwn(NAMES, part) ? part : undefined);

const inFolder = (folder: string): string | undefined =>
  folder
    .split(".")
    .map(exact)
    .findLast((name) => name !== undefined) ?? SUFFIXES.find((name) => folder.endsWith(name));

/** The dialect of a database by the name that tools have for it; null for one that no parser of ours reads, undefined for no such name. */
export function dialectNamed(name: string): Dialect | null | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(DRIVERS, lower)) return DRIVERS[lower];
  const found = Object.hasOwn(NAMES, lower) ? NAMES[lower] : undefined;
  return found === "none" ? null : found;
}

/**
 * The dialect that a path names (`/mysql/`, `.sqlite.up.sql`, `.sql.postgres`, `riversqlite/`), nearest
 * to the file's end first; undefined when it names none. A file's own words (`0007_leave_mysql.sql`) say nothing.
 */
export function dialectOfPath(path: string): Dialect | null | undefined {
  const folders = path.toLowerCase().split("/");
  const file = folders.pop() ?? "";
  const name =
    file
      .split(".")
      .map(exact)
      .findLast((part) => part !== undefined) ?? folders.map(inFolder).findLast((part) => part !== undefined);
  return name === undefined ? undefined : dialectNamed(name);
}

/** The dialect that a path names, else the configured one. Null for databases that no parser of ours reads. */
export function dialectOf(path: string, configured: Dialect): Dialect | null {
  const named = dialectOfPath(path);
  return named === undefined ? configured : named;
}

/** `.sql`, also with the database's name behind it (`01_users.sql.postgres`). */
export function isSqlFile(path: string): boolean {
  return /\.sql(?:\.(?:postgres|postgresql|pg|mysql|mariadb|sqlite))?$/i.test(path);
}
