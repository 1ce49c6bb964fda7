import { describe, expect, it } from "vitest";
import type { Planned } from "../../../src/model/plan.js";
import { plain, text } from "../../../src/model/text.js";
import { planRegression } from "../../../src/rules/queries/plan-regression.js";
import { assumed, describePlanRule, findingsOf, large, planned, plansOf, proof, schemaChange } from "../planned.js";

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const JOIN = "SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id = $1";
const ORDERED = "SELECT * FROM orders WHERE total = 499.5 ORDER BY created_at DESC LIMIT 10";
const WALKING = { type: "Limit", relation: null, alias: null, index: null, details: [], rows: 10, role: null };

const failing = async (): Promise<Planned> => {
  const { statement, sql } = await planned({ sql: BY_STATUS, to: "seq-scan" });
  const change = await schemaChange({ kind: "column dropped", name: "status", definition: null, columns: [] });
  return {
    state: "fails",
    statement,
    sql,
    reason: "schema",
    change,
    because: text`column status of orders dropped`,
    why: text`column "status" does not exist`,
  };
};

const walking = async (): Promise<Planned> => {
  const one = await planned({ sql: ORDERED, from: "order-limit-filter", to: "order-limit-filter" });
  const [child] = one.after.children;
  if (!child) throw new Error("no child");
  const before = { ...WALKING, cost: 100, children: [{ ...child, cost: 900 }] };
  return { ...one, before, after: { ...WALKING, cost: 185, children: [child] } };
};

describePlanRule(planRegression, "changed", {
  firing: [
    [
      "a lookup that became a scan",
      () => planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan" }),
      "Cost 486 → 6,250 (13 ×), now Seq Scan on orders",
    ],
    ["a join that lost its index", () => planned({ sql: JOIN, from: "join-indexed", to: "join-unindexed" }), "now Seq Scan on items"],
    [
      "an index walked from end to end, which is no Seq Scan",
      () => planned({ sql: BY_STATUS, from: "primary-key", to: "skip-scan" }),
      "now Bitmap Heap Scan on orders",
    ],
    ["what LIMIT hides below ORDER BY", walking, "Cost below LIMIT 900 → 11,053 (12 ×)"],
    ["a sub-query for each row", () => planned({ sql: BY_STATUS, from: "seq-scan", to: "subplan" }), "28,000 ×"],
    [
      "a statement that the schema refuses",
      failing,
      'The statement fails after column status of orders dropped: column "status" does not exist',
    ],
  ],
  silent: [
    ["a new statement", () => planned({ sql: BY_STATUS, to: "subplan" })],
    ["equal plans", () => planned({ sql: BY_STATUS, from: "seq-scan", to: "seq-scan" })],
    ["a cheaper plan", () => planned({ sql: BY_STATUS, from: "seq-scan", to: "index-scan" })],
    ["less than ten times", () => planned({ sql: BY_STATUS, from: "seq-scan", to: "order-limit-sort" })],
    ["a plan below a cost of 1,000", () => planned({ sql: BY_STATUS, from: "primary-key", to: "index-scan" })],
    [
      "LIMIT without ORDER BY",
      async () => ({ ...(await walking()), statement: (await planned({ sql: BY_STATUS, to: "seq-scan" })).statement }),
    ],
    [
      "a dropped index, which is the migration's finding",
      async () => planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan", change: await schemaChange({}) }),
    ],
  ],
});

describe("queries/plan-regression", () => {
  it("blocks from a million rows of a size that somebody told", async () => {
    const one = await planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan" });
    const severities = [one.tables, large(one.tables), assumed(large(one.tables))].map(
      (tables) => findingsOf(planRegression, plansOf([{ ...one, tables }]))[0]?.severity,
    );
    expect(severities).toEqual(["warning", "blocking", "warning"]);
  });

  it("offers the index that is proven, else the comparison of the plans", async () => {
    const one = await planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan" });
    const proven = proof("orders", "predicate", "index-scan", "status");
    const helps = [one, { ...one, proven }].map((each) => plain(findingsOf(planRegression, plansOf([each]))[0]?.help ?? []));
    expect(helps).toEqual([expect.stringContaining("Query plans"), expect.stringContaining("CREATE INDEX CONCURRENTLY orders_status_idx")]);
  });

  it("stands at the migration's statement that did it", async () => {
    const change = await schemaChange({ kind: "column altered", name: "status" }, "ALTER TABLE orders ALTER COLUMN status TYPE citext;");
    const one = await planned({
      sql: BY_STATUS,
      from: "index-scan",
      to: "seq-scan",
      change,
      because: text`column status of orders altered`,
    });
    const [finding] = findingsOf(planRegression, plansOf([], [one]));
    expect(finding?.at?.path).toBe("db/migrations/0007_change.sql");
    expect(finding && plain(finding.message)).toContain(
      "src/queries/orders.sql:1: cost 486 → 6,250 (13 ×), now Seq Scan on orders (column status of orders altered)",
    );
  });

  it("says no sizes of what was not planned", async () => {
    const [finding] = findingsOf(planRegression, plansOf([], [await failing()]));
    expect(finding && plain(finding.message)).not.toContain("estimate");
    expect(finding?.severity).toBe("warning");
  });
});
