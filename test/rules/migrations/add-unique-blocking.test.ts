import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { addUniqueBlocking } from "../../../src/rules/migrations/add-unique-blocking.js";
import { catalogue, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const ADD = "ALTER TABLE orders ADD CONSTRAINT u UNIQUE (number);";

describeRule(addUniqueBlocking, {
  firing: [
    ["ADD UNIQUE", ADD, "ADD UNIQUE on orders (number)"],
    ["a PRIMARY KEY of two columns", "ALTER TABLE shop.orders ADD PRIMARY KEY (a, b);", "ADD PRIMARY KEY on shop.orders (a, b)"],
    ["a new column with UNIQUE", "ALTER TABLE orders ADD COLUMN number text UNIQUE;", "ADD COLUMN … UNIQUE on orders (number)"],
    ["a new column with PRIMARY KEY", "ALTER TABLE orders ADD COLUMN id uuid PRIMARY KEY;", "ADD COLUMN … PRIMARY KEY on orders (id)"],
    ["one of several commands", "ALTER TABLE orders DROP CONSTRAINT p, ADD CONSTRAINT p PRIMARY KEY (id);", "ADD PRIMARY KEY on orders"],
    ["one inside a DO block", `DO $$ BEGIN ${ADD} END $$;`, "on orders"],
    [
      "what was observed",
      ADD,
      "takes ACCESS EXCLUSIVE on orders, reads every row of orders (observed)",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }, { scanned: ["orders"] }) } },
    ],
  ],
  silent: [
    ["USING INDEX", "ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX i;"],
    ["a PRIMARY KEY USING INDEX", "ALTER TABLE orders ADD CONSTRAINT p PRIMARY KEY USING INDEX i;"],
    ["a table created in the change", `CREATE TABLE orders (number text); ${ADD}`],
    ["UNIQUE in CREATE TABLE", "CREATE TABLE orders (number text UNIQUE, PRIMARY KEY (number));"],
    ["a unique index, which another rule judges", "CREATE UNIQUE INDEX i ON orders (number);"],
    ["a CHECK", "ALTER TABLE orders ADD CHECK (a > 0);"],
    ["a statement that ran without reading the table", ADD, { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } }],
    ["a comment", `-- ${ADD}\nSELECT 1;`],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD CONSTRAINT u UNIQUE (number)" }],
  ],
});

describe("migrations/add-unique-blocking", () => {
  it("blocks on a large table and gives both steps as SQL", async () => {
    const [finding] = await findingsIn(addUniqueBlocking, 'ALTER TABLE orders ADD UNIQUE ("orderNo", shop);', rowsOf(1_000_000));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain(
      'CREATE UNIQUE INDEX CONCURRENTLY "orders_orderNo_shop_key" ON orders ("orderNo", shop); ALTER TABLE orders ADD CONSTRAINT "orders_orderNo_shop_key" UNIQUE USING INDEX "orders_orderNo_shop_key";',
    );
  });

  it("offers no index to take over where a partitioned table refuses it", async () => {
    const known = { schema: schema(catalogue(relation("orders", ["number text"], { kind: "partitioned" }))) };
    expect(plain((await findingsIn(addUniqueBlocking, ADD, "", known))[0]?.help ?? [])).toContain("cannot take over an index");
  });
});
