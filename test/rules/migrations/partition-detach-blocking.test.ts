import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { partitionDetachBlocking } from "../../../src/rules/migrations/partition-detach-blocking.js";
import { observation } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const detach = "ALTER TABLE orders DETACH PARTITION orders_1;";

describeRule(partitionDetachBlocking, {
  firing: [
    ["DETACH PARTITION", detach, "DETACH PARTITION orders_1 from orders"],
    ["one with a schema", "ALTER TABLE shop.orders DETACH PARTITION shop.orders_1;", "shop.orders_1 from shop.orders"],
    ["one inside a DO block", `DO $$ BEGIN ${detach} END $$;`, "orders_1"],
    ["two, as one list", `${detach}\nALTER TABLE items DETACH PARTITION items_1;`, "line 2: DETACH PARTITION items_1"],
    [
      "one that was seen to lock both",
      detach,
      "takes ACCESS EXCLUSIVE on orders, orders_1 (observed)",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE", orders_1: "ACCESS EXCLUSIVE" }) } },
    ],
  ],
  silent: [
    ["CONCURRENTLY", "ALTER TABLE orders DETACH PARTITION orders_1 CONCURRENTLY;"],
    ["FINALIZE", "ALTER TABLE orders DETACH PARTITION orders_1 FINALIZE;"],
    ["ATTACH", "ALTER TABLE orders ATTACH PARTITION orders_1 DEFAULT;"],
    ["a parent created in the change", `CREATE TABLE orders (id int) PARTITION BY LIST (id); ${detach}`],
    ["one that was seen to lock less", detach, { observed: { 1: observation({ orders: "SHARE UPDATE EXCLUSIVE" }) } }],
  ],
});

describe("migrations/partition-detach-blocking", () => {
  it("goes with the rows, and gives CONCURRENTLY as SQL", async () => {
    const [finding] = await findingsIn(partitionDetachBlocking, detach, rowsOf(4e6));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders DETACH PARTITION orders_1 CONCURRENTLY;");
  });
});
