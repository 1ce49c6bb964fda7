import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanAnswer, PlannerSession, SchemaFile } from "../../src/evidence/planner.js";
import { plain } from "../../src/model/text.js";
import { createPlanner } from "../../src/sandbox/planner.js";
import type { Statistics } from "../../src/sql/statistics-file.js";
import { type FreshCache, freshCache } from "./planner/fresh-cache.js";

const file = (path: string, sql: string): SchemaFile => ({ path, sha: createHash("sha1").update(sql).digest("hex"), sql });

const BASE = [
  file(
    "1.sql",
    `CREATE EXTENSION IF NOT EXISTS "pg_trgm";
     CREATE EXTENSION IF NOT EXISTS postgis;
     CREATE TYPE mood AS ENUM ('sad', 'ok');
     CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, status int, mood mood, name text COLLATE "POSIX");
     CREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id), total numeric(10,2) CHECK (total >= 0), note varchar(20));
     CREATE INDEX orders_note ON orders (note DESC) INCLUDE (total) WHERE total > 0;
     CREATE INDEX users_name_trgm ON users USING gin (name gin_trgm_ops);
     CREATE VIEW big AS SELECT * FROM orders WHERE total > 100;
     INSERT INTO users (email) VALUES ('a@example.org');`,
  ),
  file("2.sql", "CREATE INDEX CONCURRENTLY users_status ON users (status);\nCREATE INDEX CONCURRENTLY users_mood ON users (mood);"),
  file("3.sql", "ALTER TYPE mood ADD VALUE 'great';\nUPDATE users SET mood = 'great';"),
  file("4.sql", "UPDATE __diesel_schema_migrations SET version = '1';\nCREATE TABLE audit.log (at timestamptz) PARTITION BY RANGE (at);"),
  file("5.sql", "CREATE TABLE audit.log_2026 PARTITION OF audit.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"),
  file("6.sql", "CREATE TABLE broken (id int REFERENCES nowhere (id));"),
  file("7.sql", "SELECT nonsense FROM;"),
  file("8.sql", "\\restrict x\n-- +goose Up\nCREATE TABLE {{ .Ns }}.held (id int);\n-- +goose Down\nDROP TABLE users;"),
  file("9.sql", "-- nothing"),
  file(
    "9b.sql",
    `CREATE FUNCTION by_status(int) RETURNS SETOF users LANGUAGE sql STABLE AS 'SELECT * FROM users WHERE status = $1';
     CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM big; END;
     CREATE FUNCTION looped() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM users; END';`,
  ),
];
const HEAD = [...BASE, file("10.sql", "DROP INDEX users_status;\nALTER TABLE users ADD COLUMN age int;")];

const ASSUMED: Statistics = { relations: [], columns: [], settings: {}, assumedRows: 10_000_000 };

let cache: FreshCache;
let session: PlannerSession;

const opened = async (head: readonly SchemaFile[], observed: readonly string[] = []): Promise<PlannerSession> => {
  const result = await createPlanner({ cacheDir: cache.folder, jobMs: 120_000, statementMs: 60_000 }).open({ base: BASE, head, observed });
  if ("refused" in result) throw new Error(plain(result.refused));
  return result;
};

interface Node {
  readonly "Node Type": string;
  readonly "Total Cost": number;
  readonly "Plan Rows": number;
  readonly "Index Name"?: string;
  readonly Plans?: readonly Node[];
}

const isPlans = (value: unknown): value is readonly { readonly Plan: Node }[] => Array.isArray(value) && "Plan" in value[0];

const rootOf = (answer: PlanAnswer | undefined): Node => {
  if (!answer || "failed" in answer) throw new Error(answer ? plain(answer.failed) : "no answer");
  if (!isPlans(answer.plan) || !answer.plan[0]) throw new Error("no plan");
  return answer.plan[0].Plan;
};

const indexesOf = (node: Node): readonly string[] => [
  ...(node["Index Name"] === undefined ? [] : [node["Index Name"]]),
  ...(node.Plans ?? []).flatMap(indexesOf),
];

const ask = async (
  sql: string,
  { side = "head", statistics = ASSUMED, candidates = [] }: { side?: "base" | "head"; statistics?: Statistics; candidates?: string[] } = {},
): Promise<PlanAnswer | undefined> => (await session.explain({ side, statistics, candidates, questions: [{ id: 7, sql }] }))[0];

const planOf = async (...question: Parameters<typeof ask>): Promise<Node> => rootOf(await ask(...question));
const failureOf = async (sql: string): Promise<string> => {
  const answer = await ask(sql);
  return answer && "failed" in answer ? plain(answer.failed) : "planned";
};

beforeAll(async () => {
  cache = freshCache();
  session = await opened(HEAD);
});

afterAll(async () => {
  await session.close();
  cache.remove();
});

const relation = (name: string, side: "base" | "head" = "head") => session[side].relations.find((one) => one.name === name);

describe("a schema from migrations", () => {
  it("names its PostgreSQL", () => {
    expect(session.version).toMatch(/^PostgreSQL 18\.\d+$/);
  });

  it("says of each file that could not be applied, or not whole, why; and goes on", () => {
    expect(session.notApplied).toEqual([
      { path: "1.sql", message: "the extension postgis is not available here" },
      { path: "6.sql", message: 'relation "nowhere" does not exist' },
      { path: "7.sql", message: 'syntax error at or near ";"' },
    ]);
  });

  it("runs apart what refuses to be in one transaction, and makes what tools make themselves", () => {
    expect(relation("users", "base")?.indexes.map(({ name }) => name)).toEqual([
      "users_email_key",
      "users_mood",
      "users_name_trgm",
      "users_pkey",
      "users_status",
    ]);
    expect(relation("log")?.schema).toBe("audit");
  });

  it("leaves out what a tool's down part would undo, and fills template holes", () => {
    expect(relation("held")?.schema).toBe("hole");
    expect(relation("users")?.kind).toBe("table");
  });

  it("knows what views and functions in SQL read, and nothing of what is planned when it runs", () => {
    const read = (name: string) => ({ schema: "public", name });
    expect(session.base.readers).toEqual([
      { ...read("big"), kind: "view", reads: [read("orders")] },
      { ...read("by_status"), kind: "function", reads: [read("users")] },
      { ...read("counted"), kind: "function", reads: [read("big")] },
    ]);
  });

  it("knows both sides", () => {
    expect(relation("users", "base")?.columns.map(({ name }) => name)).not.toContain("age");
    expect(relation("users")?.columns.map(({ name }) => name)).toContain("age");
    expect(relation("users")?.indexes.map(({ name }) => name)).not.toContain("users_status");
  });

  it("shows columns, keys, checks and foreign keys as PostgreSQL shows them", () => {
    expect(relation("users")?.columns.slice(1, 5)).toEqual([
      { name: "email", type: "text", notNull: true, hasDefault: false, collation: null },
      { name: "status", type: "integer", notNull: false, hasDefault: false, collation: null },
      { name: "mood", type: "mood", notNull: false, hasDefault: false, collation: null },
      { name: "name", type: "text", notNull: false, hasDefault: false, collation: "POSIX" },
    ]);
    const orders = relation("orders");
    expect(orders?.columns[0]).toEqual({ name: "id", type: "bigint", notNull: true, hasDefault: true, collation: null });
    expect(orders?.foreignKeys).toEqual([
      {
        name: "orders_user_id_fkey",
        columns: ["user_id"],
        parent: { schema: "public", name: "users" },
        parentColumns: ["id"],
        validated: true,
      },
    ]);
    expect(orders?.checks).toEqual([{ name: "orders_total_check", expression: "total >= 0::numeric", validated: true }]);
  });

  it("shows an index with its keys, what it includes, its condition and its operator class", () => {
    expect(relation("orders")?.indexes[0]).toEqual({
      name: "orders_note",
      keys: [{ column: "note", expression: "note", operatorClass: null, descending: true }],
      included: ["total"],
      unique: false,
      primary: false,
      method: "btree",
      predicate: "total > 0::numeric",
      valid: true,
      definition: "CREATE INDEX orders_note ON public.orders USING btree (note DESC) INCLUDE (total) WHERE (total > (0)::numeric)",
    });
    expect(relation("users")?.indexes.find(({ name }) => name === "users_name_trgm")).toMatchObject({
      method: "gin",
      keys: [{ column: "name", operatorClass: "gin_trgm_ops" }],
    });
  });

  it("shows partitions with their parent and its key, and views", () => {
    expect(relation("log")).toMatchObject({ kind: "partitioned", partitionKey: ["at"], partitionOf: null });
    expect(relation("log_2026")).toMatchObject({ kind: "table", partitionOf: { schema: "audit", name: "log" } });
    expect(relation("big")?.kind).toBe("view");
  });
});

describe("a plan", () => {
  it("has the costs of PostgreSQL for a table of the assumed size", async () => {
    // 200,000 pages at 1, 10 million rows at 0.01 and as many comparisons at 0.0025.
    expect(await planOf("SELECT * FROM users WHERE status = $1")).toMatchObject({
      "Node Type": "Seq Scan",
      "Total Cost": 325_000,
      "Plan Rows": 200,
    });
  });

  it("knows on each side the indexes of that side", async () => {
    const plan = await planOf("SELECT * FROM users WHERE status = $1", { side: "base" });
    expect(indexesOf(plan)).toEqual(["users_status"]);
    expect(plan["Total Cost"]).toBeLessThan(1000);
  });

  it("is made as if an index were not there, which is there again afterwards", async () => {
    const questions = [{ id: 1, sql: "SELECT * FROM users WHERE status = $1" }];
    const request = { side: "base", statistics: ASSUMED, candidates: [], questions } as const;
    const [without] = await session.explain({ ...request, without: [{ schema: "public", name: "users_status" }] });
    expect(rootOf(without)["Node Type"]).toBe("Seq Scan");
    expect(indexesOf(rootOf((await session.explain(request))[0]))).toEqual(["users_status"]);
  });

  it("takes a unique key for one row, and an enum for few values", async () => {
    expect((await planOf("SELECT * FROM users WHERE email = $1"))["Plan Rows"]).toBe(1);
    expect((await planOf("SELECT * FROM users WHERE mood = $1"))["Plan Rows"]).toBe(2_500_000);
  });

  it("is made with exported rows and pages, as PostgreSQL 15 makes it", async () => {
    const statistics: Statistics = {
      ...ASSUMED,
      relations: [
        { schema: "public", name: "orders", rows: 400_000, pages: 3939, allVisible: 0 },
        { schema: "public", name: "orders_pkey", rows: 400_000, pages: 1100, allVisible: 0 },
      ],
      columns: [column("total", 1000), column("user_id", -0.5)],
    };
    // 3,939 pages, 400,000 rows at 0.01 and 0.0025, and one more comparison of each.
    expect(await planOf("SELECT * FROM orders WHERE total = $1 AND note = $2", { statistics })).toMatchObject({ "Total Cost": 9939 });
    expect((await planOf("SELECT * FROM orders WHERE total = $1", { statistics }))["Plan Rows"]).toBe(400);
    expect((await planOf("SELECT * FROM orders WHERE user_id = $1", { statistics }))["Plan Rows"]).toBe(2);
  });

  it("is made with what is told of the key of an index by its place", async () => {
    const index = "redline_candidate_1";
    const rowsWith = async (place: number, distinct: number): Promise<number> => {
      const statistics = { ...ASSUMED, columns: [{ ...column("", distinct, index), place }] };
      const candidates = [`CREATE INDEX ${index} ON users (status, lower(email))`];
      return (await planOf("SELECT * FROM users WHERE lower(email) = $1", { statistics, candidates }))["Plan Rows"];
    };
    expect(await rowsWith(2, 100)).toBe(100_000);
    expect(await rowsWith(2, 1000)).toBe(10_000);
    // The first key is a column of the table, the third is none: what is assumed of the expression stays.
    expect([await rowsWith(1, 100), await rowsWith(3, 100)]).toEqual([200, 200]);
  });

  it("is made with what is told of a table's column by its place", async () => {
    const statistics = { ...ASSUMED, columns: [{ ...column("", 1000), place: 3 }] };
    expect((await planOf("SELECT * FROM orders WHERE total = $1", { statistics }))["Plan Rows"]).toBe(10_000);
    expect((await planOf("SELECT * FROM orders WHERE user_id = $1", { statistics }))["Plan Rows"]).toBe(200);
  });

  it("is made with exported settings, and without what a migration set", async () => {
    const settings = { random_page_cost: "1.1", nonsense: "1" };
    const sql = "SELECT * FROM orders WHERE id = $1";
    const usual = (await planOf(sql))["Total Cost"];
    expect((await planOf(sql, { statistics: { ...ASSUMED, settings } }))["Total Cost"]).toBeLessThan(usual);
    expect((await planOf(sql))["Total Cost"]).toBe(usual);
  });

  it("follows other sizes in the same process, larger ones and smaller ones", async () => {
    const costs: number[] = [];
    for (const assumedRows of [1000, 100_000_000, 1000]) {
      costs.push((await planOf("SELECT count(*) FROM users", { statistics: { ...ASSUMED, assumedRows } }))["Total Cost"]);
    }
    expect(costs[0]).toBe(costs[2]);
    expect(costs[1]).toBeGreaterThan(1_000_000);
  });

  it("shares what is known of a partitioned table among its partitions", async () => {
    const statistics = { ...ASSUMED, relations: [{ schema: "audit", name: "log", rows: 5000, pages: 0, allVisible: 0 }] };
    expect(await planOf("SELECT * FROM audit.log", { statistics })).toMatchObject({ "Plan Rows": 5000 });
  });

  it("proves a candidate, which is gone in the next question", async () => {
    const sql = "SELECT * FROM orders WHERE user_id = $1";
    const candidates = ["CREATE INDEX redline_candidate_1 ON orders (user_id)"];
    expect((await planOf(sql))["Node Type"]).toBe("Seq Scan");
    expect(indexesOf(await planOf(sql, { candidates }))).toEqual(["redline_candidate_1"]);
    expect((await planOf(sql))["Node Type"]).toBe("Seq Scan");
  });

  it("stands without a candidate that cannot be built, or is none, and says which and why", async () => {
    const candidates = [
      "CREATE INDEX redline_candidate_1 ON nowhere (id)",
      "DROP TABLE users",
      "CREATE INDEX redline_candidate_2 ON users (age)",
    ];
    const answer = await ask("SELECT * FROM users WHERE age = $1", { candidates });
    expect(indexesOf(rootOf(answer))).toEqual(["redline_candidate_2"]);
    expect(answer).toMatchObject({
      notBuilt: [
        { candidate: candidates[0], message: 'relation "nowhere" does not exist' },
        { candidate: "DROP TABLE users", message: "it is not one CREATE INDEX" },
      ],
    });
    expect(await ask("SELECT * FROM users WHERE age = $1")).not.toHaveProperty("notBuilt");
  });

  it("guesses the type of a parameter that has none", async () => {
    expect(await failureOf("SELECT json_build_object('a', $1, 'b', $2) FROM users WHERE id = $3")).toBe("planned");
    expect(await failureOf("SELECT * FROM users WHERE coalesce($1, $2) IS NULL")).toBe("planned");
  });

  it("is refused for anything but one query, with the reason", async () => {
    expect(await failureOf("DROP TABLE users")).toBe("DropStmt has no plan");
    expect(await failureOf("EXPLAIN ANALYZE SELECT 1")).toBe("EXPLAIN has no plan");
    expect(await failureOf("SELECT 1; DELETE FROM users")).toBe("it is 2 statements, and not one");
    expect(await failureOf("SELECT * INTO other FROM users")).toBe("SELECT INTO is not planned");
    expect(await failureOf("SELECT * FROM nowhere")).toBe('relation "nowhere" does not exist');
    expect(await failureOf("SELECT FROM WHERE")).toBe('syntax error at or near "WHERE"');
  });

  it("is given for writes, which are not run", async () => {
    expect(await failureOf("DELETE FROM orders WHERE user_id = $1")).toBe("planned");
    expect(await failureOf("INSERT INTO users (email) VALUES ($1) ON CONFLICT (email) DO UPDATE SET status = 1 RETURNING *")).toBe(
      "planned",
    );
    expect(await failureOf("WITH gone AS (DELETE FROM users WHERE id = $1 RETURNING *) SELECT * FROM gone")).toBe("planned");
  });
});

const column = (name: string, distinct: number, table = "orders"): Statistics["columns"][number] => ({
  schema: "public",
  name: table,
  column: name,
  inherited: false,
  nullFraction: 0,
  averageWidth: 8,
  distinct,
  correlation: null,
  mostCommon: null,
  histogram: null,
});

describe("a schema that is known already", () => {
  it("is not built again: not the same one, not its beginning", async () => {
    const again = await opened(HEAD);
    expect(again.head).toEqual(session.head);
    expect(again.notApplied).toEqual(session.notApplied);
    await again.close();
  });

  it("is built from its beginning when it goes on otherwise, and anew when it begins otherwise", async () => {
    const longer = await opened([...HEAD, file("11.sql", "CREATE TABLE more (id int)")]);
    expect(longer.head.relations.map(({ name }) => name)).toContain("more");
    const shorter = await opened([file("1.sql", "CREATE TABLE other (id int)")]);
    expect(shorter.head.relations.map(({ name }) => name)).toEqual(["other"]);
    await Promise.all([longer.close(), shorter.close()]);
  });
});
