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
  ["SELECT deeper(1)", /ended|stack depth/],
  ["WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r", /^it took longer than 3 s to run$/],
  ["SELECT count(*) FROM generate_series(1, 1000000000000)", /^it took longer than 3 s to run$/],
  ["SELECT pg_sleep(100000)", /^it took longer than 3 s to run$/],
  ["SELECT string_agg(repeat('x', 1000), '') FROM generate_series(1, 1100000)", /memory|longer than/],
  ["CREATE TABLE after_all (id int)", null],
];

let cache: FreshCache;
let session: PlannerSession;

beforeAll(async () => {
  cache = freshCache();
  const head = [...BASE, file("2.sql", STATEMENTS.map(([sql]) => `${sql};\n`).join("")), file("3.sql", "CREATE TABLE later (id int);")];
  const planner = createPlanner({ cacheDir: cache.folder, jobMs: 120_000, statementMs: 3000, kills: 10 });
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

const joins = (count: number): string =>
  `SELECT 1 FROM t t0 ${Array.from({ length: count }, (_, index) => `JOIN t t${index + 1} ON t${index + 1}.a = t${index}.a`).join(" ")}`;

describe("migrations that attack", () => {
  it("each have a reason, in their order, and nothing else has", () => {
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

  it("are refused as a whole when they kill too often, with the reason", async () => {
    const planner = createPlanner({ cacheDir: cache.folder, jobMs: 120_000, statementMs: 500, kills: 0 });
    const head = [...BASE, file("2.sql", "SELECT pg_sleep(1000)")];
    const result = await planner.open({ base: BASE, head, observed: ["2.sql"] });
    expect("refused" in result && plain(result.refused)).toBe("the schema could not be built: it took longer than 0.5 s to run");
  });

  it("are refused when all of them together take too long", async () => {
    const planner = createPlanner({ cacheDir: cache.folder, jobMs: 1, statementMs: 500 });
    const head = Array.from({ length: 50 }, (_, index) => file(`${index}.sql`, `CREATE TABLE many_${index} (id int)`));
    const result = await planner.open({ base: BASE, head, observed: [] });
    expect("refused" in result && plain(result.refused)).toMatch(/0\.001 s to run$/);
    // What was kept of the attempt is sound to go on from.
    const patient = createPlanner({ cacheDir: cache.folder, jobMs: 120_000 });
    const whole = await patient.open({ base: head, head, observed: [] });
    expect("head" in whole && whole.head.relations.length).toBe(50);
    if ("close" in whole) await whole.close();
  });
});

describe("queries that attack", () => {
  it("cost nothing but themselves", async () => {
    expect(
      await planned(
        "SELECT * FROM t WHERE id = $1",
        "SELECT * FROM t WHERE id = forever()",
        "SELECT * FROM t WHERE id = $1",
        "SELECT * FROM t WHERE id = deeper(1)",
        "SELECT * FROM t WHERE id = $1",
      ),
    ).toEqual([
      "planned",
      "could not check: it took longer than 3 s to run",
      "planned",
      expect.stringMatching(/ended|stack depth/),
      "planned",
    ]);
  });

  it("are refused, or not run, when they would be slow or large", async () => {
    expect(
      await planned(
        `SELECT '${"x".repeat(1_000_000)}'`,
        "SELECT count(*) FROM generate_series(1, 1000000000000)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT pg_sleep(100000)",
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

  it("are planned or killed when they join too much, and others are still planned", async () => {
    const [large, small, next] = await planned(joins(5000), joins(1200), "SELECT * FROM t");
    expect(large).toBe("the statement is longer than 64 KB");
    expect(small).toMatch(/^planned$|^could not check: /);
    expect(next).toBe("planned");
  });

  it("change nothing for others, though planning runs their functions", async () => {
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
