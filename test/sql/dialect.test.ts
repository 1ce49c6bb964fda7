import { describe, expect, it } from "vitest";
import { dialectOf, isSqlFile } from "../../src/sql/dialect.js";

describe("dialectOf", () => {
  it.each([
    ["migrations/mysql/1.sql", "mysql"],
    ["migrations/20200101_a.sqlite3.up.sql", "sqlite"],
    ["schema/delta/1/01_a.sql.postgres", "postgresql"],
    ["mysql/compat/postgresql/1.sql", "postgresql"],
    ["db/SQLServer/1.sql", "transactsql"],
    ["riverdriver/riversqlite/migration/1.up.sql", "sqlite"],
    ["clickhouse/migrations/1.sql", null],
    ["migrations/1.cockroach.up.sql", null],
    ["migrations/1_add_mysql_flag.sql", "mariadb"],
    ["migrations/0007_leave_mysql.up.sql", "mariadb"],
    ["constructor/__proto__.sql", "mariadb"],
  ] as const)("reads %s as %s", (path, dialect) => {
    expect(dialectOf(path, "mariadb")).toBe(dialect);
  });
});

describe("isSqlFile", () => {
  it.each(["a.sql", "A.SQL", "a.sql.sqlite"])("knows %s", (path) => expect(isSqlFile(path)).toBe(true));
  it.each(["a.sql.go", "sql", "a.sql.bak", "asql"])("leaves out %s", (path) => expect(isSqlFile(path)).toBe(false));
});
