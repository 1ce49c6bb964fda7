import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { mysqlInlineReferences } from "../../../src/rules/migrations/mysql-inline-references.js";
import { describeRule, findingsIn, type Sql } from "../statements.js";

const my = (sql: string): Sql => ({ "migrations/mysql/1.sql": sql });

describeRule(mysqlInlineReferences, {
  firing: [
    [
      "a new table's column",
      my("CREATE TABLE items (order_id INT REFERENCES orders(id))"),
      "items.order_id REFERENCES orders in the column's definition",
    ],
    ["a new column", my("ALTER TABLE items ADD COLUMN order_id INT REFERENCES orders(id)"), "items.order_id"],
    ["one with an action", my("CREATE TABLE items (order_id INT NOT NULL REFERENCES orders(id) ON DELETE CASCADE)"), "items.order_id"],
    ["one of another database", my("CREATE TABLE items (order_id INT REFERENCES shop.orders(id))"), "shop.orders"],
    ["two, as one list", my("CREATE TABLE items (a INT REFERENCES x(id), b INT REFERENCES y(id))"), "line 1: items.b REFERENCES y"],
  ],
  silent: [
    ["a clause of the table", my("CREATE TABLE items (order_id INT, FOREIGN KEY (order_id) REFERENCES orders(id))")],
    ["an ALTER with a clause", my("ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders(id)")],
    ["a plain column", my("CREATE TABLE items (order_id INT)")],
    ["MariaDB, which takes it", { "migrations/mariadb/1.sql": "CREATE TABLE items (order_id INT REFERENCES orders(id))" }],
    ["PostgreSQL, which takes it", "CREATE TABLE items (order_id int REFERENCES orders(id));"],
  ],
});

describe("migrations/mysql-inline-references", () => {
  it("warns, and gives the clause as SQL", async () => {
    const [finding] = await findingsIn(mysqlInlineReferences, my("CREATE TABLE items (order_id INT REFERENCES orders(id))"));
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("FOREIGN KEY (order_id) REFERENCES orders (…)");
  });
});
