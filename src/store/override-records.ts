import { type Kysely, sql } from "kysely";
import { pullColumns, repositoryColumns } from "./key.js";
import type { Overrides, Sighting } from "./override-types.js";
import type { PullKey } from "./store.js";
import type { Tables } from "./tables.js";

const sightings = (db: Kysely<Tables>, key: PullKey): Promise<readonly Sighting[]> =>
  db
    .selectFrom("sighting")
    .select(["at", "headSha", "baseRef"])
    .where((eb) => eb.and(pullColumns(key)))
    .orderBy(sql`at collate "C"`)
    .execute();

/** Deliveries come in any order: only what repeats the sighting before it tells nothing. */
async function sight(db: Kysely<Tables>, key: PullKey, { at, headSha, baseRef }: Sighting, keep: boolean): Promise<void> {
  const before = (await sightings(db, key)).findLast((seen) => seen.at <= at);
  if (!keep && before?.headSha === headSha && before.baseRef === baseRef) return;
  await db
    .insertInto("sighting")
    .values({ ...pullColumns(key), at, headSha, baseRef })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const asked = (db: Kysely<Tables>): Pick<Overrides, "ask" | "withdraw" | "asks"> => ({
  async ask(key, { by, ...ask }) {
    await db
      .insertInto("overrideAsk")
      .values({ ...pullColumns(key), ...ask, actor: JSON.stringify(by) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async withdraw(key, ask) {
    await db
      .updateTable("overrideAsk")
      .set({ withdrawn: true })
      .where((eb) => eb.and({ ...pullColumns(key), key: ask }))
      .execute();
  },
  async asks(key) {
    const rows = await db
      .selectFrom("overrideAsk")
      .select(["key", "kind", "at", "actor", "headSha", "reason", "withdrawn"])
      .where((eb) => eb.and(pullColumns(key)))
      .orderBy(sql`at collate "C"`)
      .orderBy("key")
      .execute();
    return rows.map(({ actor, ...row }) => ({ ...row, by: actor }));
  },
});

const audited = (db: Kysely<Tables>): Pick<Overrides, "append" | "audit"> => ({
  async append(key, records) {
    if (records.length === 0) return;
    const rows = records.map((record) => ({
      ...pullColumns(key),
      at: new Date(record.at),
      status: record.status,
      actorId: record.by.id,
      actor: record.by.login,
      headSha: record.sha,
      value: JSON.stringify(record),
    }));
    await db.insertInto("overrideAudit").values(rows).execute();
  },
  async audit(key) {
    const rows = await db
      .selectFrom("overrideAudit")
      .select("value")
      .where((eb) => eb.and(pullColumns(key)))
      .orderBy("id")
      .execute();
    return rows.map(({ value }) => value);
  },
});

/** What overrides are judged by, and the audit of what was decided. */
export const overrideRecords = (db: Kysely<Tables>): Overrides => ({
  sight: (key, sighting, keep = false) => sight(db, key, sighting, keep),
  sightings: (key) => sightings(db, key),
  async recordPusher(repository, sha, actorId) {
    const row = { ...repositoryColumns(repository), sha, actorId };
    await db
      .insertInto("pusher")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async pushers(repository, shas) {
    if (shas.length === 0) return [];
    const rows = await db
      .selectFrom("pusher")
      .select("actorId")
      .distinct()
      .where((eb) => eb.and(repositoryColumns(repository)))
      .where("sha", "in", [...shas])
      .execute();
    return rows.map(({ actorId }) => actorId);
  },
  ...asked(db),
  ...audited(db),
});
