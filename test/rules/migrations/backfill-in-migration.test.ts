import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { backfillInMigration } from "../../../src/rules/migrations/backfill-in-migration.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const unique = (keys: readonly string[], predicate: string | null = null) =>
  schema(
    catalogue(
      relation("orders", ["id bigint", "code text", "shop bigint"], { indexes: [index("orders_key", keys, { unique: true, predicate })] }),
    ),
  );

describeRule(backfillInMigration, {
  firing: [
    ["an UPDATE of all rows", "UPDATE orders SET state = 'new';", "UPDATE on orders"],
    ["an UPDATE of the rows without a value", "UPDATE orders SET a = 1 WHERE a IS NULL;", "UPDATE on orders"],
    ["a DELETE", "DELETE FROM shop.orders WHERE state = 'old';", "DELETE on shop.orders"],
    ["an INSERT of a query", "INSERT INTO archive SELECT * FROM orders;", "INSERT … SELECT on archive"],
    ["a DELETE inside a DO block", "DO $$ BEGIN DELETE FROM orders WHERE a NOT IN (SELECT id FROM b); END $$;", "DELETE on orders"],
    [
      "an UPDATE in a loop of a DO block",
      "DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 AS x LOOP UPDATE orders SET a = r.x; END LOOP; END $$;",
      "UPDATE on orders",
    ],
    ["a DELETE inside a CTE", "WITH gone AS (DELETE FROM orders WHERE a = 1 RETURNING *) SELECT count(*) FROM gone;", "DELETE on orders"],
    ["a join on the key, which is no key equality", "UPDATE orders SET a = b.a FROM b WHERE orders.id = b.id;", "UPDATE on orders"],
    ["MySQL", { "migrations/mysql/1.sql": "UPDATE orders SET a = 1 WHERE a IS NULL" }, "UPDATE on orders"],
    [
      "one beside a schema change",
      "ALTER TABLE orders ADD a int;\nUPDATE orders SET a = 1;",
      "with the schema change of line 1, whose lock is held as long",
    ],
    ["half of a unique key", "UPDATE orders SET a = 1 WHERE code = 'x';", "orders", { schema: unique(["shop", "code"]) }],
    ["a unique key of some rows", "UPDATE orders SET a = 1 WHERE code = 'x';", "orders", { schema: unique(["code"], "(shop > 1)") }],
    ["an INSERT of a query in SQLite", { "migrations/sqlite/1.sql": "INSERT INTO archive SELECT * FROM orders" }, "archive"],
  ],
  silent: [
    ["one row by its key", "UPDATE settings SET a = 1 WHERE id = 5; DELETE FROM settings WHERE id IN ('a', 'b') AND x;"],
    ["one row by a unique key", "UPDATE orders SET a = 1 WHERE shop = 1 AND code = 'x' AND b;", { schema: unique(["shop", "code"]) }],
    ["rows that stand in the file", "INSERT INTO roles (name) VALUES ('a'), ('b');"],
    ["a row without a table", "INSERT INTO roles SELECT 1, 'a' WHERE NOT EXISTS (SELECT 1 FROM roles);"],
    ["a table created in the change", "CREATE TABLE archive (id int); INSERT INTO archive SELECT id FROM orders;"],
    ["a CTE of constants", "WITH v AS (VALUES (1), (2)) INSERT INTO roles SELECT * FROM v;"],
    ["a comment", "-- UPDATE orders SET a = 1;\nSELECT 1;"],
    ["a string", "SELECT 'UPDATE orders SET a = 1;', $u$DELETE FROM orders$u$;"],
    ["a function body, which runs later", "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC UPDATE orders SET a = 1; END;"],
    ["a query file", { "src/queries/x.sql": "UPDATE orders SET a = 1;" }],
    ["a MySQL row by its key", { "migrations/mysql/1.sql": "DELETE FROM settings WHERE `id` = 7" }],
  ],
});

describe("migrations/backfill-in-migration", () => {
  it("goes with the table's size", async () => {
    const sql = "UPDATE orders SET a = 1;";
    expect((await findingsIn(backfillInMigration, sql))[0]?.severity).toBe("warning");
    expect(await findingsIn(backfillInMigration, sql, rowsOf(1000))).toEqual([]);
    expect((await findingsIn(backfillInMigration, sql, rowsOf(5000)))[0]?.severity).toBe("notice");
    expect((await findingsIn(backfillInMigration, sql, rowsOf(1e7)))[0]?.severity).toBe("blocking");
  });

  it("names a schema change on the table only where it is in the same transaction", async () => {
    const run = { tool: "goose", transaction: "statement", withoutTransaction: [] } as const;
    const said = async (sql: string): Promise<string> => plain((await findingsIn(backfillInMigration, sql, "", { run }))[0]?.message ?? []);
    expect(await said("ALTER TABLE orders ADD a int; UPDATE orders SET a = 1;")).not.toContain("the schema change of line");
    expect(await said("BEGIN; ALTER TABLE orders ADD a int; UPDATE orders SET a = 1; COMMIT;")).toContain("the schema change of line");
    expect(await said("BEGIN; ALTER TABLE orders ADD a int; COMMIT; UPDATE orders SET a = 1;")).not.toContain("the schema change of line");
  });

  it("gives a batch as SQL, which keeps the condition that the statement had", async () => {
    expect(plain((await findingsIn(backfillInMigration, "DELETE FROM orders WHERE a = 1;"))[0]?.help ?? [])).toContain(
      "DELETE FROM orders WHERE … AND id > $last",
    );
    expect(plain((await findingsIn(backfillInMigration, "DELETE FROM orders;"))[0]?.help ?? [])).toContain(
      "DELETE FROM orders WHERE id > $last",
    );
  });
});
