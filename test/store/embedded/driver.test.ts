import { PGlite } from "@electric-sql/pglite";
import { Kysely, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EmbeddedDriver } from "../../../src/store/embedded/driver.js";
import { dialectOn, onThisThread } from "../../../src/store/embedded/memory.js";
import { memorySeed } from "../memory.js";

let allowed = true;
let closed = 0;
let db: Kysely<object>;
const one = (executor: Kysely<object>) => sql<{ one: number }>`select 1 as one`.execute(executor).then(({ rows }) => rows[0]?.one);

beforeAll(async () => {
  const database = await PGlite.create({ loadDataDir: await memorySeed() });
  const permit = () => {
    if (!allowed) throw new Error("not yours any more");
  };
  const driver = new EmbeddedDriver(onThisThread(database), {
    permit,
    reopen: async () => onThisThread(database),
    closed: () => {
      closed += 1;
    },
    acquireTimeoutMs: 20,
  });
  db = new Kysely<object>({ dialect: { ...dialectOn(onThisThread(database)), createDriver: () => driver } });
});
afterAll(() => db.destroy());

test("a query outside the transaction that waits for it is refused instead of hanging, and the next one is answered", async () => {
  const mistaken = db.transaction().execute(() => one(db));
  await expect(mistaken).rejects.toThrow("The database was busy for 20 ms");
  expect(await one(db)).toBe(1);
});

test("nothing is asked of a database that is not ours any more", async () => {
  allowed = false;
  await expect(one(db)).rejects.toThrow("not yours any more");
  allowed = true;
  expect(await one(db)).toBe(1);
});

test("rows are not streamed", async () => {
  await expect(db.withTables<{ t: { a: number } }>().selectFrom("t").selectAll().stream().next()).rejects.toThrow("does not stream");
});

test("closing tells so once", async () => {
  await db.destroy();
  expect(closed).toBe(1);
});
