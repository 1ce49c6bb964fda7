import { type Kysely, sql } from "kysely";
import { column, groupedWrite, keysOf, pullId } from "./grouped.js";
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

interface Seen {
  readonly key: PullKey;
  readonly sighting: Sighting;
  /** Whatever was seen before. */
  readonly keep: boolean;
}

/** Deliveries come in any order: only what repeats the sighting before it tells nothing. */
const sight = (db: Kysely<Tables>) =>
  groupedWrite<Seen>(
    ({ key }) => pullId(key),
    (all) =>
      sql`
      insert into sighting (installation, repository, number, merge_group, at, head_sha, base_ref)
      select seen.installation, seen.repository, seen.number, seen.merge_group, seen.at, seen.head_sha, seen.base_ref
      from unnest(${keysOf(all, ({ key }) => key)}, ${column(all, "text", ({ sighting }) => sighting.at)},
        ${column(all, "text", ({ sighting }) => sighting.headSha)}, ${column(all, "text", ({ sighting }) => sighting.baseRef)},
        ${column(all, "boolean", ({ keep }) => keep)}
      ) as seen (installation, repository, number, merge_group, at, head_sha, base_ref, keep)
      left join lateral (
        select before.head_sha, before.base_ref from sighting before
        where (before.installation, before.repository, before.number, before.merge_group)
          = (seen.installation, seen.repository, seen.number, seen.merge_group) and before.at collate "C" <= seen.at collate "C"
        order by before.at collate "C" desc limit 1
      ) as before on true
      where seen.keep or (before.head_sha, before.base_ref) is distinct from (seen.head_sha, seen.base_ref)
      on conflict do nothing`.execute(db),
  );

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

const seen = (db: Kysely<Tables>): Pick<Overrides, "sight" | "sightings"> => {
  const seeing = sight(db);
  return { sight: (key, sighting, keep = false) => seeing({ key, sighting, keep }), sightings: (key) => sightings(db, key) };
};

/** What overrides are judged by, and the audit of what was decided. */
export const overrideRecords = (db: Kysely<Tables>): Overrides => ({
  ...seen(db),
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
