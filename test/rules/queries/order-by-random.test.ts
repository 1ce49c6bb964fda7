import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { orderByRandom } from "../../../src/rules/queries/order-by-random.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });

describeRule(orderByRandom, {
  firing: [
    ["random()", query("SELECT * FROM orders ORDER BY random() LIMIT 5"), "ORDER BY random()"],
    ["an expression of it", query("SELECT * FROM orders ORDER BY a, random() * weight DESC"), "random()"],
    ["an output column", query("SELECT id, random() AS r FROM orders ORDER BY r LIMIT 1"), "random()"],
    ["an output column by its number", query("SELECT id, random() FROM orders ORDER BY 2 LIMIT 1"), "random()"],
    ["a sub-query", query("SELECT * FROM a WHERE id IN (SELECT id FROM orders ORDER BY gen_random_uuid() LIMIT 5)"), "gen_random_uuid()"],
    ["a UNION", query("SELECT id FROM a UNION SELECT id FROM b ORDER BY random()"), "random()"],
    ["a CTE in a DO block", query("DO $$ BEGIN PERFORM id FROM orders ORDER BY random(); END $$"), "random()"],
    ["a view of a migration", { [MIGRATION]: "CREATE VIEW v AS SELECT * FROM orders ORDER BY random()" }, "random()"],
    ["MySQL's RAND()", { "queries/mysql/a.sql": "SELECT * FROM orders ORDER BY RAND() LIMIT 1" }, "rand()"],
    ["SQLite's RANDOM() by its alias", { "queries/sqlite/a.sql": "SELECT id, RANDOM() AS r FROM orders ORDER BY r" }, "random()"],
    ["SQL Server's NEWID()", { "queries/mssql/a.sql": "SELECT TOP 5 * FROM orders ORDER BY NEWID()" }, "newid()"],
  ],
  silent: [
    ["ORDER BY a column", query("SELECT * FROM orders ORDER BY created_at")],
    ["random() elsewhere", query("SELECT random(), * FROM orders WHERE a > random() ORDER BY id")],
    ["a column of that name", query("SELECT * FROM orders ORDER BY random")],
    ["few rows", query("SELECT * FROM (SELECT * FROM orders LIMIT 20) few ORDER BY random()")],
    ["rows of a function", query("SELECT * FROM generate_series(1, 9) g ORDER BY random()")],
    ["no table", query("SELECT 1 ORDER BY random()")],
    ["TABLESAMPLE", query("SELECT * FROM orders TABLESAMPLE SYSTEM (1) LIMIT 5")],
    ["a comment", query("SELECT * FROM orders ORDER BY id -- random()\n/* ORDER BY random() */")],
    ["a string", query("SELECT 'ORDER BY random()' FROM orders ORDER BY 'random()'::text")],
    ["what a migration runs once", { [MIGRATION]: "INSERT INTO a SELECT * FROM orders ORDER BY random() LIMIT 5" }],
    ["MySQL's few rows", { "queries/mysql/a.sql": "SELECT * FROM (SELECT * FROM orders LIMIT 20) few ORDER BY RAND()" }],
  ],
});

describe("queries/order-by-random", () => {
  it("names PostgreSQL's TABLESAMPLE to PostgreSQL only", async () => {
    const help = async (path: string) =>
      plain((await findingsIn(orderByRandom, { [path]: "SELECT a FROM t ORDER BY random()" }))[0]?.help ?? []);
    expect(await help(QUERY)).toContain("TABLESAMPLE");
    expect(await help("queries/sqlite/a.sql")).not.toContain("TABLESAMPLE");
  });
});
