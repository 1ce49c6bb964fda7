import { describe, expect, it } from "vitest";
import { foreignDialect, isForMysql } from "../../src/sql/foreign-dialect.js";

describe("foreignDialect", () => {
  it.each([
    ["SELECT a FROM traces FINAL WHERE b = 1", "ClickHouse"],
    ["SELECT a FROM t WHERE b = {p: Array(String)}", "ClickHouse"],
    ["ALTER TABLE t ON CLUSTER c ADD COLUMN a Int", "ClickHouse"],
    ["SELECT argMax(a, b) FROM t", "ClickHouse"],
    ["SELECT a FROM t@t_idx WHERE b = 1", "CockroachDB"],
    ["UPSERT INTO t VALUES (1)", "CockroachDB"],
  ])("knows %j", (sql, name) => expect(foreignDialect(sql, "postgresql")).toBe(name));

  it.each([
    "SELECT 'FROM t FINAL' /* ON CLUSTER */ -- argMax(\n FROM t",
    "SELECT a FROM t WHERE b @> c AND d = @e",
    'SELECT final FROM t WHERE "argMax" = 1',
    "SELECT '{p: x}'::jsonb",
  ])("takes %j for its own", (sql) => expect(foreignDialect(sql, "postgresql")).toBeNull());
});

describe("isForMysql", () => {
  it.each(["UPDATE a x JOIN b ON b.id = x.id SET x.c = 1", "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1", "SELECT `a` FROM t"])(
    "is %j",
    (sql) => expect(isForMysql(sql, "postgresql")).toBe(true),
  );
  it.each(["UPDATE a SET b = '`'", "SELECT a FROM t JOIN u USING (b)"])("is not %j", (sql) =>
    expect(isForMysql(sql, "postgresql")).toBe(false),
  );
});
