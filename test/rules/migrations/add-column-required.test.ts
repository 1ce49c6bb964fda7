import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { addColumnRequired } from "../../../src/rules/migrations/add-column-required.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const add = "ALTER TABLE orders ADD COLUMN region text NOT NULL;";

describeRule(addColumnRequired, {
  firing: [
    ["NOT NULL without a default", add, "ADD COLUMN orders.region is NOT NULL and has no default"],
    ["DEFAULT NULL", "ALTER TABLE orders ADD region text DEFAULT NULL NOT NULL;", "orders.region"],
    ["a primary key", "ALTER TABLE shop.orders ADD COLUMN id uuid PRIMARY KEY;", "shop.orders.id"],
    ["one of several", "ALTER TABLE orders ADD a int, ADD b int NOT NULL;", "orders.b"],
    ["one inside a DO block", `DO $$ BEGIN ${add} END $$;`, "orders.region"],
    ["SQLite", { "migrations/sqlite/1.sql": "ALTER TABLE orders ADD COLUMN region text NOT NULL" }, "orders.region"],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD COLUMN region INT NOT NULL" }, "the rows get 0 or an empty string"],
    ["rows that are deleted before", `DELETE FROM orders; ${add}`, "its rows are deleted before"],
    ["a table that is truncated before", `TRUNCATE orders; ${add}`, "its rows are deleted before"],
  ],
  silent: [
    ["a default", "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu';"],
    ["a nullable column", "ALTER TABLE orders ADD COLUMN region text;"],
    ["a serial", "ALTER TABLE orders ADD COLUMN n bigserial NOT NULL;"],
    ["an identity", "ALTER TABLE orders ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY NOT NULL;"],
    ["a computed column", "ALTER TABLE orders ADD COLUMN n int GENERATED ALWAYS AS (total * 2) STORED NOT NULL;"],
    ["a table created in the change", `CREATE TABLE orders (id int); ${add}`],
    ["MySQL's default", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD COLUMN region INT NOT NULL DEFAULT 5" }],
    ["a query file", { "src/queries/x.sql": add }],
  ],
});

describe("migrations/add-column-required", () => {
  const severity = async (sql: string | Record<string, string>, configuration = ""): Promise<string | undefined> =>
    (await findingsIn(addColumnRequired, sql, configuration))[0]?.severity;

  it("blocks, but for a table that is known to be empty or was emptied, and for MySQL, which fills in", async () => {
    expect(await severity(add)).toBe("blocking");
    expect(await severity(add, rowsOf(0))).toBe("notice");
    expect(await severity(add, rowsOf(50))).toBe("blocking");
    expect(await severity(`DELETE FROM orders; ${add}`)).toBe("warning");
    expect(await severity({ "migrations/mysql/1.sql": "ALTER TABLE orders ADD region INT NOT NULL" })).toBe("warning");
  });

  it("gives both safe forms as SQL", async () => {
    const help = plain((await findingsIn(addColumnRequired, add))[0]?.help ?? []);
    expect(help).toContain("ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT …;");
    expect(help).toContain("ALTER TABLE orders ADD COLUMN region text;");
  });
});
