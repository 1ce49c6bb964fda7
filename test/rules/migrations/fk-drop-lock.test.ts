import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { fkDropLock } from "../../../src/rules/migrations/fk-drop-lock.js";
import { catalogue, foreignKey, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const DROP = "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;";
const known = {
  schema: schema(
    catalogue(
      relation("customers", ["id int not null"]),
      relation("orders", ["customer_id int", "parent_id int"], {
        foreignKeys: [foreignKey("orders_customer", ["customer_id"], "customers"), foreignKey("self", ["parent_id"], "orders")],
      }),
    ),
  ),
};

describeRule(fkDropLock, {
  firing: [
    ["a constraint named like a foreign key", DROP, "DROP CONSTRAINT orders_customer_id_fkey of orders, unless it is no foreign key"],
    ["a name in another manner", "ALTER TABLE orders DROP CONSTRAINT IF EXISTS fk_rails_1;", "fk_rails_1"],
    [
      "a foreign key that the schema knows",
      "ALTER TABLE orders DROP CONSTRAINT orders_customer;",
      "of orders, a foreign key to customers",
      known,
    ],
    ["a table with foreign keys", "DROP TABLE orders;", "DROP TABLE orders, with foreign keys to customers", known],
    ["one inside a DO block", `DO $$ BEGIN ${DROP} END $$;`, "orders_customer_id_fkey"],
    [
      "what was observed",
      "ALTER TABLE orders DROP CONSTRAINT orders_customer;",
      "takes ACCESS EXCLUSIVE on orders, customers (observed)",
      { ...known, observed: { 1: observation({ orders: "ACCESS EXCLUSIVE", customers: "ACCESS EXCLUSIVE" }) } },
    ],
  ],
  silent: [
    ["a limited wait", `SET lock_timeout = '5s'; ${DROP}`],
    ["a name that says nothing of it", "ALTER TABLE orders DROP CONSTRAINT orders_amount_check;"],
    ["what the schema knows to be none", DROP, known],
    ["a table without foreign keys", "DROP TABLE customers;", known],
    ["DROP TABLE where the schema is not known", "DROP TABLE orders;"],
    ["a table created in the change", `CREATE TABLE orders (a int); ${DROP}`],
    ["IF EXISTS that found nothing when it ran", DROP.replace("CONSTRAINT", "CONSTRAINT IF EXISTS"), { observed: { 1: observation({}) } }],
    ["a comment", `-- ${DROP}\nSELECT 1;`],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders DROP FOREIGN KEY orders_fk" }],
  ],
});

describe("migrations/fk-drop-lock", () => {
  it("is a notice that gives the limit as SQL", async () => {
    const [finding] = await findingsIn(fkDropLock, DROP);
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain(`SET lock_timeout = '5s'; ${DROP}`);
  });
});
