import { describe, expect, it } from "vitest";
import { tableRewrite } from "../../../src/rules/migrations/table-rewrite.js";
import { observation } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

describeRule(tableRewrite, {
  firing: [
    ["VACUUM FULL", "VACUUM FULL orders;", "VACUUM FULL of orders"],
    ["VACUUM (FULL)", "VACUUM (FULL true, ANALYZE) shop.orders;", "VACUUM FULL of shop.orders"],
    ["CLUSTER", "CLUSTER orders USING orders_at;", "CLUSTER of orders"],
    ["SET UNLOGGED", "ALTER TABLE orders SET UNLOGGED;", "SET UNLOGGED of orders"],
    ["SET TABLESPACE", "ALTER TABLE orders SET TABLESPACE fast;", "SET TABLESPACE of orders"],
    ["one inside a DO block", "DO $$ BEGIN ALTER TABLE orders SET LOGGED; END $$;", "SET LOGGED of orders"],
  ],
  silent: [
    ["VACUUM", "VACUUM orders; VACUUM (ANALYZE) orders; VACUUM (FULL false) orders;"],
    ["ANALYZE", "ANALYZE orders;"],
    ["a table created in the change", "CREATE TABLE orders (id int); ALTER TABLE orders SET UNLOGGED;"],
    ["storage parameters", "ALTER TABLE orders SET (fillfactor = 80);"],
    ["CLUSTER ON, which only marks an index", "ALTER TABLE orders CLUSTER ON orders_at;"],
    ["one that was seen to lock nothing", "ALTER TABLE orders SET LOGGED;", { observed: { 1: observation({}) } }],
    [
      "the access method that it has already",
      "ALTER TABLE orders SET ACCESS METHOD heap;",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } },
    ],
    ["an index that moves", "ALTER INDEX orders_at SET TABLESPACE fast;"],
  ],
});

describe("migrations/table-rewrite", () => {
  it("goes with the rows", async () => {
    expect((await findingsIn(tableRewrite, "VACUUM FULL orders;"))[0]?.severity).toBe("warning");
    expect((await findingsIn(tableRewrite, "VACUUM FULL orders;", rowsOf(3e6)))[0]?.severity).toBe("blocking");
  });
});
