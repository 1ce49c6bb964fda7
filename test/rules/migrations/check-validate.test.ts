import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { checkValidate } from "../../../src/rules/migrations/check-validate.js";
import { observation } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const ADD = "ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0)";

describeRule(checkValidate, {
  firing: [
    ["ADD CHECK", `${ADD};`, "ADD CHECK positive on orders without NOT VALID"],
    ["one without a name, in a schema", "ALTER TABLE shop.orders ADD CHECK (amount > 0);", "orders_amount_check on shop.orders"],
    ["one over two columns", "ALTER TABLE orders ADD CHECK (a > b);", "orders_check on orders"],
    ["a new column with CHECK", "ALTER TABLE orders ADD COLUMN amount int CHECK (amount > 0);", "ADD COLUMN … CHECK orders_amount_check"],
    ["one of several commands", "ALTER TABLE orders ADD COLUMN a int, ADD CHECK (a > 0), ADD CHECK (b > 0) NOT VALID;", "orders_a_check"],
    ["one inside a DO block", `DO $$ BEGIN ${ADD}; END $$;`, "positive on orders"],
    [
      "what was observed",
      `${ADD};`,
      "takes ACCESS EXCLUSIVE on orders, reads every row of orders (observed)",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }, { scanned: ["orders"] }) } },
    ],
    [
      "one that is validated under the lock of its own ADD",
      `BEGIN; ${ADD} NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT positive; COMMIT;`,
      "VALIDATE CONSTRAINT positive of orders in the transaction that adds it. It",
    ],
    [
      "one whose transaction nobody knows",
      `${ADD} NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT positive;`,
      "unless each statement runs in a transaction of its own",
    ],
  ],
  silent: [
    ["one validated after its transaction", `BEGIN; ${ADD} NOT VALID; COMMIT; ALTER TABLE orders VALIDATE CONSTRAINT positive;`],
    ["NOT VALID", `${ADD} NOT VALID;`],
    ["VALIDATE CONSTRAINT", "ALTER TABLE orders VALIDATE CONSTRAINT positive;"],
    ["a table created in the change", `CREATE TABLE orders (amount int); ${ADD};`],
    ["a CHECK in CREATE TABLE", "CREATE TABLE orders (amount int CHECK (amount > 0));"],
    ["a domain", "CREATE DOMAIN amount AS int CHECK (VALUE > 0);"],
    ["a foreign key", "ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES p (id);"],
    ["a statement that ran without a scan", `${ADD};`, { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } }],
    ["a comment", `-- ${ADD};\nSELECT 1;`],
    ["MySQL", { "migrations/mysql/1.sql": `${ADD}` }],
  ],
});

describe("migrations/check-validate", () => {
  it("goes with the table's size and takes the CHECK over as it was written", async () => {
    const [finding] = await findingsIn(checkValidate, `${ADD};`, rowsOf(5_000));
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain(`${ADD} NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT positive;`);
  });

  it("says to add a column first, then its CHECK", async () => {
    const [finding] = await findingsIn(checkValidate, "ALTER TABLE orders ADD COLUMN a int CHECK (a > 0);");
    expect(plain(finding?.help ?? [])).toContain("Add the column without the CHECK, then the CHECK without the scan");
  });
});
