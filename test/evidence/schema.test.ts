import { describe, expect, it } from "vitest";
import { collectSchema, type KnownSchema } from "../../src/evidence/schema.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { Tree } from "../../src/evidence/tree.js";
import type { Collected } from "../../src/model/collected.js";
import { plain, text } from "../../src/model/text.js";
import { configOf } from "../config/reading.js";
import { sharedParser } from "../sandbox/shared-parser.js";
import { FakePlanner, type Files, snapshotOf, treeOf } from "./schema-facts.js";

interface Given {
  readonly yaml?: string;
  readonly planner?: FakePlanner | null;
  readonly tree?: Collected<Tree>;
}

async function known(base: Files, head: Files, { yaml = "", planner = new FakePlanner(), tree }: Given = {}): Promise<KnownSchema> {
  const [snapshot, config] = [snapshotOf(base, head), configOf(yaml)];
  const statements = await collectStatements(snapshot, { parseSql: sharedParser, readSources: async () => [] }, config);
  if (statements.status === "absent") throw new Error(plain(statements.reason));
  const origin = { tree: tree ?? { status: "collected" as const, value: treeOf(head) }, snapshot, planner, parseSql: sharedParser, config };
  return await collectSchema(statements.value, origin);
}

async function said(...given: Parameters<typeof known>): Promise<string> {
  const { schema } = (await known(...given)).statements;
  return schema.status === "absent" ? `absent: ${plain(schema.reason)}` : plain(schema.value.source);
}

const A = "CREATE TABLE a (id bigint PRIMARY KEY);\n";
const B = "-- a comment\nCREATE INDEX a_x ON a (x);\nALTER TABLE a ADD y int;\n";

describe("the schema of a change", () => {
  it("is the migrations of base and head, in the tool's order, and runs what is new", async () => {
    const planner = new FakePlanner();
    const base = { "migrations/9_a.sql": `-- +goose Up\n${A}-- +goose Down\nDROP TABLE a;\n` };
    const { statements, session } = await known(base, { ...base, "migrations/10_b.sql": `-- +goose Up\n${B}` }, { planner });
    const [request] = planner.requests;
    expect(request?.base.map(({ path }) => path)).toEqual(["migrations/9_a.sql"]);
    expect(request?.head.map(({ path }) => path)).toEqual(["migrations/9_a.sql", "migrations/10_b.sql"]);
    expect(request?.head[0]).toEqual(request?.base[0]);
    expect(request?.head[0]?.sql).not.toContain("DROP TABLE");
    expect(request?.observed).toEqual(["migrations/10_b.sql"]);
    expect(session?.version).toBe("PostgreSQL 18.6");
    expect(statements.schema).toMatchObject({ value: { dialect: "postgresql", notApplied: [], base: { relations: [{}] } } });
  });

  it("takes what a copy of a migration did in another folder, and nothing from a file that only has the same name", async () => {
    const copies = { "a/migrations/2_b.sql": B, "b/migrations/2_b.sql": B, "c/migrations/2_b.sql": "ALTER TABLE a ADD y int;" };
    const { statements } = await known({ "a/migrations/1_a.sql": A }, { "a/migrations/1_a.sql": A, ...copies });
    expect(statements.files.map((file) => [file.path, file.statements.map((one) => one.state === "parsed" && "observed" in one)])).toEqual([
      ["a/migrations/2_b.sql", [true, true]],
      ["b/migrations/2_b.sql", [true, true]],
      ["c/migrations/2_b.sql", [false]],
    ]);
  });

  it("tells with each statement what it did", async () => {
    const { statements } = await known({ "migrations/1_a.sql": A }, { "migrations/1_a.sql": A, "migrations/2_b.sql": B });
    const [file] = statements.files;
    expect(file?.statements.map((statement) => statement.state === "parsed" && statement.observed?.locks[0]?.relation.name)).toEqual([
      "CREATE INDEX a_x ON a (x)",
      "ALTER TABLE a ADD y int",
    ]);
  });

  it("keeps apart what an edited migration was and is", async () => {
    const planner = new FakePlanner();
    await known({ "migrations/1_a.sql": A }, { "migrations/1_a.sql": A + B }, { planner });
    const [request] = planner.requests;
    expect([request?.base[0]?.sql, request?.head[0]?.sql]).toEqual([A, A + B]);
    expect(request?.base[0]?.sha).not.toBe(request?.head[0]?.sha);
  });

  it("says how the tool runs the changed file", async () => {
    const head = { "p/migrations/1_a/migration.sql": A, "p/migrations/2_b/migration.sql": B };
    const { statements } = await known({}, head);
    expect(statements.files.map(({ run }) => [run?.tool, run?.transaction])).toEqual([
      ["prisma", "statement"],
      ["prisma", "implicit"],
    ]);
  });

  it("names its source, and what could not be applied of it", async () => {
    const base = { "migrations/1_a.up.sql": A, "migrations/0002_x.go": "package m" };
    const head = { ...base, "migrations/3_b.up.sql": B };
    expect(await said(base, head)).toBe(
      "2 migrations in migrations (golang-migrate); 1 of 3 files could not be applied, first migrations/0002_x.go: written in Go: only SQL is applied",
    );
    const planner = new FakePlanner({ notApplied: [{ path: "migrations/1_a.up.sql", message: "no such type" }] });
    expect(await said({}, { "migrations/1_a.up.sql": A }, { planner })).toBe(
      "1 migration in migrations (golang-migrate); 1 of 1 files could not be applied, first migrations/1_a.up.sql: no such type",
    );
  });

  it("is built from the migrations for a change of queries alone, which runs none of them", async () => {
    const planner = new FakePlanner();
    const base = { "migrations/1_a.sql": A };
    expect(await said(base, { ...base, "queries/q.sql": "SELECT 1;" }, { planner })).toMatch(/^1 migration in migrations/);
    expect(planner.requests[0]?.observed).toEqual([]);
  });
});

describe("a schema that is not known", () => {
  it.each([
    ["no migrations", { "q.sql": "SELECT 1;" }, /^absent: no migrations were found in the repository, and no schema dump/],
    [
      "Django's",
      { "q.sql": "SELECT 1;", "app/migrations/0001_initial.py": "" },
      /^absent: the migrations in app\/migrations are written in Python: check a schema dump in/,
    ],
    [
      "Rails' in Ruby",
      { "q.sql": "SELECT 1;", "db/schema.rb": "", "db/migrate/20200101000000_a.rb": "" },
      /^absent: .*have Rails write db\/structure\.sql/,
    ],
    ["another database's", { "clickhouse/migrations/1_a.sql": A, "q.sql": "SELECT 1;" }, /^absent: no migrations were found/],
  ] as const)("says why: %s", async (_, head, expected) => expect(await said({}, head)).toMatch(expected));

  it("says why: no planner, a refusal, an incomplete or missing tree, a dialect without a catalogue", async () => {
    const head = { "migrations/1_a.sql": A };
    expect(await said({}, head, { planner: null })).toBe("absent: no database can be started here");
    expect(await said({}, head, { planner: new FakePlanner({ refused: "killed" }) })).toMatch(
      /^absent: the schema of 1 migration in migrations could not be built: killed/,
    );
    const incomplete = { status: "collected", value: { ...treeOf(head), incomplete: "its text is larger than 64 MB" } } as const;
    expect(await said({}, head, { tree: incomplete })).toBe(
      "absent: the repository's files were not all read: its text is larger than 64 MB",
    );
    expect(await said({}, head, { tree: { status: "absent", reason: text`no tree` } })).toBe("absent: no tree");
    expect(await said({}, head, { yaml: "database: { dialect: transactsql }" })).toBe(
      "absent: no schema is read from the DDL of transactsql",
    );
  });

  it("tells all the same how the tool runs the file", async () => {
    const { statements } = await known({}, { "supabase/migrations/1_a.sql": A }, { planner: null });
    expect(statements.files[0]?.run?.tool).toBe("supabase");
  });
});

describe("a schema dump", () => {
  const DUMP =
    "--\n-- PostgreSQL database dump\n--\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a (id int);\n";

  it("is the schema where migrations are programs", async () => {
    const planner = new FakePlanner();
    const base = { "db/structure.sql": DUMP, "db/migrate/20200101000000_a.rb": "" };
    expect(await said(base, { ...base, "q.sql": "SELECT 1;" }, { planner })).toBe("the schema dump db/structure.sql");
    expect(planner.requests[0]?.head[0]?.sql).not.toContain("set_config");
  });

  it("has a dump's own two sides when it changed, and added migrations run on the base's when there are any", async () => {
    const planner = new FakePlanner();
    const base = { "db/structure.sql": DUMP, "m/migrations/1_a.sql": A };
    const yaml = "database: { schema: db/structure.sql }";
    const dumped = { ...base, "db/structure.sql": `${DUMP}CREATE TABLE public.b ();\n` };
    await known(base, dumped, { planner, yaml });
    await known(base, { ...dumped, "m/migrations/2_b.sql": B }, { planner, yaml });
    expect(
      planner.requests.map(({ base: before, head, observed }) =>
        [before, head].map((files) => files.map(({ path }) => path)).concat([[...observed]]),
      ),
    ).toEqual([
      [["db/structure.sql"], ["db/structure.sql"], []],
      [["db/structure.sql"], ["db/structure.sql", "m/migrations/2_b.sql"], ["m/migrations/2_b.sql"]],
    ]);
    expect(planner.requests[0]?.head[0]?.sql).toContain("public.b");
    expect(planner.requests[1]?.head[0]?.sql).not.toContain("public.b");
  });

  it("that the configuration names is missed by its name", async () => {
    expect(await said({}, { "migrations/1_a.sql": A }, { yaml: "database: { schema: db/none.sql }" })).toBe(
      "absent: database.schema names db/none.sql, which is not in the repository",
    );
  });
});

describe("sqlc", () => {
  const settings = (schema: string): string => `version: "2"\nsql:\n  - { engine: postgresql, queries: queries, schema: ${schema} }\n`;

  it("says which schema its queries meet: a folder of migrations, or plain files", async () => {
    const base = {
      "a/migrations/1_a.up.sql": A,
      "b/migrations/1_a.up.sql": A,
      "b/migrations/2_a.up.sql": A,
      "db/sqlc.yaml": settings("../a/migrations"),
    };
    expect(await said(base, { ...base, "db/queries/q.sql": "SELECT 1;" })).toMatch(/^1 migration in a\/migrations/);
    const plainly = { ...base, "db/tables.sql": A, "db/sqlc.yaml": settings("tables.sql") };
    expect(await said(plainly, { ...plainly, "db/queries/q.sql": "SELECT 1;" })).toBe("the schema dump db/tables.sql");
  });
});

describe("the schema of MySQL and SQLite", () => {
  it("is read from the DDL alone", async () => {
    const base = { "migrations/mysql/1_a.sql": "CREATE TABLE a (id int PRIMARY KEY, x int);" };
    const head = { ...base, "migrations/mysql/2_b.sql": "CREATE INDEX a_x ON a (x);" };
    const { statements, session } = await known(base, head, { planner: null });
    if (statements.schema.status === "absent") throw new Error(plain(statements.schema.reason));
    const { base: before, head: after, dialect } = statements.schema.value;
    const indexes = [before, after].map(({ relations }) => relations[0]?.indexes.map(({ name }) => name).includes("a_x"));
    expect([dialect, session, indexes]).toEqual(["mysql", null, [false, true]]);
  });
});
