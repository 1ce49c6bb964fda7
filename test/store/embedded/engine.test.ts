import { fdatasyncSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { embeddedDialect } from "../../../src/store/embedded/dialect.js";
import { startDurable } from "../../../src/store/embedded/durable-database.js";
import { DurableFilesystem } from "../../../src/store/embedded/durable-filesystem.js";
import { onThisThread } from "../../../src/store/embedded/memory.js";
import { plant } from "../../../src/store/embedded/seed.js";
import { openThreaded } from "../../../src/store/embedded/threaded-database.js";
import { newest, ownMigrations } from "../../../src/store/migrate.js";
import { openStore } from "../../../src/store/open.js";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "redline-data-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const refusing = { on: false };
const postgres = () => join(directory, "postgres");
const count = async (db: Kysely<object>) => (await sql<{ n: number }>`select count(*) as n from t`.execute(db)).rows[0]?.n;

async function openHere() {
  await plant(directory);
  const filesystem = new DurableFilesystem(postgres(), (descriptor) => {
    if (refusing.on) throw new Error("EIO");
    fdatasyncSync(descriptor);
  });
  const database = onThisThread(await startDurable(filesystem));
  // Thereafter on a thread of its own, as always.
  const options = { permit: () => {}, closed: () => {}, reopen: () => openThreaded(postgres()), retryMs: 0 };
  const db = new Kysely<object>({ dialect: embeddedDialect(database, options) });
  await sql`create table t (a int)`.execute(db);
  return { filesystem, db, insert: (a: number) => sql`insert into t values (${a})`.execute(db) };
}

test("every commit is synced to the disk; when that fails none is acknowledged, the transaction ends, and the next query starts the database anew (R11)", async () => {
  const { filesystem, db, insert } = await openHere();
  expect((await sql`select current_setting('fsync') as fsync, current_setting('shared_buffers') as buffers`.execute(db)).rows).toEqual([
    { fsync: "on", buffers: "16MB" },
  ]);
  const before = filesystem.syncs;
  for (let a = 0; a < 20; a += 1) await insert(a);
  expect(filesystem.syncs - before).toBeGreaterThanOrEqual(20);

  refusing.on = true;
  const work = db.transaction().execute((transaction) => sql`insert into t values (20)`.execute(transaction));
  await expect(work).rejects.toThrow(/^The database stopped: could not fsync file .*started again with the next query/);
  refusing.on = false;
  expect([20, 21]).toContain(await count(db));
  await insert(22);
  await db.destroy();
});

test("a thread that dies takes its query along, not the rest of a transaction into the next database (R11)", async () => {
  await plant(directory);
  const first = await openThreaded(postgres());
  const options = { permit: () => {}, closed: () => {}, reopen: () => openThreaded(postgres()), retryMs: 0 };
  const db = new Kysely<object>({ dialect: embeddedDialect(first, options) });
  await sql`create table t (a int)`.execute(db);
  const work = db.transaction().execute(async (transaction) => {
    await sql`insert into t values (1)`.execute(transaction);
    const slow = sql`select count(*) from generate_series(1, 1000000000)`.execute(transaction);
    await Promise.all([expect(slow).rejects.toThrow("The database stopped: its thread ended"), first.abandon()]);
    await sql`insert into t values (2)`.execute(transaction);
  });
  await expect(work).rejects.toThrow("The database stopped");
  expect(await count(db)).toBe(0);
  await db.destroy();
});

test("a closed store leaves its files and stamp, no lock, and opens again with its rows; a damaged one is refused, never reset (R12)", async () => {
  const place = join(directory, "made", "here");
  // Left by a start that was killed while it unpacked.
  mkdirSync(join(place, "postgres.new"), { recursive: true });
  writeFileSync(join(place, "postgres.new", "PG_VERSION"), "18\n");
  const store = await openStore({ dataDirectory: place });
  const key = { installation: 1, repository: 2, number: 3 };
  await store.dirty.mark(key, "opened", new Date(0));
  await expect(openStore({ dataDirectory: place })).rejects.toThrow("The data directory is in use");
  await store.close();
  expect(readdirSync(place).sort()).toEqual(["postgres", "redline.format.json"]);
  expect(JSON.parse(readFileSync(join(place, "redline.format.json"), "utf8"))).toMatchObject({ schema: newest(await ownMigrations()) });
  const again = await openStore({ dataDirectory: place });
  expect((await again.dirty.claim(new Date(), "w", 60_000))?.key).toEqual(key);
  await again.close();
  rmSync(join(place, "postgres", "PG_VERSION"));
  await expect(openStore({ dataDirectory: place })).rejects.toThrow(/PG_VERSION is missing\. Restore a backup, or move it away.*: mv /);
});

test("a place that cannot be a directory is refused with its name", async () => {
  await expect(openStore({ dataDirectory: "/dev/null/store" })).rejects.toThrow(
    /The data directory \/dev\/null\/store cannot be used: .*writable/,
  );
});
