import { describe, expect, it } from "vitest";
import { offsetPagination } from "../../../src/rules/queries/offset-pagination.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const mysql = (sql: string) => ({ "queries/mysql/a.sql": sql });

describeRule(offsetPagination, {
  firing: [
    ["a parameter", query("SELECT * FROM orders LIMIT $1 OFFSET $2"), "OFFSET given at run time"],
    ["a literal of 1000", query("SELECT * FROM orders LIMIT 10 OFFSET 1000"), "OFFSET 1000"],
    ["a typed literal", query("SELECT * FROM orders OFFSET '5000'::bigint"), "OFFSET 5000"],
    ["sqlc's named parameter", query("SELECT * FROM orders LIMIT @size OFFSET @skip;"), "at run time"],
    ["sqlc.arg", query("SELECT * FROM orders LIMIT 5 OFFSET sqlc.arg('skip')::int;"), "at run time"],
    ["a question mark", query("SELECT * FROM orders LIMIT ? OFFSET ?"), "at run time"],
    ["a colon parameter", query("SELECT * FROM orders LIMIT :size OFFSET :size * (:page - 1)"), "at run time"],
    ["OFFSET … ROWS FETCH", query("SELECT * FROM orders OFFSET $1 ROWS FETCH NEXT 5 ROWS ONLY"), "at run time"],
    ["a UNION's arm", query("(SELECT a FROM b OFFSET 9999) UNION ALL SELECT c FROM d"), "OFFSET 9999"],
    ["MySQL's LIMIT with two numbers", mysql("SELECT * FROM orders LIMIT 2000, 10"), "OFFSET 2000"],
    ["MySQL's parameters", mysql("SELECT * FROM orders LIMIT ? OFFSET ?"), "at run time"],
    [
      "SQLite's question mark, which its grammar refuses",
      { "queries/sqlite/a.sql": "SELECT * FROM orders LIMIT ? OFFSET ?" },
      "at run time",
    ],
    [
      "SQL Server's variable",
      { "queries/mssql/a.sql": "SELECT * FROM orders ORDER BY id OFFSET @skip ROWS FETCH NEXT 5 ROWS ONLY" },
      "at run time",
    ],
  ],
  silent: [
    ["LIMIT alone", query("SELECT * FROM orders ORDER BY id LIMIT $1")],
    ["a small literal", query("SELECT * FROM orders LIMIT 10 OFFSET 999")],
    ["OFFSET 0, the optimisation fence", query("SELECT * FROM (SELECT * FROM orders OFFSET 0) o")],
    ["an expression of small constants", query("SELECT * FROM orders OFFSET (3 - 1) * 20")],
    ["a keyset", query("SELECT * FROM orders WHERE (created_at, id) < ($1, $2) ORDER BY 1, 2 LIMIT 50")],
    ["a comment", query("SELECT * FROM orders LIMIT 5 -- OFFSET $1\n/* OFFSET 5000 */")],
    ["a string", query("SELECT 'LIMIT 5 OFFSET 5000' FROM orders")],
    ["a column of that name", query('SELECT "offset" FROM orders WHERE "offset" > 5000')],
    ["what a migration runs once", { [MIGRATION]: "INSERT INTO a SELECT * FROM orders OFFSET 5000" }],
    ["MySQL's LIMIT with a small first number", mysql("SELECT * FROM orders LIMIT 20, 10")],
  ],
});

describe("queries/offset-pagination", () => {
  it("is a notice", async () => {
    expect((await findingsIn(offsetPagination, query("SELECT 1 FROM a OFFSET $1")))[0]?.severity).toBe("notice");
  });
});
