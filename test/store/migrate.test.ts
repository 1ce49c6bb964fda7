import { type Kysely, type Migration, sql } from "kysely";
import { expect, test } from "vitest";
import { migrate, newest, ownMigrations } from "../../src/store/migrate.js";
import { describeOnBothEngines } from "./engines.js";

const runs = (...statements: string[]): Migration => ({
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});

const tablesNamed = async (db: Kysely<never>, pattern: string) =>
  (await sql<{ name: string }>`select tablename as name from pg_tables where tablename like ${pattern} order by 1`.execute(db)).rows.map(
    (row) => row.name,
  );

describeOnBothEngines("a migration", (opened) => {
  const untyped = () => opened().db.withTables<never>() as unknown as Kysely<never>;

  test("that fails takes the whole upgrade back, and the corrected one runs", async () => {
    const own = await ownMigrations();
    const first = runs("create table upgrade_first (id int)");
    const broken = { ...own, "9001_first": first, "9002_second": runs("create table upgrade_second (id int)", "select 1 / 0") };
    await expect(migrate(untyped(), broken)).rejects.toThrow("The migration 9002_second failed and was rolled back: division by zero.");
    expect(await tablesNamed(untyped(), "upgrade%")).toEqual([]);
    const corrected = { ...own, "9001_first": first, "9002_second": runs("create table upgrade_second (id int)") };
    await migrate(untyped(), corrected);
    expect(await tablesNamed(untyped(), "upgrade%")).toEqual(["upgrade_first", "upgrade_second"]);
    await expect(migrate(untyped(), own)).rejects.toThrow(/written by a newer Redline: it has the migration 9001_first.*restore a backup/);
  });

  test("is not run twice", async () => {
    const done = await sql<{ name: string }>`select name from kysely_migration where name < '9'`.execute(opened().db);
    expect(done.rows.map((row) => row.name)).toEqual(Object.keys(await ownMigrations()));
  });
});

test("the newest migration is the last by name", () => {
  expect(newest({ "0002_b": runs(), "0010_c": runs(), "0001_a": runs() })).toBe("0010_c");
  expect(newest({})).toBe("");
});
