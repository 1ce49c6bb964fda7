import { sql } from "kysely";
import { expect, test } from "vitest";
import type { KnownPull } from "../../src/store/store.js";
import { describeOnBothEngines } from "./engines.js";

const HOUR = 3_600_000;
const known: KnownPull = {
  ...{ installation: 7, repository: 70, number: 1, owner: "acme", name: "shop", headSha: "a", headRepository: 70, baseRef: "main" },
  open: true,
};

describeOnBothEngines("the store's clock", (opened) => {
  /** What a store holds that was written while its clock was an hour ahead: a mark, a wait, an unanswered creation, a reading, a dead holder's lease. */
  async function writtenAhead(): Promise<Date> {
    const { db, store } = opened();
    const now = await store.clock.read();
    const ahead = new Date(now.getTime() + HOUR);
    await store.pulls.observe(known);
    await store.dirty.mark(known, "opened", ahead);
    await store.dirty.mark({ ...known, number: 2 }, "opened", now);
    await store.dirty.claim(now, "dead", HOUR);
    await store.dirty.hold(known.installation, ahead);
    await store.publications.saveIntent(known, "comment", { state: "open", at: ahead, since: null });
    await store.readings.save(known, { baseRef: "main", answer: {}, at: ahead });
    await sql`update net set at = ${ahead} where name = 'clock'`.execute(db);
    await sql`update pull set seen_at = ${ahead}`.execute(db);
    return now;
  }

  test("is the database's, and leaves what is due later alone (R13)", async () => {
    const { store } = opened();
    const first = await store.clock.read();
    await store.dirty.mark(known, "deadline", new Date(first.getTime() + HOUR));
    expect((await store.clock.read()).getTime()).toBeGreaterThanOrEqual(first.getTime());
    expect(await store.dirty.next()).toEqual(new Date(first.getTime() + HOUR));
  });

  test("that went back leaves nothing waiting for a time that was told too early (R13)", async () => {
    const { store, db } = opened();
    await writtenAhead();
    const now = await store.clock.read();
    const soon = new Date(now.getTime() + 60_000);
    expect(await store.dirty.claim(soon, "next", HOUR)).toMatchObject({ key: { number: 1 } });
    expect((await store.publications.intents(known)).get("comment")?.at.getTime()).toBeLessThanOrEqual(soon.getTime());
    expect(await store.readings.get(known)).toBeNull();
    expect(await store.pulls.age(known)).toBeGreaterThanOrEqual(0);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from dirty where claimed_by = 'dead' and lease_until > clock_timestamp() + interval '1 minute'`.execute(db);
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("that went on keeps what it was told (R13)", async () => {
    const { store, db } = opened();
    const now = await writtenAhead();
    await sql`update net set at = ${now} where name = 'clock'`.execute(db);
    await store.clock.read();
    expect(await store.dirty.claim(new Date(now.getTime() + 60_000), "next", HOUR)).toBeNull();
    expect(await store.readings.get(known)).not.toBeNull();
  });
});
