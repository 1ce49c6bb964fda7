import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { predicateUnindexed } from "../../../src/rules/queries/predicate-unindexed.js";
import { assumed, describePlanRule, findingsOf, large, planned, plansOf, proof } from "../planned.js";

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const proven = proof("orders", "predicate", "index-scan", "status");

describePlanRule(predicateUnindexed, "changed", {
  firing: [
    ["a scan that an index saves", () => planned({ sql: BY_STATUS, to: "seq-scan", proven }), "It reads all of orders: cost 6,250, 13 ×"],
    ["a write", () => planned({ sql: "UPDATE orders SET status = $2 WHERE status = $1", to: "update", proven }), "reads all of orders"],
    [
      "a scan that is new in a modified query",
      () => planned({ sql: BY_STATUS, from: "setop", to: "seq-scan", scans: [newScan], proven }),
      "an index on status",
    ],
    [
      "an index walked whole",
      () => planned({ sql: BY_STATUS, to: "seq-scan", scans: [{ ...newScan, index: "orders_total_idx" }], proven }),
      "orders",
    ],
    [
      "partitions that are large together",
      () =>
        planned({
          sql: BY_STATUS,
          to: "seq-scan",
          scans: [
            { ...newScan, rows: 60_000 },
            { ...newScan, rows: 60_000 },
          ],
          proven,
        }),
      "orders",
    ],
  ],
  silent: [
    ["a scan that no index is proven for", () => planned({ sql: BY_STATUS, to: "seq-scan" })],
    ["a lookup by the primary key", () => planned({ sql: "SELECT * FROM orders WHERE id = $1", to: "primary-key" })],
    ["a small table", () => planned({ sql: BY_STATUS, to: "seq-scan", scans: [{ ...newScan, rows: 99_999 }], proven })],
    ["a scan that was there before", () => planned({ sql: BY_STATUS, from: "update", to: "seq-scan", proven })],
    [
      "an index that gives less than ten times",
      () => planned({ sql: BY_STATUS, to: "seq-scan", proven: proof("orders", "predicate", "skip-scan", "status") }),
    ],
    [
      "what has become ten times dearer: that is plan-regression",
      () => planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan", proven }),
    ],
    [
      "an index for a join or an order",
      () => planned({ sql: BY_STATUS, to: "seq-scan", proven: proof("orders", "join", "index-scan", "status") }),
    ],
  ],
});

const newScan = { relation: { schema: "public", name: "orders" }, rows: 300_000, index: null, isNew: true };

describe("queries/predicate-unindexed", () => {
  it("gives the index to paste, and what the statement then costs", async () => {
    const [finding] = findingsOf(predicateUnindexed, plansOf([await planned({ sql: BY_STATUS, to: "seq-scan", proven })]));
    expect(finding && plain(finding.help)).toBe(
      "Planned with this index, the statement costs 486: CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);",
    );
  });

  it("is a warning, however large the table", async () => {
    const one = await planned({ sql: BY_STATUS, to: "seq-scan", proven });
    const severities = [one.tables, assumed(one.tables), large(one.tables)].map(
      (tables) => findingsOf(predicateUnindexed, plansOf([{ ...one, tables }]))[0]?.severity,
    );
    expect(severities).toEqual(["warning", "warning", "warning"]);
  });

  it("is one finding for all statements of a file that one index serves", async () => {
    const one = await planned({ sql: BY_STATUS, to: "seq-scan", proven });
    const other = { ...one, statement: { ...one.statement, line: 7 } };
    const findings = findingsOf(predicateUnindexed, plansOf([one, other]));
    expect(findings.map(({ message }) => plain(message))).toEqual([expect.stringMatching(/^line 1: .*; line 7: /)]);
  });
});
