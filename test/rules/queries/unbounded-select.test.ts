import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { unboundedSelect } from "../../../src/rules/queries/unbounded-select.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { findingsIn, MIGRATION, QUERY, rowsOf } from "../statements.js";

const found = async (sql: string, rows = 500_000, path = QUERY) =>
  (await findingsIn(unboundedSelect, { [path]: sql }, rowsOf(rows))).map((finding) => plain(finding.message));

describe("queries/unbounded-select finds", () => {
  it.each([
    ["a table as a whole", "SELECT * FROM orders"],
    ["a range", "SELECT id FROM orders WHERE created_at > $1"],
    ["a search", "SELECT id FROM orders WHERE note LIKE 'a%' ORDER BY id"],
    ["a join of whole tables", "SELECT * FROM orders o JOIN customers c ON c.id > o.customer_id"],
    ["what is not NULL", "SELECT * FROM orders WHERE paid_at IS NOT NULL"],
  ])("%s", async (_, sql) => {
    expect(await found(sql)).toEqual([expect.stringContaining("from orders (500,000 rows)")]);
  });

  it("MySQL's and SQLite's too", async () => {
    expect(await found("SELECT * FROM orders", 500_000, "queries/mysql/a.sql")).toHaveLength(1);
    expect(await found("SELECT * FROM orders", 500_000, "queries/sqlite/a.sql")).toHaveLength(1);
  });

  it("an equality with a boolean, which halves the rows at best", async () => {
    const known = { schema: schema(catalogue(relation("orders", ["id bigint not null", "paid boolean"]))) };
    const sql = { [QUERY]: "SELECT * FROM orders WHERE paid = true" };
    expect(await findingsIn(unboundedSelect, sql, rowsOf(500_000), known)).toHaveLength(1);
    expect(await findingsIn(unboundedSelect, sql, rowsOf(500_000))).toEqual([]);
  });
});

describe("queries/unbounded-select is silent about", () => {
  it.each([
    ["a LIMIT", "SELECT * FROM orders LIMIT $1"],
    ["an equality", "SELECT * FROM orders WHERE customer_id = $1"],
    ["IN", "SELECT * FROM orders WHERE id IN (1, 2)"],
    ["an array", "SELECT * FROM orders WHERE id = ANY ($1)"],
    ["a sub-query's keys", "SELECT * FROM orders WHERE id IN (SELECT order_id FROM carts)"],
    ["an aggregate", "SELECT count(*) FROM orders"],
    ["groups", "SELECT state, count(*) FROM orders GROUP BY state"],
    ["a join of a narrowed table", "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.id = $1"],
    ["a table of unknown size", "SELECT * FROM carts"],
    ["a write", "DELETE FROM orders"],
    ["rows that are written", "INSERT INTO archive SELECT * FROM orders"],
  ])("%s", async (_, sql) => {
    expect(await found(sql)).toEqual([]);
  });

  it("a smaller table, and a migration", async () => {
    expect(await found("SELECT * FROM orders", 99_999)).toEqual([]);
    expect(await found("CREATE VIEW v AS SELECT * FROM orders", 500_000, MIGRATION)).toEqual([]);
  });
});
