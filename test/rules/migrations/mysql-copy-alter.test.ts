import { describe, expect, it } from "vitest";
import type { Schema } from "../../../src/model/statements.js";
import { plain } from "../../../src/model/text.js";
import { mysqlCopyAlter } from "../../../src/rules/migrations/mysql-copy-alter.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf, type Sql } from "../statements.js";

const my = (sql: string): Sql => ({ "migrations/mysql/1.sql": sql });
const was = (type: string): { readonly schema: Schema } => ({
  schema: { ...schema(catalogue(relation("orders", [`a ${type}`]))), dialect: "mysql" },
});

describeRule(mysqlCopyAlter, {
  firing: [
    ["MODIFY", my("ALTER TABLE orders MODIFY COLUMN a BIGINT NOT NULL"), "orders.a becomes BIGINT, unless it is that already"],
    ["CHANGE", my("ALTER TABLE orders CHANGE a b BIGINT UNSIGNED"), "orders.a becomes BIGINT UNSIGNED"],
    ["MariaDB", { "migrations/mariadb/1.sql": "ALTER TABLE orders MODIFY a BIGINT" }, "orders.a becomes BIGINT"],
    ["VARCHAR, as a question", my("ALTER TABLE orders MODIFY a VARCHAR(300)"), "unless it was shorter"],
    ["a known other type", my("ALTER TABLE orders MODIFY a BIGINT"), "becomes BIGINT; it is int", was("int")],
    ["VARCHAR past 63 characters", my("ALTER TABLE orders MODIFY a VARCHAR(64)"), "it is varchar(63)", was("varchar(63)")],
    ["VARCHAR that shrinks", my("ALTER TABLE orders MODIFY a VARCHAR(100)"), "it is varchar(200)", was("varchar(200)")],
    ["DROP PRIMARY KEY alone", my("ALTER TABLE orders DROP PRIMARY KEY"), "The primary key of orders is dropped alone"],
    ["LOCK=SHARED, which blocks writes", my("ALTER TABLE orders MODIFY a BIGINT, LOCK=SHARED"), "orders.a becomes BIGINT"],
  ],
  silent: [
    ["the type that it has", my("ALTER TABLE orders MODIFY a BIGINT NOT NULL"), was("bigint")],
    ["VARCHAR that grows below 64 characters", my("ALTER TABLE orders MODIFY a VARCHAR(63)"), was("varchar(20)")],
    ["VARCHAR that grows above", my("ALTER TABLE orders MODIFY a VARCHAR(300)"), was("varchar(64)")],
    ["one that fails instead", my("ALTER TABLE orders MODIFY a BIGINT, ALGORITHM=INPLACE, LOCK=NONE")],
    ["a primary key that is replaced", my("ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (a, b)")],
    ["ADD and DROP COLUMN", my("ALTER TABLE orders ADD COLUMN b INT, DROP COLUMN c")],
    ["an index", my("ALTER TABLE orders ADD INDEX i (a)")],
    ["ENUM, which another rule is about", my("ALTER TABLE orders MODIFY a ENUM('x','y')")],
    ["a table created in the change", my("CREATE TABLE orders (a INT); ALTER TABLE orders MODIFY a BIGINT;")],
    ["PostgreSQL", "ALTER TABLE orders ALTER a TYPE bigint;"],
  ],
});

describe("migrations/mysql-copy-alter", () => {
  it("goes with the rows, and never blocks on a question", async () => {
    expect((await findingsIn(mysqlCopyAlter, my("ALTER TABLE orders MODIFY a BIGINT")))[0]?.severity).toBe("warning");
    expect((await findingsIn(mysqlCopyAlter, my("ALTER TABLE orders MODIFY a BIGINT"), rowsOf(2e6)))[0]?.severity).toBe("blocking");
    expect((await findingsIn(mysqlCopyAlter, my("ALTER TABLE orders MODIFY a VARCHAR(300)"), rowsOf(2e6)))[0]?.severity).toBe("question");
  });

  it("gives MySQL's SQL, never CONCURRENTLY or NOT VALID", async () => {
    const help = plain((await findingsIn(mysqlCopyAlter, my("ALTER TABLE `my orders` MODIFY a BIGINT")))[0]?.help ?? []);
    expect(help).toContain("ALTER TABLE `my orders` MODIFY a BIGINT, ALGORITHM=INPLACE, LOCK=NONE;");
    expect(help).not.toMatch(/CONCURRENTLY|NOT VALID/);
  });
});
