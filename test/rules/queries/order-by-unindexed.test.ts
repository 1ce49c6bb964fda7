import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { orderByUnindexed } from "../../../src/rules/queries/order-by-unindexed.js";
import { describePlanRule, findingsOf, planned, plansOf, proof } from "../planned.js";

const LATEST = "SELECT * FROM orders WHERE total > 5 ORDER BY created_at DESC LIMIT 10";
const proven = proof("orders", "order", "order-limit-filter", "created_at");
const scan = { relation: { schema: "public", name: "orders" }, rows: 300_000, index: null, isNew: true };
const fastest = proof("orders", "order", "primary-key", "created_at");

describePlanRule(orderByUnindexed, "changed", {
  firing: [
    [
      "a sort of a whole table for ten rows",
      () => planned({ sql: LATEST, to: "order-limit-sort", proven }),
      "It reads and orders all of orders: cost 12,670",
    ],
    [
      "equality columns before the order",
      () => planned({ sql: LATEST, to: "order-limit-sort", proven: { ...fastest, keys: ["status", "created_at"] } }),
      "status, created_at",
    ],
    ["the greatest of a column", () => planned({ sql: "SELECT max(created_at) FROM orders", to: "seq-scan", proven: fastest }), "orders"],
    [
      "a sort that is new in a modified query",
      () => planned({ sql: LATEST, from: "setop", to: "order-limit-sort", scans: [scan], proven: fastest }),
      "orders",
    ],
    [
      "an ordered walk that throws most rows away",
      () => planned({ sql: LATEST, to: "order-limit-filter", proven: { ...fastest, plan: { ...fastest.plan, cost: 5 } } }),
      "orders",
    ],
  ],
  silent: [
    ["an order that an index gives", () => planned({ sql: LATEST, to: "order-limit-filter" })],
    ["a sort that no index saves", () => planned({ sql: LATEST, to: "order-limit-sort" })],
    ["a small table", () => planned({ sql: LATEST, to: "order-limit-sort", scans: [{ ...scan, rows: 5_000 }], proven })],
    ["a sort that was there before", () => planned({ sql: LATEST, from: "order-limit-sort", to: "order-limit-sort", proven })],
    [
      "an index that gives less than ten times",
      () => planned({ sql: LATEST, to: "order-limit-sort", proven: proof("orders", "order", "skip-scan", "created_at") }),
    ],
    ["an index for the predicate", () => planned({ sql: LATEST, to: "order-limit-sort", proven: { ...proven, purpose: "predicate" } })],
  ],
});

describe("queries/order-by-unindexed", () => {
  it("gives the index to paste", async () => {
    const [finding] = findingsOf(orderByUnindexed, plansOf([await planned({ sql: LATEST, to: "order-limit-sort", proven })]));
    expect(finding && plain(finding.help)).toContain("CREATE INDEX CONCURRENTLY orders_created_at_idx ON orders (created_at);");
  });
});
