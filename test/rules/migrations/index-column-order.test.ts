import { describe, expect, it } from "vitest";
import type { SchemaChange } from "../../../src/model/plan.js";
import { plain } from "../../../src/model/text.js";
import { indexColumnOrder } from "../../../src/rules/migrations/index-column-order.js";
import { findingsOf, planned, plansOf, proof, schemaChange } from "../planned.js";

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const proven = proof("orders", "predicate", "index-scan", "status");

const added = (...columns: readonly (string | null)[]): Promise<SchemaChange> =>
  schemaChange(
    { kind: "index added", name: "orders_total_status_idx", columns },
    "CREATE INDEX CONCURRENTLY orders_total_status_idx ON orders (total, status);",
  );

async function found(change: SchemaChange, parts: Partial<Parameters<typeof planned>[0]> = {}) {
  const one = await planned({ sql: BY_STATUS, to: "skip-scan", proven, ...parts });
  return findingsOf(indexColumnOrder, { ...plansOf([one]), changes: [change] });
}

describe("migrations/index-column-order finds", () => {
  it.each([
    ["a column behind another one", ["total", "status"]],
    ["a column behind an expression", [null, "status"]],
    ["a column in the third place", ["total", "id", "status"]],
  ])("%s", async (_, columns) => {
    const [finding] = await found(await added(...columns));
    expect(finding && plain(finding.message)).toContain("does not answer src/queries/orders.sql:1: status stands behind");
  });

  it("it for an order and for a join", async () => {
    for (const purpose of ["order", "join"] as const) {
      expect(await found(await added("total", "status"), { proven: { ...proven, purpose } })).toHaveLength(1);
    }
  });

  it("it at the statement that creates the index, as a notice, with the order that serves", async () => {
    const [finding] = await found(await added("total", "status"));
    expect(finding?.at).toMatchObject({ path: "db/migrations/0007_change.sql", line: 1 });
    expect(finding?.severity).toBe("notice");
    expect(finding && plain(finding.help)).toContain("ON orders (status);");
  });
});

describe("migrations/index-column-order is silent about", () => {
  it.each([
    ["a leading column", ["status", "total"]],
    ["another column", ["total", "id"]],
    ["a single column", ["status"]],
  ])("%s", async (_, columns) => {
    expect(await found(await added(...columns))).toEqual([]);
  });

  it("an index of another table", async () => {
    expect(await found({ ...(await added("total", "status")), relation: { schema: "public", name: "items" } })).toEqual([]);
  });

  it("an index that was there before", async () => {
    expect(await found({ ...(await added("total", "status")), kind: "index altered" })).toEqual([]);
  });

  it("a statement that no index would help", async () => {
    expect(await found(await added("total", "status"), { proven: null })).toEqual([]);
  });
});
