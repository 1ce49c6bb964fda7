import { type Kysely, type Migration, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate, ownMigrations } from "../../src/store/migrate.js";
import { openStore, openTables } from "../../src/store/open.js";
import { pack } from "../../src/store/packed.js";
import type { Delivery } from "../../src/store/store.js";
import { startPostgres, type TestServer } from "./postgres.js";

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const delivery = (guid: string): Delivery => ({
  ...{ guid, event: "push", action: null, installation: 1, repository: 2, pull: 3 },
  ...{ body: pack("{}"), receivedAt: new Date() },
});

const tables = async (db: Kysely<never>) =>
  (await sql<{ n: number }>`select count(*) as n from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`.execute(db))
    .rows[0]?.n;

/** The same migrations, in which the connection dies after so many statements. */
function dyingAfter(own: Readonly<Record<string, Migration>>, statements: number, kill: () => Promise<unknown>) {
  let left = statements;
  const counted = (db: Kysely<never>): Kysely<never> =>
    db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        left -= 1;
        if (left === 0) await kill();
        return result;
      },
    });
  const up = (migration: Migration) => ({ up: (db: Kysely<never>) => migration.up(counted(db)) });
  return Object.fromEntries(Object.entries(own).map(([name, migration]) => [name, up(migration)]));
}

describe("a server", () => {
  it("is brought up to date once by several processes that start at the same time, and shared by them", async () => {
    const databaseUrl = await server.createDatabase();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ databaseUrl })));
    const answers = await Promise.all(stores.map((store) => store.inbox.receive(delivery("the same"), null)));
    expect(answers).toEqual(answers.map(() => "received"));
    expect(await stores[3]?.inbox.pending()).toHaveLength(1);
    const done = await openTables({ databaseUrl });
    const { rows } = await sql<{ n: number }>`select count(*) as n from kysely_migration`.execute(done.db);
    expect(rows[0]?.n).toBe(Object.keys(await ownMigrations()).length);
    await Promise.all([done.db.destroy(), ...stores.map((store) => store.close())]);
  });

  it("whose connections break fails what was under way and answers the next query (R11)", async () => {
    const databaseUrl = await server.createDatabase();
    const [{ db }, other] = [await openTables({ databaseUrl }), await openTables({ databaseUrl })];
    const cut = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
        other.db,
      );
    const work = db.transaction().execute(async (transaction) => {
      await sql`insert into net (name, value, at) values ('half', '', now())`.execute(transaction);
      await cut();
      await sql`insert into net (name, value, at) values ('whole', '', now())`.execute(transaction);
    });
    // Which of the sentences of a broken connection comes first is a matter of milliseconds.
    await expect(work).rejects.toThrow(Error);
    expect((await sql`select name from net`.execute(db)).rows).toEqual([]);
    await Promise.all([db.destroy(), other.db.destroy()]);
  });

  it("takes from a process that is frozen inside a transaction what it has locked there (R14)", async () => {
    const databaseUrl = await server.createDatabase();
    const [frozen, store] = [await openTables({ databaseUrl, idleMs: 300 }), await openStore({ databaseUrl })];
    const now = new Date();
    await store.dirty.mark({ installation: 1, repository: 2, number: 3 }, "opened", now);
    const work = frozen.db.transaction().execute(async (transaction) => {
      await sql`update dirty set reason = 'half'`.execute(transaction);
      await expect.poll(() => store.dirty.claim(now, "other", 60_000)).toMatchObject({ reason: "opened" });
      await sql`update dirty set reason = 'whole'`.execute(transaction);
    });
    await expect(work).rejects.toThrow(Error);
    await Promise.all([frozen.db.destroy(), store.close()]);
  });

  it("whose tables somebody locks refuses a delivery in time for a 503, and takes it later (R11)", async () => {
    const databaseUrl = await server.createDatabase();
    const [store, other] = [await openStore({ databaseUrl, lockMs: 100 }), await openTables({ databaseUrl })];
    await other.db.transaction().execute(async (transaction) => {
      await sql`lock table delivery in access exclusive mode`.execute(transaction);
      await expect(store.inbox.receive(delivery("locked"), null)).rejects.toThrow("lock timeout");
    });
    expect(await store.inbox.receive(delivery("locked"), null)).toBe("received");
    await Promise.all([store.close(), other.db.destroy()]);
  });

  it("that loses the connection at any statement of an upgrade keeps nothing of it, and an older Redline refuses what it does not know (R35)", async () => {
    const databaseUrl = await server.createDatabase();
    const { db: made } = await openTables({ databaseUrl: await server.createDatabase() });
    const whole = await tables(made.withTables<never>() as unknown as Kysely<never>);
    await made.destroy();
    const own = await ownMigrations();
    const [{ db: admin }, { db: killer }] = [await openTables({ databaseUrl }), await openTables({ databaseUrl })];
    const kill = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state like 'idle in tr%'`.execute(
        killer,
      );
    await sql`drop schema public cascade`.execute(admin);
    await sql`create schema public`.execute(admin);
    const empty = admin.withTables<never>() as unknown as Kysely<never>;
    for (const statements of [1, 2, 9, 17, 26, 33, 41, 48, 56]) {
      await expect(migrate(empty, dyingAfter(own, statements, kill))).rejects.toThrow("failed and was rolled back");
      expect(await tables(empty)).toBe(0);
    }
    await migrate(empty, own);
    expect(await tables(empty)).toBe(whole);
    const { [Object.keys(own).at(-1) ?? ""]: _, ...older } = own;
    await expect(migrate(empty, older)).rejects.toThrow(/written by a newer Redline: it has the migration \w+.*Start that version again/);
    await Promise.all([admin.destroy(), killer.destroy()]);
  });
});
