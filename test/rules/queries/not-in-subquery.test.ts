import { describe, expect, it } from "vitest";
import { notInSubquery } from "../../../src/rules/queries/not-in-subquery.js";
import { describeRule, findingsIn, MIGRATION, QUERY, rowsOf } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const NOT_IN = query("SELECT * FROM orders WHERE id NOT IN (SELECT order_id FROM gone)");

describeRule(notInSubquery, {
  firing: [
    ["NOT IN", NOT_IN, "NOT IN over a query on gone"],
    ["NOT before it", query("SELECT * FROM orders WHERE NOT (id IN (SELECT order_id FROM gone))"), "on gone"],
    ["<> ALL", query("SELECT * FROM orders WHERE id <> ALL (SELECT order_id FROM gone)"), "on gone"],
    ["a DELETE", query("DELETE FROM orders WHERE a = 1 AND id NOT IN (SELECT order_id FROM shop.gone)"), "on shop.gone"],
    ["a join's condition", query("SELECT 1 FROM a JOIN b ON b.a_id = a.id AND b.x NOT IN (SELECT x FROM c)"), "on c"],
    ["HAVING", query("SELECT x FROM a GROUP BY x HAVING x NOT IN (SELECT x FROM c)"), "on c"],
    ["a view of a migration", { [MIGRATION]: "CREATE VIEW v AS SELECT * FROM a WHERE x NOT IN (SELECT x FROM c)" }, "on c"],
    ["a narrowed query", query("SELECT * FROM a WHERE x NOT IN (SELECT x FROM c WHERE tenant_id = $1)"), "on c"],
  ],
  silent: [
    ["NOT EXISTS", query("SELECT * FROM orders o WHERE NOT EXISTS (SELECT 1 FROM gone g WHERE g.order_id = o.id)")],
    ["IN", query("SELECT * FROM orders WHERE id IN (SELECT order_id FROM gone)")],
    ["a list", query("SELECT * FROM orders WHERE state NOT IN ('a', 'b') AND x <> ALL ($1)")],
    ["an array's elements", query("SELECT * FROM orders WHERE id NOT IN (SELECT unnest($1::int[]))")],
    ["a small LIMIT", query("SELECT * FROM orders WHERE id NOT IN (SELECT id FROM orders ORDER BY id LIMIT 100)")],
    ["a CTE", query("WITH g AS (SELECT 1 AS id) SELECT * FROM orders WHERE id NOT IN (SELECT id FROM g)")],
    ["a row that is read by its key", query("SELECT * FROM jobs WHERE id = $1 AND id NOT IN (SELECT id FROM gone)")],
    ["what a migration runs once", { [MIGRATION]: "DELETE FROM orders WHERE id NOT IN (SELECT order_id FROM gone)" }],
    ["MySQL", { "queries/mysql/a.sql": "SELECT * FROM orders WHERE id NOT IN (SELECT order_id FROM gone)" }],
  ],
});

describe("queries/not-in-subquery", () => {
  it("is silent where the inner table is known to be small, and not where it is large", async () => {
    expect(await findingsIn(notInSubquery, NOT_IN, rowsOf(500, "gone"))).toEqual([]);
    expect(await findingsIn(notInSubquery, NOT_IN, rowsOf(500_000, "gone"))).toHaveLength(1);
  });

  it("is a notice where the inner query is narrowed to a given value", async () => {
    const narrowed = query("SELECT * FROM a WHERE x NOT IN (SELECT x FROM c WHERE tenant_id = $1)");
    expect((await findingsIn(notInSubquery, narrowed))[0]?.severity).toBe("notice");
    expect((await findingsIn(notInSubquery, NOT_IN))[0]?.severity).toBe("warning");
  });
});
