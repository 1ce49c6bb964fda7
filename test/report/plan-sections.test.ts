import { marked } from "marked";
import { describe, expect, it } from "vitest";
import type { Planned, Plans } from "../../src/model/plan.js";
import { plain, text } from "../../src/model/text.js";
import { renderCheck } from "../../src/report/check.js";
import { renderComment } from "../../src/report/comment.js";
import { planSections } from "../../src/report/plan-sections.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { planned, plansOf, proof } from "../rules/planned.js";
import { nodes, tree } from "./cmark.js";
import { open } from "./reviews.js";

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const proven = proof("orders", "predicate", "index-scan", "status");

const withPlans = (plans: Plans) => ({ ...open, plans });
const comment = (plans: Plans): string => renderComment(withPlans(plans), { marker: "" });
const rows = (plans: Plans, section = 0): readonly string[] =>
  planSections(withPlans(plans))[section]?.rows.map((row) => row.map(plain).join(" | ")) ?? [];

const regression = () => planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan", proven });
const fresh = () => planned({ sql: BY_STATUS, to: "seq-scan", proven });
const lookup = () => planned({ sql: "SELECT * FROM orders WHERE id = $1", to: "primary-key" });

describe("the section of query plans", () => {
  it("is not there without plans", () => {
    expect(renderComment(open, { marker: "" })).not.toContain("Query plans");
  });

  it("has a row for each statement that became dearer or that an index would help", async () => {
    expect(rows(plansOf([await fresh(), await lookup(), await regression()]))).toEqual([
      "src/queries/orders.sql:1 (new) | 6,250 | – | Seq Scan on orders, 300,000 rows read | CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status); → 486 (13 × less)",
      "src/queries/orders.sql:1 (modified) | 486 → 6,250 | 13 × | Seq Scan on orders, 300,000 rows read | CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status); → 486 (13 × less)",
    ]);
  });

  it("says that no index was tried, where none was", async () => {
    expect(rows(plansOf([{ ...(await fresh()), proven: null, untried: text`the planner was stopped` }]), 1)).toEqual([
      expect.stringMatching(/ \| not tried$/),
    ]);
  });

  it("says that figures are estimates, whose, and on which sizes", async () => {
    const [section] = planSections(withPlans({ ...plansOf([await fresh()]), notes: [text`3 files were not read`] }));
    expect(section?.closing && plain(section.closing)).toBe(
      "Estimates of PostgreSQL 18.6's planner in its own units, not measurements. Statistics: exported on 2026-10-01. Sizes: orders 300,000 rows (exported). 3 files were not read.",
    );
  });

  it("folds plans with nothing to note, and what was not planned, with the reason", async () => {
    const { statement, sql } = await lookup();
    const missing: Planned = { state: "cannot-tell", statement, sql, reason: "new", why: text`its pattern is given at run time` };
    const sections = planSections(withPlans(plansOf([await lookup(), missing])));
    expect(sections.map(({ title, rows: { length }, folded }) => [plain(title), length, folded])).toEqual([
      ["Query plans", 0, false],
      ["1 query plan with nothing to note", 1, true],
      ["1 statement without a plan", 1, true],
      ["Plan trees", 0, true],
    ]);
  });

  it("names an unchanged statement with what the schema change does to it, and one that fails first", async () => {
    const one = { ...(await regression()), reason: "schema" as const, because: text`index ${"orders_status_idx"} of ${"orders"} dropped` };
    const { statement, sql } = one;
    const failing: Planned = {
      state: "fails",
      statement,
      sql,
      reason: "schema",
      because: text`column ${"status"} of ${"orders"} dropped`,
      why: text`${'column "status" does not exist'}`,
    };
    expect(rows(plansOf([], [one, failing]))).toEqual([
      'src/queries/orders.sql:1 (unchanged; column status of orders dropped) | fails | – | column "status" does not exist | –',
      expect.stringContaining("(unchanged; index orders_status_idx of orders dropped) | 486 → 6,250"),
    ]);
  });

  it("stands in the check and at the terminal as well", async () => {
    const review = withPlans(plansOf([await regression()]));
    const check = renderCheck(review);
    expect(check.summary).toContain("### Query plans");
    expect(check.text).toContain("Plan trees");
    expect(renderTerminal(review, { color: false })).toContain("Query plans");
  });
});

describe("plan trees", () => {
  it("are blocks of code with the worst node marked", async () => {
    const blocks = nodes(tree(comment(plansOf([await regression()])))).filter(({ type }) => type === "code_block");
    expect(blocks.map(({ literal }) => literal)).toEqual([
      `SELECT * FROM orders WHERE status = $1

Before
Bitmap Heap Scan on orders  (cost 486, 150 rows)   ← costs most
    Recheck Cond: (status = $1)
  → Bitmap Index Scan on orders_status_idx  (cost 5.55, 150 rows)
      Index Cond: (status = $1)

After
Seq Scan on orders  (cost 6,250, 150 rows)   ← costs most
    Filter: (status = $1)

With CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
Bitmap Heap Scan on orders  (cost 486, 150 rows)   ← costs most
    Recheck Cond: (status = $1)
  → Bitmap Index Scan on orders_status_idx  (cost 5.55, 150 rows)
      Index Cond: (status = $1)
`,
    ]);
  });

  it.each(["```\n# heading", "~~~~", "</details><script>alert(1)</script>", "````` @octocat #1", "a\r\n```\r\n", "| x |\u202e"])(
    "keep %j inside",
    async (hostile) => {
      const one = await regression();
      const after = { ...one.after, alias: hostile, details: [{ label: "Filter", value: hostile }] };
      const all = nodes(tree(comment(plansOf([{ ...one, sql: hostile, after, because: text`${hostile}` }]))));
      expect(all.filter(({ type }) => type === "code_block")).toHaveLength(1);
      expect(all.filter(({ type, literal }) => type === "html_block" && literal.includes("script"))).toEqual([]);
      expect(all.filter(({ type, literal }) => type === "heading" && literal.includes("# heading"))).toEqual([]);
    },
  );

  it("are the first to go when room is short", async () => {
    const one = await regression();
    const many = Array.from({ length: 300 }, (_, at) => ({ ...one, statement: { ...one.statement, line: at + 1 } }));
    const shown = comment(plansOf(many));
    expect(shown.length).toBeLessThanOrEqual(65_000);
    expect(shown).toContain("left out to stay within GitHub's limit");
    expect(await marked(shown)).toContain("Query plans");
  });

  it("are cut after forty lines", async () => {
    const one = await regression();
    const [child] = one.after.children.length > 0 ? one.after.children : [one.after];
    let deep = child ?? one.after;
    for (let level = 0; level < 60; level += 1) deep = { ...one.after, children: [deep] };
    expect(comment(plansOf([{ ...one, after: deep }]))).toContain("more lines");
  });
});
