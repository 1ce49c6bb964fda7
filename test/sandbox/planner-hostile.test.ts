import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlannerSession, SchemaFile } from "../../src/evidence/planner.js";
import { plain } from "../../src/model/text.js";
import { createPlanner } from "../../src/sandbox/planner.js";
import { type FreshCache, freshCache } from "./planner/fresh-cache.js";

const file = (path: string, sql: string): SchemaFile => ({ path, sha: createHash("sha1").update(sql).digest("hex"), sql });

const STATISTICS = { relations: [], columns: [], settings: {}, assumedRows: 10_000_000 };

const BASE = [
  file(
    "1.sql",
    `CREATE TABLE t (id int PRIMARY KEY, a int);
     INSERT INTO t VALUES (1, 1);
     CREATE FUNCTION forever() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN LOOP END LOOP; END $$;
     CREATE FUNCTION deeper(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN deeper(n + 1); END $$;
     CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN EXECUTE 'DROP TABLE t'; RETURN 1; END $$;
     CREATE FUNCTION sets() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT set_config('enable_indexscan', 'off', false) $$;`,
  ),
];

/** What ends by itself has all the time that a busy machine may need; what never does only burns the time that it is given. */
const STATEMENT_MS = 60_000;
const NEVER_ENDS_MS = 500;
/** Which limit a statement meets first depends on the machine. */
const KILLED = /^it took (?:longer than 0.5 s|more than 1200 MB of memory) to run$/;
const FOREVER = "SELECT * FROM t WHERE id = forever()";
/** As short as 5,000 joins can be, so that they are planned, and not refused for their length. */
const joins = (count: number): string => `SELECT 1 FROM ${Array.from({ length: count }, (_, index) => `t a${index}`).join(",")}`;
const JOINS = [joins(300), joins(5000)];

/** Each with what is said of it; null for one that runs. */
const STATEMENTS: readonly (readonly [sql: string, message: RegExp | null])[] = [
  ["COPY t TO PROGRAM 'cat > /tmp/stolen'", /^COPY is not run here$/],
  ["COPY t FROM '/etc/passwd'", /^COPY is not run here$/],
  ["LOAD '/tmp/evil.so'", /^LOAD is not run here$/],
  ["ALTER SYSTEM SET work_mem = '1TB'", /^ALTER SYSTEM is not run here$/],
  ["CREATE DATABASE other", /^CREATE DATABASE is not run here$/],
  ["CREATE TABLESPACE s LOCATION '/tmp'", /^CREATE TABLESPACE is not run here$/],
  ["EXPLAIN ANALYZE SELECT 1", /^EXPLAIN is not run here$/],
  ["SET join_collapse_limit = 100", /^SET join_collapse_limit is not run here$/],
  ["SET LOCAL geqo = off", /^SET geqo is not run here$/],
  ["SET from_collapse_limit = 100", /^SET from_collapse_limit is not run here$/],
  ["SET work_mem = '10GB'", /^SET work_mem is not run here$/],
  ["SELECT pg_read_file('/etc/passwd')", /No such file|could not open/],
  ["SELECT lo_import('/etc/shadow')", /No such file|could not open/],
  ["SELECT * FROM dblink('host=localhost', 'select 1') AS d (a int)", /function dblink\(.*does not exist/],
  ["CREATE FUNCTION c() RETURNS int LANGUAGE c AS '/tmp/evil.so', 'run'", /could not access|could not load/],
  ["DO $$ BEGIN EXECUTE 'COPY t TO PROGRAM ''cat'''; END $$", /./],
  ["SELECT deeper(1)", /ended|stack depth|longer than/],
  ["WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r", KILLED],
  ["SELECT count(*) FROM generate_series(1, 1000000000000)", KILLED],
  ["SELECT pg_sleep(100000)", KILLED],
  ["SELECT string_agg(repeat('x', 1000), '') FROM generate_series(1, 1100000)", KILLED],
  ["CREATE TABLE after_all (id int)", null],
];

const ENDLESS: ReadonlySet<string> = new Set([
  ...STATEMENTS.flatMap(([sql, message]) => (message === KILLED ? [sql] : [])),
  FOREVER,
  ...JOINS,
]);
const options = {
  jobMs: 600_000,
  statementMs: STATEMENT_MS,
  patience: (sql: string, leftMs: number): number => (ENDLESS.has(sql) ? NEVER_ENDS_MS : leftMs),
};

let cache: FreshCache;
let session: PlannerSession;

beforeAll(async () => {
  cache = freshCache();
  const head = [...BASE, file("2.sql", STATEMENTS.map(([sql]) => `${sql};\n`).join("")), file("3.sql", "CREATE TABLE later (id int);")];
  const planner = createPlanner({ ...options, cacheDir: cache.folder, kills: 10 });
  const result = await planner.open({ base: BASE, head, observed: ["2.sql"] });
  if ("refused" in result) throw new Error(plain(result.refused));
  session = result;
});

afterAll(async () => {
  await session.close();
  cache.remove();
});

const planned = async (...statements: readonly string[]): Promise<readonly string[]> => {
  const questions = statements.map((sql, id) => ({ id, sql }));
  const answers = await session.explain({ side: "head", statistics: STATISTICS, candidates: [], questions });
  return answers.map((answer) => ("failed" in answer ? plain(answer.failed) : "planned"));
};

describe("migrations that attack", () => {
  it("each have a reason, in their order, and nothing else has (D04)", () => {
    const expected = STATEMENTS.flatMap(([, message], line) => (message ? [{ line: line + 1, message }] : []));
    expect(session.notApplied.map(({ path, message }) => path + message.replace(/:.*/s, ""))).toEqual(
      expected.map(({ line }) => `2.sqlline ${line}`),
    );
    for (const [index, { message }] of expected.entries()) {
      expect(session.notApplied[index]?.message.replace(/^line \d+: /, "")).toMatch(message);
    }
  });

  it("leave what stands beside them standing", () => {
    expect(session.head.relations.map(({ name }) => name)).toEqual(["after_all", "later", "t"]);
  });

  it("are given up when they kill too often, and cost neither the base nor what ran before them (D04)", async () => {
    const planner = createPlanner({ ...options, cacheDir: cache.folder, kills: 0 });
    const change = "CREATE TABLE early (id int);\nSELECT deeper(1);\nCREATE TABLE late (id int);\nCREATE TABLE later (id int);";
    const head = [...BASE, file("2.sql", change), file("3.sql", "CREATE TABLE last (id int)")];
    const result = await planner.open({ base: BASE, head, observed: ["2.sql"] });
    if ("refused" in result) throw new Error(plain(result.refused));
    const reason = "it was not run, because what came before it had to be killed too often";
    expect(result.notApplied).toEqual([
      { path: "2.sql", message: expect.stringMatching(/^line 2: /) },
      { path: "2.sql", message: `line 3 and what follows: ${reason}` },
      { path: "3.sql", message: reason },
    ]);
    expect(result.base.relations.map(({ name }) => name)).toEqual(["t"]);
    expect(result.head.relations.map(({ name }) => name)).toEqual(["early", "t"]);
    expect(result.observed.map(({ start, observation }) => [change.slice(start, start + 19), observation !== null])).toEqual([
      ["CREATE TABLE early ", true],
      ["CREATE TABLE late (", false],
      ["CREATE TABLE later ", false],
    ]);
    const [answer] = await result.explain({
      side: "head",
      statistics: STATISTICS,
      candidates: [],
      questions: [{ id: 1, sql: "SELECT * FROM early" }],
    });
    expect(answer && "plan" in answer).toBe(true);
    await result.close();
  });
});

describe("queries that attack", () => {
  it("cost nothing but themselves", async () => {
    expect(
      await planned(
        "SELECT * FROM t WHERE id = $1",
        FOREVER,
        "SELECT * FROM t WHERE id = $1",
        "SELECT * FROM t WHERE id = deeper(1)",
        "SELECT * FROM t WHERE id = $1",
      ),
    ).toEqual([
      "planned",
      expect.stringMatching(/^could not check: it took longer than 0.5 s/),
      "planned",
      expect.stringMatching(/ended|stack depth|longer than/),
      "planned",
    ]);
  });

  it("are refused, or not run, when they would be slow or large (D04)", async () => {
    expect(
      await planned(
        `SELECT '${"x".repeat(1_000_000)}'`,
        "SELECT count(*) FROM generate_series(1, 2000000000000)",
        "WITH RECURSIVE r AS (SELECT 2 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT pg_sleep(200000)",
        "SELECT string_agg(repeat('x', 1000), '') FROM generate_series(1, 1000000)",
        "SET geqo = off",
        "COPY t TO PROGRAM 'cat'",
        `SELECT ${"(".repeat(20_000)}1${")".repeat(20_000)}`,
        "SELECT 1",
      ),
    ).toEqual([
      "the statement is longer than 64 KB",
      "planned",
      "planned",
      "planned",
      "planned",
      "VariableSetStmt has no plan",
      "COPY has no plan",
      expect.stringMatching(/memory exhausted|the parser failed|stack depth/),
      "planned",
    ]);
  });

  it("are planned or killed when they join too much, and others are still planned (D04)", async () => {
    const [many, more, next] = await planned(...JOINS, "SELECT * FROM t");
    for (const answer of [many, more]) expect(answer).toMatch(/^planned$|^could not check: |stack depth|memory/);
    expect(next).toBe("planned");
  });

  it("change nothing for others, though planning runs their functions (D04)", async () => {
    await planned("SELECT * FROM t WHERE id = writes()", "SELECT sets() FROM t");
    const [answer] = await session.explain({
      side: "head",
      statistics: STATISTICS,
      candidates: [],
      questions: [{ id: 1, sql: "SELECT * FROM t WHERE id = $1" }],
    });
    expect(JSON.stringify(answer)).toContain("Index Scan");
  });
});
