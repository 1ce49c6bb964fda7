import { describe, expect, it } from "vitest";
import { cartesianJoin } from "../../../src/rules/queries/cartesian-join.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const mysql = (sql: string) => ({ "queries/mysql/a.sql": sql });

describeRule(cartesianJoin, {
  firing: [
    [
      "a comma",
      query("SELECT * FROM orders o, customers c WHERE o.total > 5 AND c.name = o.name OR true = false; SELECT * FROM a, b"),
      "No condition links",
    ],
    ["a comma without WHERE", query("SELECT * FROM orders, customers"), "orders and customers"],
    [
      "CROSS JOIN",
      query("SELECT * FROM orders o CROSS JOIN customers c WHERE c.total > o.id - o.id + c.x AND c.y > 1; SELECT 1 FROM x CROSS JOIN y"),
      "x and y",
    ],
    ["ON TRUE", query("SELECT * FROM orders o JOIN customers c ON true"), "o and c"],
    ["a condition about one side", query("SELECT * FROM orders o LEFT JOIN customers c ON c.total > 5"), "o and c"],
    ["one of three", query("SELECT * FROM a JOIN b ON b.a_id = a.id, c WHERE c.x > 5"), "and c"],
    ["an UPDATE", query("UPDATE orders o SET x = c.x FROM customers c WHERE c.y > 5"), "o and c"],
    ["a sub-query of many rows", query("SELECT * FROM a, (SELECT x FROM b) c"), "a and c"],
    ["MySQL's comma", mysql("SELECT * FROM orders, customers WHERE orders.total > 5"), "orders and customers"],
    ["SQL Server's CROSS JOIN", { "queries/mssql/a.sql": "SELECT * FROM orders CROSS JOIN customers" }, "orders and customers"],
  ],
  silent: [
    ["a join", query("SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id")],
    ["a comma with its condition", query("SELECT * FROM orders o, customers c WHERE c.id = o.customer_id")],
    ["a condition of more than equality", query("SELECT * FROM a, b WHERE a.x BETWEEN b.low AND b.high")],
    ["USING and NATURAL", query("SELECT * FROM a JOIN b USING (id); SELECT * FROM a NATURAL JOIN b")],
    ["LATERAL", query("SELECT * FROM a CROSS JOIN LATERAL (SELECT * FROM b WHERE b.a_id = a.id LIMIT 1) c")],
    ["a function's rows", query("SELECT * FROM a, unnest($1::int[]) u CROSS JOIN generate_series(1, 3) g")],
    ["one row", query("SELECT * FROM a, (SELECT max(x) FROM b) m CROSS JOIN (SELECT y FROM c LIMIT 1) l")],
    ["a side narrowed to a given value", query("SELECT * FROM a, b WHERE a.tenant_id = $1 AND b.tenant_id = $1")],
    ["a row of given values", query("SELECT * FROM a LEFT JOIN b ON (b.x, b.y) = ($1, $2)")],
    [
      "a CTE, which may be one row",
      query("WITH c AS (SELECT now() AS t) SELECT * FROM a, c WHERE a.x < c.t; WITH c AS (SELECT 1 AS y) SELECT * FROM a, c"),
    ],
    ["unqualified columns", query("SELECT * FROM a, b WHERE a_id = id")],
    ["a link inside a sub-query", query("SELECT * FROM a, b WHERE EXISTS (SELECT 1 FROM ab WHERE ab.a_id = a.id AND ab.b_id = b.id)")],
    ["what a migration runs once", { [MIGRATION]: "INSERT INTO t SELECT * FROM a, b" }],
    ["MySQL's join", mysql("SELECT * FROM a JOIN b ON a.id = b.a_id, c WHERE c.b_id = b.id")],
  ],
});

describe("queries/cartesian-join", () => {
  it("warns", async () => {
    expect((await findingsIn(cartesianJoin, query("SELECT 1 FROM a, b")))[0]?.severity).toBe("warning");
  });
});
