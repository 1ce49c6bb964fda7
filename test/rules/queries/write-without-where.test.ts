import { describe, expect, it } from "vitest";
import { writeWithoutWhere } from "../../../src/rules/queries/write-without-where.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const mysql = (sql: string) => ({ "queries/mysql/a.sql": sql });

describeRule(writeWithoutWhere, {
  firing: [
    ["UPDATE", query("UPDATE orders SET state = 'new';"), "UPDATE on orders without WHERE"],
    ["DELETE", query("DELETE FROM shop.orders"), "DELETE on shop.orders without WHERE"],
    ["WHERE TRUE", query("DELETE FROM orders WHERE true;"), "with a WHERE that is always true"],
    ["WHERE 1 = 1", query("DELETE FROM orders WHERE 1=1 AND 'a' = 'a'"), "always true"],
    ["OR TRUE", query("UPDATE orders SET a = 1 WHERE id = $1 OR true"), "always true"],
    ["a DELETE inside a CTE", query("WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone"), "DELETE on orders"],
    ["a DO block", query("DO $$ BEGIN DELETE FROM orders; END $$"), "DELETE on orders"],
    ["a WHERE that stands in a comment", query("DELETE FROM orders -- WHERE id = 1"), "without WHERE"],
    ["a WHERE of the sub-query only", query("UPDATE orders SET a = (SELECT max(b) FROM c WHERE d = 1)"), "without WHERE"],
    ["sqlc's query", query("-- name: Clear :exec\nUPDATE orders SET a = @a, b = sqlc.arg('b');"), "UPDATE on orders"],
    ["MySQL's WHERE 1", mysql("DELETE FROM `orders` WHERE 1"), "always true"],
    ["SQLite", { "queries/sqlite/a.sql": "UPDATE orders SET a = 1" }, "without WHERE"],
  ],
  silent: [
    ["a WHERE", query("UPDATE orders SET a = 1 WHERE id = $1; DELETE FROM orders WHERE a = ?;")],
    ["WHERE CURRENT OF", query("DELETE FROM orders WHERE CURRENT OF c")],
    ["a WHERE that is never true", query("DELETE FROM orders WHERE 1 = 2")],
    ["a comparison with itself through NULL", query("DELETE FROM orders WHERE NULL = NULL")],
    ["a migration", { [MIGRATION]: "UPDATE orders SET a = 1;" }],
    ["INSERT and SELECT", query("INSERT INTO orders SELECT * FROM b; SELECT * FROM orders;")],
    ["TRUNCATE", query("TRUNCATE orders")],
    ["a comment", query("/* DELETE FROM orders; */ SELECT 1; -- UPDATE orders SET a = 1;")],
    ["a string", query("SELECT 'DELETE FROM orders', E'\\'; DELETE FROM orders; --', $$DELETE FROM orders$$")],
    ["an upsert", query("INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1")],
    ["MySQL's LIMIT", mysql("DELETE FROM orders LIMIT 1000")],
    ["MySQL's join", mysql("UPDATE orders JOIN gone ON gone.id = orders.id SET orders.a = 1")],
    ["a MySQL string with an escaped quote", mysql("SELECT 'it\\'s; DELETE FROM orders; ', \"\\\"; DELETE FROM orders;\"")],
  ],
});

describe("queries/write-without-where", () => {
  it("warns, whatever the size: a query is run again and again", async () => {
    const configuration = "database: { tables: { orders: { rows: 10 } } }";
    expect((await findingsIn(writeWithoutWhere, query("DELETE FROM orders"), configuration))[0]?.severity).toBe("warning");
  });
});
