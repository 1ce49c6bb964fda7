import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { joinUnindexed } from "../../../src/rules/queries/join-unindexed.js";
import { describePlanRule, findingsOf, planned, plansOf, proof } from "../planned.js";

const JOIN = "SELECT o.id, i.id FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id = $1";
const proven = proof("items", "join", "join-indexed", "order_id");
const scan = { relation: { schema: "public", name: "items" }, rows: 400_000, index: null, isNew: true };

describePlanRule(joinUnindexed, "changed", {
  firing: [
    [
      "an inner side that is read whole",
      () => planned({ sql: JOIN, to: "join-unindexed", proven }),
      "It joins all of items: cost 7,556, 450 ×",
    ],
    [
      "a sub-query for each row",
      () =>
        planned({
          sql: "SELECT c.id FROM customers c, orders",
          to: "subplan",
          proven: proof("orders", "join", "hash-join", "customer_id"),
        }),
      "orders",
    ],
    [
      "a side that is hashed whole",
      () => planned({ sql: JOIN, to: "hash-join", proven: proof("orders", "join", "join-indexed", "customer_id") }),
      "orders",
    ],
    [
      "a semi-join",
      () =>
        planned({
          sql: "SELECT * FROM customers c WHERE EXISTS (SELECT 1 FROM items)",
          to: "semi",
          proven: proof("items", "join", "primary-key", "kind"),
        }),
      "items",
    ],
    ["a scan that is new in a modified query", () => planned({ sql: JOIN, from: "seq-scan", to: "join-unindexed", proven }), "items"],
  ],
  silent: [
    ["a join by an index", () => planned({ sql: JOIN, to: "join-indexed" })],
    ["a join that no index saves", () => planned({ sql: JOIN, to: "join-unindexed" })],
    ["a small table", () => planned({ sql: JOIN, to: "join-unindexed", scans: [{ ...scan, rows: 90_000 }], proven })],
    ["a scan that was there before", () => planned({ sql: JOIN, from: "join-unindexed", to: "join-unindexed", proven })],
    [
      "an index that gives less than ten times",
      () => planned({ sql: JOIN, to: "join-unindexed", proven: proof("items", "join", "nested-loop", "order_id") }),
    ],
    ["an index for the predicate", () => planned({ sql: JOIN, to: "join-unindexed", proven: { ...proven, purpose: "predicate" } })],
  ],
});

describe("queries/join-unindexed", () => {
  it("gives the index to paste", async () => {
    const [finding] = findingsOf(joinUnindexed, plansOf([await planned({ sql: JOIN, to: "join-unindexed", proven })]));
    expect(finding && plain(finding.help)).toContain("CREATE INDEX CONCURRENTLY items_order_id_idx ON items (order_id);");
  });
});
