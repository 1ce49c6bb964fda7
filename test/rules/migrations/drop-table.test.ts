import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { dropTable } from "../../../src/rules/migrations/drop-table.js";
import { catalogue, relation, relationName, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const known = schema(catalogue(relation("orders", ["id bigint"])));
const part = schema(
  catalogue(
    relation("orders", ["id bigint"], { kind: "partitioned" }),
    relation("orders_1", ["id bigint"], { partitionOf: relationName("orders") }),
  ),
);

describeRule(dropTable, {
  firing: [
    ["DROP TABLE", "DROP TABLE orders;", "orders is dropped"],
    ["IF EXISTS … CASCADE", "DROP TABLE IF EXISTS shop.orders CASCADE;", "shop.orders is dropped"],
    ["several, as one list", "DROP TABLE a, b;", "line 1: b is dropped"],
    ["one inside a DO block", "DO $$ BEGIN DROP TABLE orders; END $$;", "orders"],
    ["one that is created anew below", "DROP TABLE orders; CREATE TABLE orders (id bigint);", "orders is dropped"],
    ["one that is renamed first, by its old name", "ALTER TABLE orders RENAME TO gone; DROP TABLE gone;", "orders is dropped"],
    ["one that the base has", "DROP TABLE IF EXISTS orders;", "orders", { schema: known }],
    ["MySQL", { "migrations/mysql/1.sql": "DROP TABLE orders" }, "orders"],
  ],
  silent: [
    ["a table created above", "CREATE TABLE scratch (id int); DROP TABLE scratch;"],
    ["a temporary table", "CREATE TEMP TABLE scratch (id int); DROP TABLE scratch;", { schema: known }],
    ["one that the base does not have", "DROP TABLE IF EXISTS nothing;", { schema: known }],
    ["a partition, which another rule is about", "DROP TABLE orders_1;", { schema: part }],
    [
      "SQLite's way to alter a table",
      {
        "migrations/sqlite/1.sql":
          "CREATE TABLE new_orders (id int); INSERT INTO new_orders SELECT id FROM orders; DROP TABLE orders; ALTER TABLE new_orders RENAME TO orders;",
      },
    ],
    [
      "the same the other way round",
      {
        "migrations/sqlite/1.sql":
          "ALTER TABLE orders RENAME TO old_orders; CREATE TABLE orders (id int); INSERT INTO orders SELECT id FROM old_orders; DROP TABLE old_orders;",
      },
    ],
    ["a view, an index", "DROP VIEW v; DROP INDEX i; DROP MATERIALIZED VIEW m;"],
    ["a down migration", { "db/migrations/1.up.sql": "SELECT 1;", "db/migrations/1.down.sql": "DROP TABLE orders;" }],
  ],
});

describe("migrations/drop-table", () => {
  it("is a notice, and shows how to go back", async () => {
    const [finding] = await findingsIn(dropTable, "DROP TABLE orders;");
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders RENAME TO orders_unused;");
  });
});
