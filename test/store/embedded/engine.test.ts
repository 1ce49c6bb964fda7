import { fdatasyncSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DurableFilesystem } from "../../../src/store/embedded/durable-filesystem.js";
import { embeddedDialect, startDurable } from "../../../src/store/embedded/engine.js";
import { newest, ownMigrations } from "../../../src/store/migrate.js";
import { openStore, openTables } from "../../../src/store/open.js";
import { Child } from "./child.js";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "redline-data-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const refusing = { on: false };

async function openOnDisk() {
  const filesystem = new DurableFilesystem(directory, (descriptor) => {
    if (refusing.on) throw new Error("EIO");
    fdatasyncSync(descriptor);
  });
  const db = new Kysely<object>({ dialect: embeddedDialect(await startDurable(filesystem)) });
  await sql`create table t (a int)`.execute(db);
  return { filesystem, db, insert: (a: number) => sql`insert into t values (${a})`.execute(db) };
}

test("every commit is synced to the disk, and none is acknowledged when that fails: then the database stops", async () => {
  const { filesystem, db, insert } = await openOnDisk();
  expect((await sql`select current_setting('fsync') as fsync, current_setting('shared_buffers') as buffers`.execute(db)).rows).toEqual([
    { fsync: "on", buffers: "16MB" },
  ]);
  const before = filesystem.syncs;
  for (let a = 0; a < 20; a += 1) await insert(a);
  expect(filesystem.syncs - before).toBeGreaterThanOrEqual(20);

  refusing.on = true;
  const work = db.transaction().execute((transaction) => sql`insert into t values (20)`.execute(transaction));
  await expect(work).rejects.toThrow(/^The database stopped: could not fsync file .*Restart Redline/);
  refusing.on = false;
  await expect(insert(21)).rejects.toThrow("The database stopped");
  await db.destroy();
});

test("kills while creating, opening, writing and migrating lose nothing that was acknowledged, and leave no half migration", async () => {
  let stored = 0;
  const killWhen = async (condition: (line: string) => boolean) => {
    const writer = new Child("writer.mjs", directory, `${stored + 1}`);
    await writer.line(condition);
    await writer.kill();
    const numbers = writer.lines.filter((line) => line.startsWith("stored ")).map((line) => Number(line.slice("stored ".length)));
    stored = Math.max(stored, ...numbers);
  };
  await killWhen((line) => line === "opening");
  for (const rows of [1, 40, 7, 90]) {
    const target = stored + rows;
    await killWhen((line) => line === `stored ${target}`);
  }
  await killWhen((line) => line === "opening");
  const migrator = new Child("migrator.mjs", directory);
  await migrator.line((line) => line === "half");
  await migrator.kill();

  const db = await openTables({ dataDirectory: directory });
  const { rows } = await sql<{ kept: number }>`select count(*) as kept from delivery where guid::int <= ${stored}`.execute(db);
  expect(rows).toEqual([{ kept: stored }]);
  const half = await sql<{ name: string | null }>`select to_regclass('half_done')::text as name`.execute(db);
  expect(half.rows).toEqual([{ name: null }]);
  await db.destroy();
});

test("a closed store leaves its files and stamp, no lock, and opens again with its rows", async () => {
  const store = await openStore({ dataDirectory: join(directory, "made", "here") });
  const key = { installation: 1, repository: 2, number: 3 };
  await store.dirty.mark(key, "opened", new Date(0));
  await expect(openStore({ dataDirectory: join(directory, "made", "here") })).rejects.toThrow("The data directory is in use");
  await store.close();
  expect(readdirSync(join(directory, "made", "here")).sort()).toEqual(["postgres", "redline.format.json"]);
  expect(JSON.parse(readFileSync(join(directory, "made", "here", "redline.format.json"), "utf8"))).toMatchObject({
    schema: newest(await ownMigrations()),
  });
  const again = await openStore({ dataDirectory: join(directory, "made", "here") });
  expect((await again.dirty.claim(new Date(), "w"))?.key).toEqual(key);
  await again.close();
});

test("a place that cannot be a directory is refused with its name", async () => {
  await expect(openStore({ dataDirectory: "/dev/null/store" })).rejects.toThrow(
    /The data directory \/dev\/null\/store cannot be used: .*writable/,
  );
});
