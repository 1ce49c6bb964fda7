import { describe, expect, it } from "vitest";
import { proveIndexes } from "../../src/evidence/index-proof.js";
import type { Suspect } from "../../src/evidence/index-trial.js";
import type { Catalogue } from "../../src/model/catalogue.js";
import type { Statement } from "../../src/model/statements.js";
import { plain } from "../../src/model/text.js";
import { readPlan } from "../../src/sql/plan/read.js";
import { statementsIn } from "../rules/planned.js";
import { relation } from "../sql/plan/plans.js";
import { exported, type FakePlan, fakeSession } from "./fake-planner.js";

const COLUMNS = { id: "bigint", a: "bigint", b: "bigint", c: "bigint", d: "bigint", e: "bigint", place: "point[]" };
const tables = Array.from({ length: 120 }, (_, at) => `t${at}`);
const catalogue: Catalogue = { relations: tables.map((name) => relation(name, COLUMNS)) };

const WHOLE = 200_000;

/** A plan of one node; with an index when one is named. */
const planOf = (table: string, cost: number, index: string | null = null): unknown => [
  {
    Plan: {
      "Node Type": index ? "Index Scan" : "Seq Scan",
      "Relation Name": table,
      Schema: "public",
      "Total Cost": cost,
      "Plan Rows": 10,
      ...(index && { "Index Name": index }),
    },
  },
];

function suspectOf(statement: Statement, cost = WHOLE): Suspect {
  const table = /FROM (\w+)/.exec(statement.sql)?.[1] ?? "";
  const read = readPlan(planOf(table, cost), catalogue);
  if (!("plan" in read) || statement.state !== "parsed") throw new Error(statement.sql);
  const scans = [{ relation: { schema: "public", name: table }, rows: 10_000_000, index: null, isNew: true }];
  return { sql: statement.sql, tree: statement.tree, plan: read.plan, scans };
}

const suspectsIn = async (...sql: readonly string[]): Promise<readonly Suspect[]> =>
  (await statementsIn(sql.join(";\n"))).map((statement) => suspectOf(statement));

interface Standing {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The candidates of a request on one table. */
const standing = (table: string, candidates: readonly string[]): readonly Standing[] =>
  candidates.flatMap((ddl) => {
    const [, name, on, keys] = /^CREATE INDEX (\w+) ON public\.(\w+) \((.*)\)$/.exec(ddl) ?? [];
    return name && keys && on === table ? [{ name, columns: keys.split(", ") }] : [];
  });

/** The cost by the widest index of those that stand, as told. */
const costing =
  (byWidth: readonly number[]): FakePlan =>
  (sql, { candidates }) => {
    const table = /FROM (\w+)/.exec(sql)?.[1] ?? "";
    const [widest] = [...standing(table, candidates)].sort((one, other) => other.columns.length - one.columns.length);
    return planOf(table, widest ? (byWidth[widest.columns.length] ?? WHOLE) : WHOLE, widest?.name);
  };

const prove = async (suspects: readonly Suspect[], fake: FakePlan) => {
  const session = fakeSession(catalogue, catalogue, fake);
  const { proofs, notes } = await proveIndexes(suspects, session, exported.statistics);
  return { proofs, notes: notes.map(plain), requests: session.requests };
};

const THREE = "SELECT * FROM t1 WHERE a = $1 AND b = $2 AND c = $3";
const keysFor = async (...byWidth: readonly number[]) => (await prove(await suspectsIn(THREE), costing(byWidth))).proofs[0]?.proven?.keys;

describe("the index that is given", () => {
  it("is the narrowest where a lookup by it is no longer dear", async () => {
    expect(await keysFor(WHOLE, 800, 12, 8)).toEqual(["a"]);
  });

  it("is the widest where the narrower ones stay ten times dearer", async () => {
    expect(await keysFor(WHOLE, 9_000, 2_000, 8)).toEqual(["a", "b", "c"]);
  });

  it("is a narrow one within ten times of the best, though that is still dear", async () => {
    expect(await keysFor(WHOLE, 15_000, 15_000, 3_000)).toEqual(["a"]);
  });

  it("is none that does not reach the tenth part alone", async () => {
    expect(await keysFor(WHOLE, 30_000, 30_000, 8_000)).toEqual(["a", "b", "c"]);
  });

  it("is not looked for among narrower ones where one column was enough", async () => {
    const { proofs, requests } = await prove(await suspectsIn("SELECT * FROM t1 WHERE a = $1"), costing([WHOLE, 8]));
    expect(proofs[0]?.proven?.keys).toEqual(["a"]);
    expect(requests).toHaveLength(1);
  });

  it("keeps the wide one where the narrower trial is lost", async () => {
    const lost: FakePlan = (sql, request) =>
      standing("t1", request.candidates).some(({ columns }) => columns.length > 1) ? costing([WHOLE, 800, 12, 8])(sql, request) : "killed";
    const { proofs } = await prove(await suspectsIn(THREE), lost);
    expect(proofs).toEqual([{ proven: expect.objectContaining({ keys: ["a", "b", "c"] }) }]);
  });
});

const onTables = (count: number): Promise<readonly Suspect[]> =>
  suspectsIn(...tables.slice(0, count).map((table) => `SELECT * FROM ${table} WHERE a = $1`));

const reasons = ({ proofs }: Awaited<ReturnType<typeof prove>>) =>
  proofs.map(({ proven, untried }) => (untried ? plain(untried) : proven?.keys[0]));

describe("many statements", () => {
  it("are tried in batches, none of which has more than 25 statements or 60 candidates", async () => {
    const wide = tables.slice(0, 40).map((table) => `SELECT * FROM ${table} WHERE a = $1 AND b = $2 AND c = $3`);
    const { requests, proofs } = await prove(await suspectsIn(...wide), costing([WHOLE, 8, 8, 8]));
    expect(Math.max(...requests.map(({ candidates }) => candidates.length))).toBeLessThanOrEqual(60);
    expect(Math.max(...requests.map(({ questions }) => questions.length))).toBeLessThanOrEqual(25);
    expect(proofs.filter(({ proven }) => proven)).toHaveLength(40);
  });

  it("lose one batch where the planner dies of one, and say so", async () => {
    const dying: FakePlan = (sql, request) =>
      request.candidates.some((ddl) => ddl.includes("public.t3 "))
        ? "the planner was stopped after 30 s"
        : costing([WHOLE, 8])(sql, request);
    const said = reasons(await prove(await onTables(60), dying));
    expect(said.slice(0, 25)).toEqual(Array(25).fill("the planner was stopped after 30 s"));
    expect(said.slice(25)).toEqual(Array(35).fill("a"));
  });

  it("are given up after two batches of which nothing came back", async () => {
    const tried = await prove(await onTables(100), () => "the planner was stopped after 30 s");
    expect(tried.requests).toHaveLength(2);
    expect(reasons(tried)).toEqual(Array(100).fill("the planner was stopped after 30 s"));
  });

  it("are tried up to 720 indexes, the dearest first, and the others named", async () => {
    const sql = tables.map((table) => `SELECT * FROM ${table} WHERE a = $1 AND b = $2 AND c = $3 AND d > $4 ORDER BY e`);
    const suspects = (await statementsIn(sql.join(";\n"))).map((statement, at) => suspectOf(statement, WHOLE + at));
    const tried = await prove(suspects, costing([WHOLE, 8, 8, 8, 8]));
    expect(tried.requests.filter(({ candidates }) => candidates.length > 50)).toHaveLength(12);
    const said = reasons(tried);
    expect(said.slice(0, 36)).toEqual(Array(36).fill("at most 720 indexes are tried, for the dearest statements"));
    expect(said.slice(36)).toEqual(Array(84).fill("a"));
  });

  it("are not called untried where nothing could be tried", async () => {
    const { proofs, requests } = await prove(await suspectsIn("SELECT * FROM t1 LIMIT 10"), costing([WHOLE]));
    expect([proofs, requests]).toEqual([[{ proven: null }], []]);
  });
});

describe("an index that PostgreSQL refuses to build", () => {
  const refusing = async (columns: string) => {
    const [suspect] = await suspectsIn(`SELECT * FROM t1 WHERE ${columns}`);
    const session = fakeSession(catalogue, catalogue, costing([WHOLE]));
    const message = "data type point[] has no default operator class for access method btree";
    const explain: typeof session.explain = async (request) =>
      (await session.explain(request)).map((answer) => ({
        ...answer,
        notBuilt: request.candidates.map((candidate) => ({ candidate, message })),
      }));
    return (await proveIndexes(suspect ? [suspect] : [], { ...session, explain }, exported.statistics)).notes.map(plain);
  };

  it("is named with its refusal", async () => {
    expect(await refusing("place = $1")).toEqual([
      "PostgreSQL refuses CREATE INDEX CONCURRENTLY t1_place_idx ON t1 (place); which was to be tried: data type point[] has no default operator class for access method btree",
    ]);
  });

  it("is counted where there are more than three", async () => {
    expect((await refusing("a = $1 AND b = $2 AND c = $3")).at(-1)).toBe("it refuses 1 more that were to be tried");
  });
});
