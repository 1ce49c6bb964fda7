import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { mysqlFkCopy } from "../../../src/rules/migrations/mysql-fk-copy.js";
import { describeRule, findingsIn, rowsOf, type Sql } from "../statements.js";

const my = (sql: string): Sql => ({ "migrations/mysql/1.sql": sql });
const add = "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (shop_id) REFERENCES shops (id)";

describeRule(mysqlFkCopy, {
  firing: [
    ["ADD CONSTRAINT … FOREIGN KEY", my(add), "FOREIGN KEY on orders to shops"],
    ["ADD FOREIGN KEY", my("ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES b (id) ON DELETE CASCADE"), "orders to b"],
    ["one beside a new column", my("ALTER TABLE orders ADD COLUMN a INT, ADD FOREIGN KEY (a) REFERENCES b (id)"), "orders to b"],
    ["checks that are on again", my(`SET foreign_key_checks = 0; SET FOREIGN_KEY_CHECKS = 1; ${add};`), "orders to shops"],
    ["a table of another database", my("ALTER TABLE shop.orders ADD FOREIGN KEY (a) REFERENCES b (id)"), "shop.orders to b"],
  ],
  silent: [
    ["checks that are off", my(`SET FOREIGN_KEY_CHECKS=0; ${add};`)],
    ["one that fails instead", my(`${add}, ALGORITHM=INPLACE, LOCK=NONE`)],
    ["a table created in the change", my(`CREATE TABLE orders (shop_id INT); ${add};`)],
    ["a key of a new table", my("CREATE TABLE orders (a INT, FOREIGN KEY (a) REFERENCES b (id))")],
    ["DROP FOREIGN KEY", my("ALTER TABLE orders DROP FOREIGN KEY fk")],
    ["PostgreSQL", "ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES b (id);"],
  ],
});

describe("migrations/mysql-fk-copy", () => {
  it("goes with the rows, and gives the way in place as SQL", async () => {
    const [finding] = await findingsIn(mysqlFkCopy, my(add), rowsOf(2e6));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("SET foreign_key_checks = 0; ALTER TABLE orders ADD FOREIGN KEY (…) REFERENCES shops (…)");
  });
});
