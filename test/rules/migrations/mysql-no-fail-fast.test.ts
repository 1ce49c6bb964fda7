import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { mysqlNoFailFast } from "../../../src/rules/migrations/mysql-no-fail-fast.js";
import { describeRule, findingsIn, type Sql } from "../statements.js";

const my = (sql: string): Sql => ({ "migrations/mysql/1.sql": sql });

describeRule(mysqlNoFailFast, {
  firing: [
    ["ADD COLUMN", my("ALTER TABLE orders ADD COLUMN a INT"), "ALTER TABLE orders without ALGORITHM and LOCK"],
    ["MODIFY", my("ALTER TABLE orders MODIFY a BIGINT"), "ALTER TABLE orders"],
    ["ALGORITHM=COPY", my("ALTER TABLE orders ADD COLUMN a INT, ALGORITHM=COPY"), "ALTER TABLE orders"],
    ["several parts, once", my("ALTER TABLE orders ADD COLUMN a INT, ADD COLUMN b INT"), "ALTER TABLE orders without"],
    ["MariaDB", { "migrations/mariadb/1.sql": "ALTER TABLE orders DROP COLUMN a" }, "ALTER TABLE orders"],
  ],
  silent: [
    ["ALGORITHM=INSTANT", my("ALTER TABLE orders ADD COLUMN a INT, ALGORITHM=INSTANT")],
    ["LOCK=NONE", my("ALTER TABLE orders ADD INDEX i (a), LOCK=NONE")],
    ["a rename of the table", my("ALTER TABLE orders RENAME TO purchases")],
    ["a table created in the change", my("CREATE TABLE orders (a INT); ALTER TABLE orders ADD b INT;")],
    ["PostgreSQL", "ALTER TABLE orders ADD COLUMN a int;"],
  ],
});

describe("migrations/mysql-no-fail-fast", () => {
  it("is off until it is asked for, and shows both clauses", async () => {
    expect(mysqlNoFailFast.off).toBe(true);
    const help = plain((await findingsIn(mysqlNoFailFast, my("ALTER TABLE orders ADD a INT")))[0]?.help ?? []);
    expect(help).toContain("ALTER TABLE orders …, ALGORITHM=INSTANT;");
    expect(help).toContain("LOCK=NONE;");
  });
});
