import { describe, expect, it } from "vitest";
import type { DeliveredFile } from "../../src/evidence/delivered-sql.js";
import { collectSchema, type KnownSchema } from "../../src/evidence/schema.js";
import { collectStatements } from "../../src/evidence/statements.js";
import { plain } from "../../src/model/text.js";
import { configOf } from "../config/reading.js";
import { sharedParser } from "../sandbox/shared-parser.js";
import { FakePlanner, type Files, snapshotOf, treeOf } from "./schema-facts.js";

const file = (name: string, text: string): DeliveredFile => ({ path: `artifact://ci/${name}`, text });
const SCHEMA = "artifact://ci/redline-schema.sql";
const MIGRATION = "artifact://ci/redline-migration.sql";
const BASE = file("redline-schema.sql", "CREATE TABLE a (id bigint);");
const HEAD = file("redline-schema.sql", "CREATE TABLE a (id bigint, x int);");
const STEP = file("redline-migration.sql", "ALTER TABLE a ADD x int;\n");

interface Given {
  readonly repository?: Files;
  readonly base?: DeliveredFile | null;
  readonly head?: DeliveredFile | null;
  readonly migrations?: readonly DeliveredFile[];
  readonly yaml?: string;
  readonly planner?: FakePlanner;
}

async function known(given: Given): Promise<KnownSchema> {
  const { repository = {}, base = null, head = null, migrations = [], yaml = "", planner = new FakePlanner() } = given;
  const change = { ...repository, "q.sql": "SELECT 1;" };
  const [snapshot, config] = [snapshotOf(repository, change), configOf(yaml)];
  const statements = await collectStatements(snapshot, { parseSql: sharedParser, readSources: async () => [] }, config, migrations);
  if (statements.status === "absent") throw new Error(plain(statements.reason));
  const tree = { status: "collected", value: treeOf(change) } as const;
  const delivered = { schema: head, migrations, base: async () => base };
  return await collectSchema(statements.value, { tree, snapshot, planner, parseSql: sharedParser, config, delivered });
}

async function said(given: Given): Promise<string> {
  const { schema } = (await known(given)).statements;
  return schema.status === "absent" ? `absent: ${plain(schema.reason)}` : plain(schema.value.source);
}

describe("the schema that workflows hand in", () => {
  it("serves a repository that holds none, each side its own", async () => {
    const planner = new FakePlanner();
    const { statements } = await known({ base: BASE, head: HEAD, planner });
    expect(planner.requests.map(({ base, head }) => [base[0]?.sql, head[0]?.sql])).toEqual([[BASE.text, HEAD.text]]);
    expect(statements.schema).toMatchObject({ value: { delivered: true, dialect: "postgresql" } });
    expect(await said({ base: BASE, head: HEAD })).toBe(`${SCHEMA} of this head and of its base`);
  });

  it("serves both sides where there is one of them, and says so", async () => {
    expect(await said({ head: HEAD })).toBe(
      `${SCHEMA} of this head, taken for both sides of the change: the base's workflow handed none in`,
    );
    expect(await said({ base: BASE })).toBe(
      `${SCHEMA} of the base, taken for both sides of the change: this head's workflow handed none in`,
    );
    const { schema } = (await known({ base: BASE })).statements;
    expect(schema.status === "collected" && schema.value.delivered).toBeUndefined();
  });

  it("is made the head's by the migrations that were handed in", async () => {
    const planner = new FakePlanner();
    expect(await said({ base: BASE, migrations: [STEP], planner })).toBe(
      `${SCHEMA} of the base, and at the head the migrations that its workflow handed in`,
    );
    expect(planner.requests).toHaveLength(1);
    expect(planner.requests[0]?.head.map(({ path }) => path)).toEqual([SCHEMA, MIGRATION]);
    expect(planner.requests[0]?.observed).toEqual([MIGRATION]);
  });

  it.each([
    ["migrations in SQL", { "db/migrations/1_a.sql": "CREATE TABLE a (id int);" }, "", /^1 migration in db\/migrations/],
    ["a dump", { "db/structure.sql": "CREATE TABLE a (id int);" }, "", /^the schema dump db\/structure\.sql/],
    ["a dump by name that is not there", {}, "database: { schema: db/x.sql }", /^absent: database\.schema names db\/x\.sql/],
    ["another database", {}, "database: { dialect: mysql }", /^absent: no migrations were found/],
  ] as const)("is not used where the repository has %s", async (_, repository, yaml, expected) => {
    expect(await said({ repository, yaml, base: BASE, head: HEAD })).toMatch(expected);
  });

  it("is asked for, where nobody handed it in", async () =>
    expect(await said({})).toMatch(/hand a dump in from CI as redline-schema\.sql$/));
});

describe("migrations that the head's workflow hands in", () => {
  const repository = { "db/migrations/1_a.sql": "CREATE TABLE a (id int);" };

  it("run on the base's schema in a database of their own, and leave the repository's as it is", async () => {
    const planner = new FakePlanner();
    const { statements } = await known({ repository, migrations: [STEP], planner });
    const [own, main] = planner.requests;
    expect(own?.head.map(({ path }) => path)).toEqual(["db/migrations/1_a.sql", MIGRATION]);
    expect(own?.observed).toEqual([MIGRATION]);
    expect(main?.head.map(({ path }) => path)).toEqual(["db/migrations/1_a.sql"]);
    expect(planner.closed).toBe(1);
    const [statement] = statements.files.find(({ path }) => path === MIGRATION)?.statements ?? [];
    expect(statement?.state === "parsed" && statement.observed?.locks[0]?.relation.name).toBe("ALTER TABLE a ADD x int");
  });

  it("are judged without a schema as well", async () => {
    const { statements } = await known({ migrations: [STEP] });
    expect(statements.schema.status).toBe("absent");
    expect(statements.files.map(({ path, kind }) => [path, kind])).toEqual([
      ["q.sql", "query"],
      [MIGRATION, "migration"],
    ]);
  });

  it("create tables that are new to themselves alone, and name the files that they were made of", async () => {
    const sql =
      "-- redline-source: q.sql:3\nCREATE TABLE b (id int);\n--redline-source: elsewhere.py\r\nCREATE TABLE IF NOT EXISTS c (id int);\n";
    const { statements } = await known({ migrations: [file("redline-migration.sql", sql)] });
    expect(statements.createdTables).toEqual([]);
    const [, delivered] = statements.files;
    expect(delivered?.ownTables).toEqual(["b"]);
    expect(delivered?.delivered).toEqual([
      { from: 1, path: "q.sql", line: 3 },
      { from: 3, path: null, line: 1 },
    ]);
  });
});
