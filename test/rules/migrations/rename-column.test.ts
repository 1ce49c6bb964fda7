import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { renameColumn } from "../../../src/rules/migrations/rename-column.js";
import { describeRule, findingsIn } from "../statements.js";

const rename = "ALTER TABLE orders RENAME COLUMN total TO amount;";

describeRule(renameColumn, {
  firing: [
    ["RENAME COLUMN", rename, "orders.total is renamed to amount"],
    ["RENAME without COLUMN", 'ALTER TABLE "Orders" RENAME "Total" TO "Amount";', "Orders.Total is renamed to Amount"],
    ["one inside a DO block", `DO $$ BEGIN ${rename} END $$;`, "orders.total"],
    ["two, as one list", `${rename}\nALTER TABLE items RENAME a TO b;`, "line 2: items.a is renamed to b"],
    ["one whose name is given to a new column below", `${rename} ALTER TABLE orders ADD COLUMN total bigint;`, "orders.total"],
    ["MySQL's RENAME COLUMN", { "migrations/mysql/1.sql": "ALTER TABLE orders RENAME COLUMN total TO amount" }, "orders.total"],
    ["MySQL's CHANGE", { "migrations/mysql/1.sql": "ALTER TABLE orders CHANGE total amount INT" }, "orders.total is renamed to amount"],
    ["SQLite", { "migrations/sqlite/1.sql": "ALTER TABLE orders RENAME COLUMN total TO amount" }, "orders.total"],
  ],
  silent: [
    ["a column added in the change", `ALTER TABLE orders ADD COLUMN total int; ${rename}`],
    ["a table created in the change", `CREATE TABLE orders (total int); ${rename}`],
    [
      "a view in the table's place",
      `ALTER TABLE orders RENAME TO orders_table; ALTER TABLE orders RENAME total TO amount; CREATE VIEW orders AS SELECT amount AS total FROM orders_table;`,
    ],
    ["a column of a view", "ALTER VIEW v RENAME COLUMN a TO b;"],
    ["an attribute of a type", "ALTER TYPE t RENAME ATTRIBUTE a TO b;"],
    ["MySQL's CHANGE that keeps the name", { "migrations/mysql/1.sql": "ALTER TABLE orders CHANGE total total BIGINT" }],
    ["a value of an enum", "ALTER TYPE t RENAME VALUE 'a' TO 'b';"],
  ],
});

describe("migrations/rename-column", () => {
  it("warns, and says how both names can be there", async () => {
    const [finding] = await findingsIn(renameColumn, rename);
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("CREATE VIEW orders AS SELECT *, total AS amount FROM orders_table;");
  });
});
