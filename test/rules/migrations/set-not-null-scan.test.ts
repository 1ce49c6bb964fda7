import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { setNotNullScan } from "../../../src/rules/migrations/set-not-null-scan.js";
import { catalogue, check, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const SET = "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;";

const ordersWith = (note: string, ...checks: readonly ReturnType<typeof check>[]) =>
  schema(catalogue(relation("orders", ["id bigint not null", note], { checks })));

describeRule(setNotNullScan, {
  firing: [
    ["SET NOT NULL", SET, "SET NOT NULL on orders.note"],
    [
      "one of several commands, on ONLY the table",
      "ALTER TABLE ONLY shop.orders ALTER a SET DEFAULT 1, ALTER b SET NOT NULL;",
      "shop.orders.b",
    ],
    ["one inside a DO block", `DO $$ BEGIN ${SET} END $$;`, "orders.note"],
    ["a CHECK that was never validated", `ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ${SET}`, "orders.note"],
    ["a CHECK of another column", `ALTER TABLE orders ADD CONSTRAINT c CHECK (other IS NOT NULL); ${SET}`, "orders.note"],
    ["a CHECK of another table", `ALTER TABLE bills ADD CONSTRAINT c CHECK (note IS NOT NULL); ${SET}`, "orders.note"],
    [
      "a CHECK with OR, which proves nothing",
      `ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL OR a > 1); ${SET}`,
      "orders.note",
    ],
    ["a CHECK in a comment", `-- ALTER TABLE orders ADD CHECK (note IS NOT NULL);\n${SET}`, "orders.note"],
    [
      "a column that the schema shows to be nullable, without doubt",
      SET,
      "SET NOT NULL on orders.note. It",
      { schema: ordersWith("note text", check("c", "(note IS NOT NULL)", false)) },
    ],
    [
      "a CHECK that only sounds like a proof",
      SET,
      "orders.note",
      { schema: ordersWith("note text", check("c", "((note IS NOT NULL) OR (id > 1))"), check("d", "(id <> 'x AND note IS NOT NULL')")) },
    ],
    [
      "a scan that was observed",
      SET,
      "SET NOT NULL on orders.note, takes ACCESS EXCLUSIVE on orders, reads every row of orders (observed). It",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }, { scanned: ["orders"] }) } },
    ],
    ["a table that the schema does not hold", SET, "unless the column already is", { schema: schema(catalogue()) }],
    ["a column just added and filled", `ALTER TABLE orders ADD COLUMN note text; ${SET}`, "orders.note"],
  ],
  silent: [
    [
      "a CHECK added and validated",
      `ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; ${SET}`,
    ],
    [
      "a CHECK validated in another file of the change",
      {
        "migrations/1.sql": "ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0 AND note IS NOT NULL) NOT VALID",
        "migrations/2.sql": "ALTER TABLE public.orders VALIDATE CONSTRAINT c",
        "migrations/3.sql": SET,
      },
    ],
    ["a CHECK valid from the start", `ALTER TABLE orders ADD CHECK (note IS NOT NULL); ${SET}`],
    ["PostgreSQL 18's own form", "ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT n;"],
    ["a column added as NOT NULL", `ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT ''; ${SET}`],
    ["a table created in the change", `CREATE TABLE orders (note text); ${SET}`],
    ["DROP NOT NULL", "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;"],
    ["a comment", `-- ${SET}\nSELECT 1;`],
    ["a string", `SELECT '${SET}', $$${SET}$$;`],
    ["a column that is NOT NULL at the base", SET, { schema: ordersWith("note text not null") }],
    ["an older valid CHECK", SET, { schema: ordersWith("note text", check("c", "((id > 1) AND (note IS NOT NULL))")) }],
    ["a statement that ran without a scan", SET, { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } }],
  ],
});

describe("migrations/set-not-null-scan", () => {
  it("blocks on a large table and gives the four steps as SQL", async () => {
    const [finding] = await findingsIn(setNotNullScan, SET, rowsOf(2_000_000));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain(
      "ALTER TABLE orders ADD CONSTRAINT orders_note_not_null CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT orders_note_not_null;",
    );
  });
});
