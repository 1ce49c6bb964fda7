import { describe, expect, it } from "vitest";
import type { Schema } from "../../../src/model/statements.js";
import { plain } from "../../../src/model/text.js";
import { mysqlEnumReorder } from "../../../src/rules/migrations/mysql-enum-reorder.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf, type Sql } from "../statements.js";

const values = (...list: string[]): string => list.map((value) => `'${value}'`).join(",");
const modify = (type: string): Sql => ({ "migrations/mysql/1.sql": `ALTER TABLE orders MODIFY state ${type}` });
const was = (type: string): { readonly schema: Schema } => ({
  schema: { ...schema(catalogue(relation("orders", [`state ${type}`]))), dialect: "mysql" },
});
const many = (count: number): string[] => Array.from({ length: count }, (_, place) => `v${place}`);

describeRule(mysqlEnumReorder, {
  firing: [
    ["a list whose old values are not known", modify("ENUM('new','paid')"), "unless the old ones come first in their old order"],
    ["a value in the middle", modify("ENUM('new','open','paid')"), "it is enum('new','paid')", was("enum('new','paid')")],
    ["a value that is gone", modify("ENUM('new')"), "orders.state becomes ENUM of 1 values", was("enum('new','paid')")],
    ["another order", modify("ENUM('paid','new')"), "becomes ENUM", was("enum('new','paid')")],
    ["a 256th value", modify(`ENUM(${values(...many(256))})`), "of 256 values", was(`enum(${values(...many(255))})`)],
    ["a ninth value of a SET", modify(`SET(${values(...many(9))})`), "becomes SET", was(`set(${values(...many(8))})`)],
    ["a column that was no ENUM", modify("ENUM('new')"), "it is varchar(20)", was("varchar(20)")],
  ],
  silent: [
    ["a value at the end", modify("ENUM('new','paid','refunded') NOT NULL"), was("enum('new','paid')")],
    ["the same list", modify("ENUM('new','paid')"), was("enum('new','paid')")],
    ["a value with a quote", modify("ENUM('it''s','b')"), was("enum('it''s')")],
    ["one that fails instead", { "migrations/mysql/1.sql": "ALTER TABLE orders MODIFY state ENUM('b','a'), ALGORITHM=INSTANT" }],
    ["another type", modify("BIGINT")],
    ["a new column", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD COLUMN state ENUM('a','b')" }],
    [
      "a table created in the change",
      { "migrations/mysql/1.sql": "CREATE TABLE orders (state ENUM('a')); ALTER TABLE orders MODIFY state ENUM('b','a');" },
    ],
  ],
});

describe("migrations/mysql-enum-reorder", () => {
  it("asks where the old list is not known, and warns where it is, by the rows", async () => {
    expect((await findingsIn(mysqlEnumReorder, modify("ENUM('a')")))[0]?.severity).toBe("question");
    const [finding] = await findingsIn(mysqlEnumReorder, modify("ENUM('b','a')"), rowsOf(2e6), was("enum('a')"));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("at the end");
  });
});
