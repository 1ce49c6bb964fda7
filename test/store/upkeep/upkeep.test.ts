import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import type { RepositoryKey } from "../../../src/store/store.js";
import type { Tables } from "../../../src/store/tables.js";
import type { Keep } from "../../../src/store/upkeep/keep.js";
import { describeOnBothEngines } from "../engines.js";
import { asked } from "../override-record.js";

const keep: Keep = { pulls: 90, heads: 30, deliveries: 30, history: 400, audit: 700, uninstalled: 30 };
const now = new Date("2026-06-15T12:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const repository: RepositoryKey = { installation: 1, repository: 2 };

const count = async (db: Kysely<Tables>, table: string) =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n;

const pull = (number: number, open: boolean) => ({
  ...repository,
  ...{ number, owner: "o", name: "n", headSha: `head${number}`, headRepository: 2, baseRef: "main", open },
});
const snapshot = { title: "", files: [] } as never;

describeOnBothEngines("the upkeep", (opened) => {
  const run = (at: Date, sha = at.toISOString()) =>
    opened().store.history.recordRun(repository, {
      ...{ sha, at, onDefaultBranch: true },
      measurements: [{ benchmark: "b", metric: "time", statistic: "median", unit: "s", better: "lower", value: 1 } as never],
    });

  test("removes pull requests that were closed long enough, with all that belongs to them; open ones, those with work and the audit stay", async () => {
    const { db, store } = opened();
    for (const number of [1, 2, 3]) {
      const key = { ...repository, number };
      await store.pulls.observe(pull(number, number === 2));
      await store.publications.saveComment(key, { id: number, digest: "d" });
      await store.overrides.append(key, [asked(number, `head${number}`)]);
    }
    await store.dirty.mark({ ...repository, number: 3 }, "still to be done", now);
    expect(await store.upkeep.tidy(now, keep)).toEqual({});
    const later = new Date(now.getTime() + 91 * 86_400_000);
    expect(await store.upkeep.tidy(later, keep)).toMatchObject({ pulls: 1 });
    const left = await db.selectFrom("pull").select("number").orderBy("number").execute();
    expect(left.map((row) => row.number)).toEqual([2, 3]);
    expect(await count(db, "sticky_comment")).toBe(2);
    expect(await count(db, "override_audit")).toBe(3);
  });

  test("forgets that a pull request was closed when it is open again", async () => {
    const { store } = opened();
    await store.pulls.observe(pull(1, false));
    await store.upkeep.tidy(ago(100), keep);
    await store.pulls.observe(pull(1, true));
    await store.upkeep.tidy(ago(50), keep);
    await store.pulls.observe(pull(1, false));
    await store.upkeep.tidy(now, keep);
    expect(await store.pulls.get({ ...repository, number: 1 })).not.toBeNull();
  });

  test("removes results and snapshots of old heads, but none of an open pull request, and not the default branch's newest", async () => {
    const { db, store } = opened();
    await store.pulls.observe(pull(1, true));
    await store.history.recordCommits(repository, ["main1", "main2", "main3"]);
    for (const sha of ["head1", "gone", "main1", "main2"]) {
      await store.heads.saveSnapshot(repository, "base", sha, snapshot, []);
      await store.heads.saveResults(repository, 2, sha, [{} as never], { id: 1, attempt: 1, url: "" });
    }
    await sql`update head_result set at = ${ago(31)}`.execute(db);
    await sql`update snapshot set at = ${ago(31)} where head_sha <> 'main2'`.execute(db);
    expect(await store.upkeep.tidy(now, keep)).toEqual({ head_result: 2, snapshot: 2 });
    const left = await db.selectFrom("headResult").select("headSha").orderBy("headSha").execute();
    expect(left.map((row) => row.headSha)).toEqual(["head1", "main2"]);
  });

  test("removes old deliveries that are done or dead, in batches, and never one that is still to be done", async () => {
    const { db, store } = opened();
    await sql`
      insert into delivery (guid, event, body, received_at, state)
      select 'd' || i, 'push', '', ${ago(31)}, case i % 3 when 0 then 'received' when 1 then 'done' else 'dead' end
      from generate_series(1, 900) i`.execute(db);
    await sql`insert into delivery (guid, event, body, received_at, state) values ('new', 'push', '', ${ago(29)}, 'done')`.execute(db);
    expect(await store.upkeep.tidy(now, keep)).toEqual({ delivery: 600 });
    expect(await count(db, "delivery")).toBe(301);
  });

  test("removes who pushed a commit with the audit's age", async () => {
    const { db, store } = opened();
    for (const sha of ["old", "new"]) await store.overrides.recordPusher(repository, sha, 7);
    await sql`update pusher set at = case sha when 'old' then ${ago(701)}::timestamptz else ${ago(699)} end`.execute(db);
    expect(await store.upkeep.tidy(now, keep)).toEqual({ pusher: 1 });
    expect(await store.overrides.pushers(repository, ["old", "new"])).toEqual([7]);
    expect(await store.overrides.pushers(repository, ["old"])).toEqual([]);
  });

  test("gives each month of history its own table, runs that came before too, and drops a month as a whole", async () => {
    const { db, store } = opened();
    for (const days of [0, 40, 410, 460]) await run(ago(days));
    await run(new Date(0));
    await store.upkeep.makeMonths(now);
    await store.upkeep.makeMonths(now);
    const months = await sql<{ name: string }>`
      select c.relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'run'::regclass order by 1`.execute(
      db,
    );
    expect(months.rows.map((row) => row.name)).toEqual(
      ["2025_03", "2025_05", "2026_05", "2026_06", "2026_07", "other"].map((name) => `run_${name}`),
    );
    expect(await count(db, "run_other")).toBe(1);
    await run(ago(40));
    expect(await count(db, "run")).toBe(5);
    expect(await store.upkeep.tidy(now, keep)).toEqual({ months: 1, run_other: 1 });
    expect(await count(db, "run")).toBe(3);
    for (const { name } of months.rows.filter((row) => row.name !== "run_other"))
      await sql`drop table if exists ${sql.table(name)}`.execute(db);
  });

  test("removes every row of an installation that was removed long enough ago, and of no other (T01)", async () => {
    const { db, store } = opened();
    for (const installation of [1, 7, 8]) {
      const key = { installation, repository: 2, number: 1 };
      await store.pulls.observe({ ...pull(1, true), ...key });
      await store.dirty.mark(key, "x", now);
      await store.history.recordCommits(key, ["a"]);
    }
    await run(now);
    await sql`
      insert into installation (installation, state, message, since)
      values (7, 'removed', '', ${ago(31)}), (8, 'removed', '', ${ago(29)}), (1, 'suspended', '', ${ago(99)})`.execute(db);
    expect(await store.upkeep.tidy(now, keep)).toEqual({ uninstalled: 4 });
    for (const table of ["pull", "dirty", "commit_order", "installation"]) expect(await count(db, table)).toBe(2);
    expect(await count(db, "run")).toBe(1);
  });

  test("vacuums and checkpoints while queries go on", async () => {
    const { store } = opened();
    const key = { ...repository, number: 1 };
    const marks = Array.from({ length: 10 }, () => store.dirty.mark(key, "x", now));
    await Promise.all([store.upkeep.vacuum("queues"), store.upkeep.vacuum("all"), store.upkeep.checkpoint(), ...marks]);
    expect(await store.dirty.next()).toEqual(now);
  });
});
