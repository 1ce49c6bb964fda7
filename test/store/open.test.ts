import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import type { Tables } from "../../src/store/tables.js";
import { describeOnBothEngines } from "./engines.js";

const codeOf = (query: Promise<unknown>) =>
  query.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

const insert = (db: Kysely<Tables>, id: number) =>
  db
    .insertInto("stickyComment")
    .values({ installation: 1, repository: 2, number: id, mergeGroup: "", id, digest: `d${id}` })
    .execute();

const one = async (db: Kysely<Tables>, id: number) =>
  (await sql<{ answer: number }>`select ${id}::int as answer`.execute(db)).rows[0]?.answer;

describeOnBothEngines("a query", (opened) => {
  test("is answered correctly after one that failed, whatever the failure", async () => {
    const { db } = opened();
    await insert(db, 1);
    expect(await codeOf(insert(db, 1))).toBe("23505");
    expect(await one(db, 2)).toBe(2);
    expect(await codeOf(sql`select ${"x"}::int`.execute(db))).toBe("22P02");
    expect(await one(db, 3)).toBe(3);
    expect(await codeOf(sql`selec`.execute(db))).toBe("42601");
    expect(await one(db, 4)).toBe(4);
  });

  test("gets its own rows among many at once, with errors and rolled back transactions between", async () => {
    const { db } = opened();
    const mixed = async (id: number) => {
      if (id % 3 === 0) return codeOf(sql`select ${id}::int / 0`.execute(db));
      if (id % 3 === 1) return one(db, id);
      const work = db.transaction().execute(async (transaction) => {
        await insert(transaction, id);
        if (id % 2 === 0) throw new Error("given up");
        return one(transaction, id);
      });
      return work.catch((error: Error) => error.message);
    };
    const answers = await Promise.all(Array.from({ length: 60 }, (_, id) => mixed(id)));
    const expected = answers.map((_, id) => (id % 3 === 0 ? "22012" : id % 3 === 2 && id % 2 === 0 ? "given up" : id));
    expect(answers).toEqual(expected);
    const kept = await db.selectFrom("stickyComment").select("id").orderBy("id").execute();
    expect(kept.map((row) => row.id)).toEqual([5, 11, 17, 23, 29, 35, 41, 47, 53, 59]);
  });

  test("returns the same types: numbers, dates, parsed JSON, arrays", async () => {
    const { rows } = await sql`
      select 9007199254740991::bigint as largest, 9007199254740993::bigint as beyond, count(*) as counted,
        timestamptz '2026-01-01 00:00:00.123+00' as at, '{"a":[1,null],"b":"\\u0000"}'::json as parsed,
        ${[1.5, null, 1e300]}::float8[] as reals, ${[1, 2]}::int[] as integers, ${['a"b', "c\\,{}"]}::text[] as texts,
        null::bigint as nothing, true as truth, ${new Date("2026-01-01T00:00:00.123Z")}::timestamptz as sent`.execute(opened().db);
    expect(rows).toEqual([
      {
        largest: 9007199254740991,
        beyond: 9007199254740993n,
        counted: 1,
        at: new Date("2026-01-01T00:00:00.123Z"),
        parsed: { a: [1, null], b: "\0" },
        reals: [1.5, null, 1e300],
        integers: [1, 2],
        texts: ['a"b', "c\\,{}"],
        nothing: null,
        truth: true,
        sent: new Date("2026-01-01T00:00:00.123Z"),
      },
    ]);
  });

  test("tells how many rows it changed", async () => {
    const { db } = opened();
    await insert(db, 1);
    await insert(db, 2);
    const changed = await db.updateTable("stickyComment").set({ digest: "x" }).where("installation", "=", 1).executeTakeFirst();
    expect(changed.numUpdatedRows).toBe(2n);
  });
});

describeOnBothEngines("the tables", (opened) => {
  test("lead with the installation in every key and index, but for the queues over all installations (T01)", async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%' and a.attname <> 'installation'
      order by 1`.execute(opened().db);
    expect(rows.map((row) => row.name)).toEqual([
      "delivery_pending",
      "delivery_pkey",
      "delivery_received",
      "dirty_due",
      "dirty_lease",
      "net_pkey",
      "pull_closed",
      "redelivery_pkey",
    ]);
  });
});

test("a store without a place is refused with what to set", async () => {
  await expect(openStore({})).rejects.toThrow(/No database: set DATABASE_URL/);
  await expect(openStore({ databaseUrl: "", dataDirectory: undefined })).rejects.toThrow(/name a data directory/);
});

test("a server that does not answer is named as the trouble, without its password", async () => {
  const refused = openStore({ databaseUrl: "postgres://me:secret@127.0.0.1:1/none" }).catch((error: Error) => error.message);
  expect(await refused).toMatch(/^The database server of DATABASE_URL cannot be used: .*ECONNREFUSED/);
  expect(await refused).not.toContain("secret");
});
