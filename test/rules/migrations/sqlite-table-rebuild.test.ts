import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { sqliteTableRebuild } from "../../../src/rules/migrations/sqlite-table-rebuild.js";
import { describeRule, findingsIn, rowsOf, type Sql } from "../statements.js";

const lite = (sql: string): Sql => ({ "migrations/sqlite/1.sql": sql });
const rebuild =
  "CREATE TABLE new_orders (id int); INSERT INTO new_orders SELECT id FROM orders; DROP TABLE orders; ALTER TABLE new_orders RENAME TO orders;";

describeRule(sqliteTableRebuild, {
  firing: [
    ["create, copy, drop, rename", lite(rebuild), "orders is copied into a new table"],
    ["the same with named columns", lite(rebuild.replace("new_orders SELECT", "new_orders (id) SELECT")), "orders is copied"],
    ["the same with quoted names", lite(rebuild.replaceAll("new_orders", '"new_orders"')), "orders is copied"],
    ["DROP COLUMN", lite("ALTER TABLE orders DROP COLUMN total"), "DROP COLUMN orders.total writes every row anew"],
    ["two tables, as one list", lite(`${rebuild}\nALTER TABLE items DROP COLUMN a;`), "line 2: DROP COLUMN items.a"],
  ],
  silent: [
    ["ADD COLUMN", lite("ALTER TABLE orders ADD COLUMN total int")],
    ["RENAME", lite("ALTER TABLE orders RENAME TO purchases; ALTER TABLE items RENAME COLUMN a TO b;")],
    ["a copy into a table that stays beside", lite("CREATE TABLE archive (id int); INSERT INTO archive SELECT id FROM orders;")],
    ["a new table without rows", lite("CREATE TABLE new_orders (id int); ALTER TABLE new_orders RENAME TO orders;")],
    ["a table created in the change", lite("CREATE TABLE orders (a int, b int); ALTER TABLE orders DROP COLUMN a;")],
    ["PostgreSQL", "ALTER TABLE orders DROP COLUMN total;"],
  ],
});

describe("migrations/sqlite-table-rebuild", () => {
  it("is a notice, and blocks for a large table", async () => {
    expect((await findingsIn(sqliteTableRebuild, lite(rebuild)))[0]?.severity).toBe("notice");
    const [finding] = await findingsIn(sqliteTableRebuild, lite("ALTER TABLE orders DROP COLUMN total"), rowsOf(2e6));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("one rebuild");
  });
});
