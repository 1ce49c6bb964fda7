import { describe, expect, it } from "vitest";
import type { PlanContext } from "../../src/evidence/planned.js";
import { collectPlans } from "../../src/evidence/plans.js";
import type { Catalogue } from "../../src/model/catalogue.js";
import type { Plans } from "../../src/model/plan.js";
import type { Statement, Statements } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { QUERY, statementsIn } from "../rules/planned.js";
import { recorded, relation } from "../sql/plan/plans.js";
import { exported, type FakePlan, fakeSession } from "./fake-planner.js";

const bare: Catalogue = {
  relations: [
    relation("items", { id: "bigint", order_id: "bigint", kind: "text" }),
    relation("orders", { id: "bigint", customer_id: "bigint", status: "text", created_at: "timestamp with time zone" }),
  ],
};

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const BY_ID = "SELECT * FROM orders WHERE id = $1";

const withIndex = (name: string): unknown => JSON.parse(JSON.stringify(recorded["index-scan"]).replaceAll("orders_status_idx", name));

/** By status: the whole table, unless a candidate on status is there. */
const answer: FakePlan = (sql, { candidates }) => {
  if (sql.includes("nothing")) return 'relation "nothing" does not exist';
  if (!sql.includes("status")) return recorded["primary-key"];
  const number = candidates.findIndex((ddl) => ddl.includes("(status)"));
  const name = /redline_candidate_\d+/.exec(candidates[number] ?? "")?.[0];
  return name ? withIndex(name) : recorded["seq-scan"];
};

const statementsOf = (statements: readonly Statement[], path = QUERY): Statements => ({
  files: [{ path, kind: "query", dialect: "postgresql", statements }],
  createdTables: [],
  maybeCreatedTables: [],
  rows: {},
  schema: { status: "absent", reason: text`not needed here` },
});

async function collect(
  sql: string,
  edit: (statement: Statement) => Statement = (same) => same,
  parts: Partial<PlanContext> = {},
  fake = answer,
) {
  const session = fakeSession(bare, bare, fake);
  const context: PlanContext = { session, statistics: exported, configured: [], uncertain: () => null, ...parts };
  const collected = await collectPlans(statementsOf((await statementsIn(sql)).map(edit)), context);
  if (collected.status === "absent") throw new Error(plain(collected.reason));
  return { plans: collected.value, session };
}

const onlyOf = ({ changed }: Plans) => {
  const [one] = changed;
  if (changed.length !== 1 || one?.state !== "planned") throw new Error(JSON.stringify(changed));
  return one;
};

describe("a new query", () => {
  it("is planned at the head, with the sizes and where they come from", async () => {
    const one = onlyOf((await collect(BY_ID)).plans);
    expect(one).toMatchObject({ reason: "new", before: null, proven: null, scans: [] });
    expect(one.after.index).toBe("orders_pkey");
    expect(one.tables).toEqual([{ relation: { schema: "public", name: "orders" }, rows: 300_000, source: "exported" }]);
  });

  it("is given the index that makes it ten times cheaper, under a name for people", async () => {
    const { plans, session } = await collect(BY_STATUS);
    const { proven, scans, after } = onlyOf(plans);
    expect(scans).toEqual([{ relation: { schema: "public", name: "orders" }, rows: 300_000, index: null, isNew: true }]);
    expect(after.cost).toBe(6250);
    expect(proven).toMatchObject({
      sql: "CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);",
      keys: ["status"],
      purpose: "predicate",
      relation: { schema: "public", name: "orders" },
    });
    expect(proven?.plan.children[0]?.index).toBe("orders_status_idx");
    expect(session.requests.map(({ candidates }) => candidates.length)).toEqual([0, 1]);
  });

  it("is given none that does not help enough", async () => {
    const { plans } = await collect(BY_STATUS, undefined, {}, () => recorded["seq-scan"]);
    expect(onlyOf(plans).proven).toBeNull();
  });

  it("says that no index was tried where the planner did not come back with them", async () => {
    const dying: FakePlan = (sql, request) => (request.candidates.length > 0 ? "the planner was stopped" : answer(sql, request));
    const { plans } = await collect(`${BY_STATUS};\n${BY_STATUS} LIMIT 5;\n${BY_ID}`, undefined, {}, dying);
    expect(plans.changed.map((one) => one.state === "planned" && one.untried && plain(one.untried))).toEqual([
      "the planner was stopped",
      "the planner was stopped",
      undefined,
    ]);
    expect(plans.notes.map(plain)).toEqual(["no index was tried for 2 statements: the planner was stopped"]);
  });

  it("asks for no index where the plan is cheap", async () => {
    expect((await collect(BY_ID)).session.requests).toHaveLength(1);
  });

  it("says why it was not planned", async () => {
    const { plans } = await collect("SELECT * FROM nothing");
    expect(plans.changed.map((one) => one.state === "cannot-tell" && plain(one.why))).toEqual([
      'PostgreSQL does not plan it: relation "nothing" does not exist',
    ]);
  });

  it("asks no planner about a condition that code adds to a query", async () => {
    const { plans } = await collect(BY_STATUS, (statement) => ({ ...statement, condition: true }));
    expect(plans.changed.map((one) => one.state === "cannot-tell" && plain(one.why))).toEqual([
      expect.stringContaining("which table it is on"),
    ]);
  });

  it("is not judged where its pattern is given at run time", async () => {
    const { plans } = await collect("SELECT * FROM orders WHERE status LIKE $1");
    expect(plans.changed.map((one) => one.state === "cannot-tell" && plain(one.why))).toEqual([expect.stringContaining("at run time")]);
  });

  it("is not judged where its table may be another one in production", async () => {
    const { plans } = await collect(BY_STATUS, undefined, { uncertain: () => text`7.sql could not be applied` });
    expect(plans.changed.map((one) => one.state === "cannot-tell" && plain(one.why))).toEqual(["7.sql could not be applied"]);
  });

  it("names doubts about ranges with parameters and prefixes", async () => {
    const { plans } = await collect("SELECT * FROM orders WHERE id = $1 AND created_at > $2");
    expect(onlyOf(plans).doubts.map(plain)).toEqual([expect.stringContaining("a third of the rows")]);
    const prefix = "SELECT * FROM orders WHERE id LIKE 'x%'";
    expect(onlyOf((await collect(prefix)).plans).doubts.map(plain)).toEqual([expect.stringContaining("collation is C")]);
    expect(onlyOf((await collect(prefix, undefined, { collation: "C" })).plans).doubts).toEqual([]);
  });
});

describe("sizes", () => {
  it("say that they were configured, or assumed", async () => {
    expect(onlyOf((await collect(BY_ID, undefined, { configured: ["orders"] })).plans).tables[0]?.source).toBe("configured");
    const nothing = { ...exported, statistics: { ...exported.statistics, relations: [] } };
    expect(onlyOf((await collect(BY_ID, undefined, { statistics: nothing })).plans).tables[0]).toMatchObject({
      rows: 10_000_000,
      source: "assumed",
    });
  });
});

describe("a modified query", () => {
  const replacing =
    (before: string) =>
    (statement: Statement): Statement => ({ ...statement, before });

  it("is compared with the text that it replaces, on the head's schema", async () => {
    const { plans, session } = await collect(BY_STATUS, replacing(BY_ID));
    expect(onlyOf(plans)).toMatchObject({ reason: "modified", before: { cost: 8.44 }, after: { cost: 6250 } });
    expect(session.requests[0]).toMatchObject({ side: "head", questions: [{ sql: BY_STATUS }, { sql: BY_ID }] });
  });

  it("is compared on the base's schema where the old text no longer fits the head's", async () => {
    const moved: FakePlan = (sql, request) =>
      sql === BY_ID && request.side === "head" ? "column id does not exist" : answer(sql, request);
    const { plans, session } = await collect(BY_STATUS, replacing(BY_ID), {}, moved);
    expect(onlyOf(plans).before?.cost).toBe(8.44);
    expect(session.requests.map(({ side }) => side)).toEqual(["head", "base", "head"]);
  });

  it("stands alone where the old text was never one, with the reason", async () => {
    const { plans } = await collect(BY_ID, replacing("SELECT nothing"));
    expect(onlyOf(plans)).toMatchObject({ reason: "modified", before: null });
    expect(plans.notes.map(plain)).toEqual([
      'there is no plan of what was replaced at src/queries/orders.sql line 1 (relation "nothing" does not exist)',
    ]);
  });

  it("is planned with its parameters", async () => {
    const { session } = await collect(BY_ID, (statement) => ({ ...statement, bound: BY_STATUS }));
    expect(session.requests[0]?.questions[0]?.sql).toBe(BY_STATUS);
  });
});

describe("what is planned", () => {
  it("are queries, and neither definitions nor what did not parse", async () => {
    const { plans, session } = await collect(`${BY_ID};\nCREATE TABLE a (b int);\nSELECT FROM WHERE;\nDELETE FROM orders WHERE id = 5`);
    expect(plans.changed.map(({ state }) => state)).toEqual(["planned", "cannot-tell", "planned"]);
    expect(session.requests[0]?.questions).toHaveLength(2);
  });

  it("are at most 200 statements; the others say so", async () => {
    const { plans, session } = await collect(Array.from({ length: 205 }, (_, at) => `SELECT * FROM orders WHERE id = ${at}`).join(";\n"));
    expect(session.requests[0]?.questions).toHaveLength(200);
    const others = plans.changed.filter(({ state }) => state === "cannot-tell");
    expect(others.map((one) => one.state === "cannot-tell" && plain(one.why))).toEqual(Array(5).fill("more than 200 statements changed"));
  });

  it("are PostgreSQL's statements only", async () => {
    const { plans } = await collect(BY_ID, (statement) => ({ ...statement, dialect: "mysql" }));
    expect(plans.changed[0]?.state).toBe("cannot-tell");
  });
});

describe("several new indexes in one plan", () => {
  const JOIN = "SELECT * FROM orders o JOIN items i ON i.order_id = o.id WHERE o.status = $1";
  const scan = (table: string, name: string | null) => ({
    "Node Type": name ? "Index Scan" : "Seq Scan",
    "Relation Name": table,
    ...(name && { "Index Name": name, "Index Cond": "(x = $1)" }),
    "Total Cost": name ? 8 : 5_000,
    "Plan Rows": 10,
  });
  const joined = (both: (column: string) => string | null, cost: (has: readonly (string | null)[]) => number) => {
    const names = [both("(status)"), both("(order_id)")];
    const plans = [scan("orders", names[0] ?? null), scan("items", names[1] ?? null)];
    return [{ Plan: { "Node Type": "Nested Loop", "Total Cost": cost(names), "Plan Rows": 10, Plans: plans } }];
  };
  const named = (candidates: readonly string[]) => (column: string) =>
    /redline_candidate_\d+/.exec(candidates.find((ddl) => ddl.endsWith(column)) ?? "")?.[0] ?? null;

  it("are tried alone, and the one that is enough is given", async () => {
    const fake: FakePlan = (_, { candidates }) => joined(named(candidates), ([status, order]) => (order ? (status ? 50 : 90) : 9_000));
    const { proven } = onlyOf((await collect(JOIN, undefined, {}, fake)).plans);
    expect(proven).toMatchObject({ keys: ["order_id"], purpose: "join" });
  });

  it("are given together where none is enough alone", async () => {
    const fake: FakePlan = (_, { candidates }) => joined(named(candidates), (has) => (has.every((one) => one) ? 50 : 9_000));
    const { proven } = onlyOf((await collect(JOIN, undefined, {}, fake)).plans);
    expect(proven?.sql.split("\n")).toEqual([
      "CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);",
      "CREATE INDEX CONCURRENTLY items_order_id_idx ON items (order_id);",
    ]);
  });
});

describe("the planner's death", () => {
  it("leaves every statement unjudged, with the reason", async () => {
    const { plans } = await collect(`${BY_ID};\n${BY_STATUS}`, undefined, {}, () => "the planner was stopped after 30 s");
    expect(plans.changed.map((one) => one.state === "cannot-tell" && plain(one.why))).toEqual(
      Array(2).fill("PostgreSQL does not plan it: the planner was stopped after 30 s"),
    );
  });
});
