import { describe, expect, it } from "vitest";
import type { Planned } from "../../../src/model/plan.js";
import { plain } from "../../../src/model/text.js";
import { indexDropInUse } from "../../../src/rules/migrations/index-drop-in-use.js";
import { assumed, describePlanRule, findingsOf, large, planned, plansOf, schemaChange } from "../planned.js";

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const DROP = "DROP INDEX CONCURRENTLY orders_status_idx;";

const dropped =
  (from: string, to: string, parts = {}, sql = BY_STATUS) =>
  async (): Promise<Planned> =>
    planned({ sql, from, to, reason: "schema", change: await schemaChange(parts, DROP) });

describePlanRule(indexDropInUse, "dependents", {
  firing: [
    [
      "a lookup that becomes a scan",
      dropped("index-scan", "seq-scan"),
      "src/queries/orders.sql:1: without orders_status_idx cost 486 → 6,250 (13 ×), now Seq Scan on orders",
    ],
    ["an index that another one replaces badly", dropped("primary-key", "skip-scan"), "now Bitmap Index Scan on orders_total_status_idx"],
    ["a join", dropped("join-indexed", "join-unindexed", { name: "items_order_id_idx" }), "without items_order_id_idx"],
    ["an order", dropped("order-limit-filter", "order-limit-sort"), "orders_status_idx"],
    ["an index that is altered", dropped("index-scan", "seq-scan", { kind: "index altered" }), "orders_status_idx"],
  ],
  silent: [
    ["an index that another one covers", dropped("index-scan", "index-scan")],
    ["a statement that never used it", dropped("seq-scan", "seq-scan")],
    ["less than ten times", dropped("seq-scan", "order-limit-sort")],
    ["a plan that stays cheap", dropped("primary-key", "index-scan")],
    ["a new index", dropped("index-scan", "seq-scan", { kind: "index added" })],
    ["a dropped column", dropped("index-scan", "seq-scan", { kind: "column dropped" })],
  ],
});

describe("migrations/index-drop-in-use", () => {
  it("is one finding at the statement that drops it, with every statement that it hurts", async () => {
    const one = await dropped("index-scan", "seq-scan")();
    const other = { ...one, statement: { ...one.statement, path: "src/a.ts", line: 40 } };
    const findings = findingsOf(indexDropInUse, plansOf([], [one, other]));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.at).toMatchObject({ path: "db/migrations/0007_change.sql", line: 1 });
    expect(findings[0] && plain(findings[0].message)).toMatch(/src\/queries\/orders\.sql:1: .*; src\/a\.ts:40: /);
  });

  it("gives back the index as it was", async () => {
    const [finding] = findingsOf(indexDropInUse, plansOf([], [await dropped("index-scan", "seq-scan")()]));
    expect(finding && plain(finding.help)).toContain("CREATE INDEX orders_status_idx ON public.orders USING btree (status);");
  });

  it("blocks from a million rows of a size that somebody told", async () => {
    const one = await dropped("index-scan", "seq-scan")();
    if (one.state !== "planned") throw new Error(one.state);
    const severities = [one.tables, large(one.tables), assumed(large(one.tables))].map(
      (tables) => findingsOf(indexDropInUse, plansOf([], [{ ...one, tables }]))[0]?.severity,
    );
    expect(severities).toEqual(["warning", "blocking", "warning"]);
  });
});
