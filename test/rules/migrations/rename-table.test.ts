import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { renameTable } from "../../../src/rules/migrations/rename-table.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const rename = "ALTER TABLE orders RENAME TO purchases;";

describeRule(renameTable, {
  firing: [
    ["RENAME TO", rename, "orders is renamed to purchases"],
    ["one with a schema", "ALTER TABLE shop.orders RENAME TO purchases;", "shop.orders is renamed"],
    ["one inside a DO block", `DO $$ BEGIN ${rename} END $$;`, "orders"],
    ["two tables, as one list", `${rename}\nALTER TABLE items RENAME TO things;`, "line 2: items is renamed to things"],
    ["MySQL", { "migrations/mysql/1.sql": "RENAME TABLE orders TO purchases" }, "orders is renamed to purchases"],
    ["SQLite", { "migrations/sqlite/1.sql": "ALTER TABLE orders RENAME TO purchases" }, "orders is renamed to purchases"],
  ],
  silent: [
    ["a view left under the old name", `BEGIN; ${rename} CREATE VIEW orders AS SELECT * FROM purchases; COMMIT;`],
    ["a table created in the change", `CREATE TABLE orders (id int); ${rename}`],
    [
      "a table that another replaces",
      "ALTER TABLE orders RENAME TO orders_old; ALTER TABLE orders_new RENAME TO orders; CREATE TABLE orders_new (id int);",
    ],
    [
      "SQLite's way to alter a table",
      {
        "migrations/sqlite/1.sql":
          "CREATE TABLE new_orders (id int); INSERT INTO new_orders SELECT id FROM orders; DROP TABLE orders; ALTER TABLE new_orders RENAME TO orders;",
      },
    ],
    ["a table that is dropped under the new name", `${rename} DROP TABLE purchases;`],
    ["an index, a view, a constraint", "ALTER INDEX a RENAME TO b; ALTER VIEW v RENAME TO w; ALTER TABLE t RENAME CONSTRAINT c TO d;"],
    ["a column, which another rule is about", "ALTER TABLE orders RENAME COLUMN a TO b;"],
  ],
});

describe("migrations/rename-table", () => {
  it("warns whatever the size, and gives the view as SQL", async () => {
    const [finding] = await findingsIn(renameTable, rename, rowsOf(5e6));
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders RENAME TO purchases; CREATE VIEW orders AS SELECT * FROM purchases;");
  });
});
