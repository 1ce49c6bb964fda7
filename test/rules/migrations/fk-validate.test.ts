import { describe, expect, it } from "vitest";
import { plain, text } from "../../../src/model/text.js";
import { fkValidate } from "../../../src/rules/migrations/fk-validate.js";
import { catalogue, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const ADD = "ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id)";

describeRule(fkValidate, {
  firing: [
    ["a foreign key that cascades", `${ADD} ON DELETE CASCADE;`, "orders to customers"],
    ["a foreign key", `${ADD};`, "FOREIGN KEY on orders to customers without NOT VALID"],
    ["one without a name, in schemas", "ALTER TABLE s.orders ADD FOREIGN KEY (a, b) REFERENCES t.p;", "on s.orders to t.p"],
    ["one of several commands", "ALTER TABLE orders ADD COLUMN a int, ADD FOREIGN KEY (b) REFERENCES p (id);", "to p"],
    ["one inside a DO block", `DO $$ BEGIN ${ADD}; END $$;`, "orders to customers"],
    [
      "a new column with a default, which every row gets",
      "ALTER TABLE orders ADD COLUMN p bigint DEFAULT 1 REFERENCES p (id);",
      "orders to p",
    ],
    [
      "the locks and the scan that were observed",
      `${ADD};`,
      "takes SHARE ROW EXCLUSIVE on customers, orders, reads every row of orders (observed)",
      { observed: { 1: observation({ customers: "SHARE ROW EXCLUSIVE", orders: "SHARE ROW EXCLUSIVE" }, { scanned: ["orders"] }) } },
    ],
    [
      "one that is validated under the lock of its own ADD",
      `${ADD} NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT f;`,
      "VALIDATE CONSTRAINT f of orders in the transaction that adds it. It",
      { run: { tool: "diesel", transaction: "file", withoutTransaction: text`as it is` } },
    ],
    ["NOT VALID in a comment", `${ADD} /* NOT VALID */; -- NOT VALID`, "orders to customers"],
    [
      "a new parent, because the old child is read all the same",
      `CREATE TABLE customers (id int PRIMARY KEY); ${ADD};`,
      "orders to customers",
    ],
  ],
  silent: [
    [
      "one validated in the same file of a tool that runs statement by statement",
      `${ADD} NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT f;`,
      { run: { tool: "goose", transaction: "statement", withoutTransaction: text`as it is` } },
    ],
    ["NOT VALID", `${ADD} NOT VALID;`],
    ["VALIDATE CONSTRAINT", "ALTER TABLE orders VALIDATE CONSTRAINT f;"],
    ["a new nullable column with REFERENCES", "ALTER TABLE orders ADD COLUMN customer_id bigint REFERENCES customers (id);"],
    ["a new column with DEFAULT NULL", "ALTER TABLE orders ADD COLUMN c bigint DEFAULT NULL REFERENCES customers (id);"],
    ["a table created in the change", `CREATE TABLE orders (customer_id int); ${ADD};`],
    ["a CHECK", "ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0);"],
    [
      "a statement that ran without a scan",
      "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES p (id);",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE", p: "SHARE ROW EXCLUSIVE" }) } },
    ],
    ["a comment", `-- ${ADD};\nSELECT 1;`],
    ["a string", `SELECT '${ADD};', $a$${ADD}$a$;`],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id)" }],
  ],
});

describe("migrations/fk-validate", () => {
  it.each([
    ["{ orders: { rows: 100 }, customers: { rows: 3000000 } }", "blocking"],
    ["{ orders: { rows: 3000000 } }", "blocking"],
    ["{ orders: { rows: 100 }, customers: { rows: 100 } }", "notice"],
    ["{ orders: { rows: 100 } }", "warning"],
  ])("goes with the larger of both tables: %s is %s", async (tables, severity) => {
    expect((await findingsIn(fkValidate, `${ADD};`, `database: { tables: ${tables} }`))[0]?.severity).toBe(severity);
  });

  it("gives the two steps as SQL", async () => {
    expect(plain((await findingsIn(fkValidate, "ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES p (id);"))[0]?.help ?? [])).toContain(
      "ALTER TABLE orders ADD CONSTRAINT orders_a_fkey FOREIGN KEY (a) REFERENCES p (id) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT orders_a_fkey;",
    );
  });

  it("takes a foreign key's actions over into the safe form", async () => {
    const [finding] = await findingsIn(fkValidate, "ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE;");
    expect(plain(finding?.help ?? [])).toContain("REFERENCES p (id) ON DELETE CASCADE NOT VALID;");
  });

  it("leaves the actions open where the statement does more than add the key", async () => {
    const sql = "ALTER TABLE orders ADD COLUMN n int, ADD FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE;";
    expect(plain((await findingsIn(fkValidate, sql))[0]?.help ?? [])).toContain("REFERENCES p (id) … NOT VALID;");
  });

  it("says since when a partitioned table may have one that is not validated", async () => {
    const known = { schema: schema(catalogue(relation("orders", ["customer_id int"], { kind: "partitioned" }))) };
    expect(plain((await findingsIn(fkValidate, `${ADD};`, "", known))[0]?.help ?? [])).toContain("from PostgreSQL 18 on");
  });
});
