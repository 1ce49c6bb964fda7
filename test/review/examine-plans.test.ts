import { describe, expect, it } from "vitest";
import { countRuntime } from "../../src/evidence/runtime.js";
import type { CollectedEvidence } from "../../src/model/evidence.js";
import type { Plans } from "../../src/model/plan.js";
import type { StatementFile } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { explained, indexesAppropriate } from "../../src/review/examine-plans.js";
import { entryOf, recordOf, runOf } from "../evidence/recorded.js";
import { unlisted } from "../rules/counting.js";
import { planned, plansOf } from "../rules/planned.js";
import { shop } from "../sql/plan/plans.js";

const absent = { status: "absent", reason: text`no database can be started here` } as const;

function evidence(files: readonly StatementFile[], plans: Plans | null, knowsSchema = true): CollectedEvidence {
  const schema = { base: shop, head: shop, dialect: "postgresql", source: text`62 migrations`, notApplied: [] } as const;
  return {
    changes: { status: "collected", value: { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [] } },
    statements: {
      status: "collected",
      value: {
        files,
        createdTables: [],
        maybeCreatedTables: [],
        rows: {},
        schema: knowsSchema ? { status: "collected", value: schema } : absent,
      },
    },
    results: absent,
    comparisons: absent,
    budgets: absent,
    plans: plans ? { status: "collected", value: plans } : absent,
    source: absent,
    runtime: absent,
    coverage: absent,
  };
}

const lookup = () => planned({ sql: "SELECT * FROM orders WHERE id = $1", to: "primary-key" });
const fileOf = async (): Promise<StatementFile> => {
  const { statement } = await lookup();
  return { path: statement.path, kind: "query", dialect: "postgresql", statements: [statement] };
};

describe("EXPLAIN run for new and modified queries", () => {
  it("is complete only when every changed query was planned, and says by what and on which sizes", async () => {
    const answer = explained(evidence([await fileOf()], plansOf([await lookup()])));
    expect(answer.status === "complete" && plain(answer.seen)).toBe(
      "1 changed statement planned by PostgreSQL 18.6: orders 300,000 rows (exported)",
    );
  });

  it("names what was not planned, with the reason", async () => {
    const { statement, sql } = await lookup();
    const missing = { state: "cannot-tell", statement, sql, reason: "new", why: text`no such table` } as const;
    const answer = explained(evidence([await fileOf()], plansOf([await lookup(), missing])));
    expect(answer.status === "partial" && plain(answer.reason)).toBe(
      "1 statement without a plan: src/queries/orders.sql line 1: no such table",
    );
  });

  it("is answered for an ORM by what the tests sent, unless their record is not complete", async () => {
    const one = await lookup();
    const sent = { ...one, statement: { ...one.statement, sent: { entry: "GET /orders", times: 50, others: 0 } } };
    const answered = (here: Parameters<typeof recordOf>[1]) => {
      const records = [
        recordOf([entryOf("GET /orders", [runOf({ [one.sql]: 50 })])], here),
        recordOf([entryOf("GET /orders", [runOf({})])]),
      ];
      const runtime = countRuntime(records.slice(0, 1), { sha: "b", distance: 0, runs: records.slice(1) });
      return explained({ ...evidence([], plansOf([sent])), runtime });
    };
    const complete = answered({});
    expect(complete.status === "complete" && plain(complete.seen)).toBe(
      "1 changed statement planned by PostgreSQL 18.6: orders 300,000 rows (exported); 1 new statement sent by 1 traced request or test",
    );
    const partial = answered(unlisted);
    expect(partial.status === "partial" && plain(partial.reason)).toBe(
      "the record of what the tests sent is not complete: there is no manifest",
    );
  });

  it("names the test that sent a statement without a plan", async () => {
    const { statement, sql } = await lookup();
    const from = { ...statement, sent: { entry: "GET /orders", times: 1, others: 0 } };
    const missing = { state: "cannot-tell", statement: from, sql, reason: "new", why: text`no such table` } as const;
    const answer = explained(evidence([], plansOf([missing])));
    expect(answer.status === "partial" && plain(answer.reason)).toBe(
      "1 statement without a plan: statement from GET /orders, once per run: no such table",
    );
  });

  it("says why there are no plans", async () => {
    const answer = explained(evidence([await fileOf()], null));
    expect(answer.status === "partial" && plain(answer.reason)).toContain("no plans: no database can be started here");
  });
});

describe("appropriate indexes", () => {
  it("are answered for by plans on a known schema", async () => {
    const answer = indexesAppropriate(evidence([await fileOf()], plansOf([await lookup()])));
    expect(answer.status === "complete" && plain(answer.seen)).toBe("1 changed statement planned on the schema of 62 migrations");
  });

  it("are not where the planner did not come back with an index to try", async () => {
    const one = await planned({ sql: "SELECT * FROM orders WHERE status = $1", to: "seq-scan", untried: text`it was stopped after 30 s` });
    const answer = indexesAppropriate(evidence([await fileOf()], plansOf([one])));
    expect(answer.status === "partial" && plain(answer.reason)).toBe("no index was tried for 1 statement: it was stopped after 30 s");
  });

  it("are not without a schema", async () => {
    const answer = indexesAppropriate(evidence([await fileOf()], null, false));
    expect(answer.status === "partial" && plain(answer.reason)).toContain("the schema is not known");
  });
});
