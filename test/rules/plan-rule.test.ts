import { describe, expect, it } from "vitest";
import { plain, text } from "../../src/model/text.js";
import { type PlanHit, planRule } from "../../src/rules/plan-rule.js";
import { findingsOf, planned, plansOf, statementsIn } from "./planned.js";

const HIT: PlanHit = { what: text`it scans ${"orders"}`, help: text`Add an index.` };

const rule = (hit: Partial<PlanHit> = {}, judges: "changed" | "dependents" | "all" = "changed") =>
  planRule({
    id: "queries/any",
    answers: "queries/explained",
    severity: "warning",
    judges,
    effect: text`That is slow.`,
    look: () => [{ ...HIT, ...hit }],
  });

const SQL = "SELECT * FROM orders WHERE status = $1";

describe("a rule over plans", () => {
  it("says what, why, on which sizes, and that it is an estimate", async () => {
    const [finding] = findingsOf(rule(), plansOf([await planned({ sql: SQL, to: "seq-scan" })]));
    expect(finding && plain(finding.message)).toBe(
      "It scans orders. That is slow. Sizes: orders 300,000 rows (exported). Planner estimate, not a measurement.",
    );
    expect(finding).toMatchObject({ severity: "warning", at: { path: "src/queries/orders.sql", line: 1, endLine: 1 } });
  });

  it("says what a plan cannot tell", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan", doubts: [text`the pattern is given at run time`] });
    const [finding] = findingsOf(rule(), plansOf([one]));
    expect(finding && plain(finding.message)).toContain("What it cannot tell: the pattern is given at run time.");
  });

  it("is suppressed on the statement, with the reason", async () => {
    const one = await planned({ sql: `-- redline-ignore queries/any: nightly report\n${SQL}`, to: "seq-scan" });
    expect(findingsOf(rule(), plansOf([one]))[0]?.suppressed).toBe("nightly report");
  });

  it("blocks only on sizes that somebody told", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan" });
    const assumed = { ...one, tables: one.tables.map((table) => ({ ...table, source: "assumed" as const })) };
    const severities = [one, assumed, { ...one, tables: [] }].map(
      (each) => findingsOf(rule({ severity: "blocking" }), plansOf([each]))[0]?.severity,
    );
    expect(severities).toEqual(["blocking", "warning", "warning"]);
  });

  it("lists the hits of one key of one file in one finding", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan" });
    const findings = findingsOf(rule({ key: "orders_status_idx" }), plansOf([one, one, one]));
    expect(findings.map(({ message }) => plain(message))).toEqual([
      expect.stringMatching(/^Line 1: it scans orders; line 1: it scans orders; line 1: it scans orders\. That is slow\./),
    ]);
  });

  it("names the test that sent a statement of no file, and closes no gate on its word", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan" });
    const sent = { ...one, statement: { ...one.statement, sent: { entry: "GET /orders", times: 50, others: 2 } } };
    const [finding] = findingsOf(rule({ severity: "blocking" }), plansOf([sent]));
    expect(finding?.severity).toBe("warning");
    expect(finding).not.toHaveProperty("at");
    expect(finding && plain(finding.message)).toMatch(
      /^Statement from GET \/orders, 50 times per run, and from 2 more: it scans orders\. /,
    );
  });

  it("lists ten and counts the others", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan" });
    const [finding] = findingsOf(rule({ key: "k" }), plansOf(Array.from({ length: 14 }, () => one)));
    expect(finding && plain(finding.message)).toContain("; and 4 more.");
  });

  it("stands at its cause and names the statement, where something else caused it", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan" });
    const [drop] = await statementsIn("-- gone\nDROP INDEX orders_status_idx;", "db/migrations/0007_drop.sql");
    const [finding] = findingsOf(rule({ ...(drop && { at: drop }) }, "dependents"), plansOf([], [one]));
    expect(finding?.at).toEqual({ path: "db/migrations/0007_drop.sql", line: 2, endLine: 2 });
    expect(finding && plain(finding.message)).toContain("src/queries/orders.sql:1: it scans orders.");
  });

  it("looks only at what it judges, and never at what was not planned", async () => {
    const one = await planned({ sql: SQL, to: "seq-scan" });
    const unplanned = { statement: one.statement, sql: SQL, reason: "new" as const, state: "cannot-tell" as const, why: text`no table` };
    const counts = (["changed", "dependents", "all"] as const).map(
      (judges) => findingsOf(rule({}, judges), plansOf([one, unplanned], [{ ...one, statement: { ...one.statement, line: 9 } }])).length,
    );
    expect(counts).toEqual([1, 1, 2]);
  });
});
