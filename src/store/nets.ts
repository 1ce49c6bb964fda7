import { type Kysely, sql } from "kysely";
import { figures } from "./figures.js";
import { pullColumns, pullKey, repositoryColumns } from "./key.js";
import type { PullColumns, Tables } from "./tables.js";
import type { Nets } from "./watched.js";
import { watchedPulls } from "./watched-pulls.js";

const expectMissed =
  (db: Kysely<Tables>): Nets["expectMissed"] =>
  async (repository, headRepository, headSha, { id, attempt, url, startedAt, workflow = "", updatedAt = null }) => {
    const place = { ...repositoryColumns(repository), headRepository, headSha, id };
    const known = await db
      .updateTable("expectedRun")
      .set({ updatedAt: sql<string | null>`greatest(updated_at, ${updatedAt}::text)` })
      .where((eb) => eb.and(place))
      .where("attempt", ">=", attempt)
      .executeTakeFirst();
    if (known.numUpdatedRows > 0n) return false;
    const kept = await db
      .insertInto("expectedRun")
      .values({ ...place, attempt, url, startedAt, workflow, updatedAt, read: false })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    return kept !== undefined;
  };

/** A check counts from its first write: how long it has been in progress is not known better, and never longer. */
async function agedChecks(db: Kysely<Tables>, before: Date) {
  const rows = await sql<PullColumns & { headSha: string; checkName: string }>`
    select p.installation, p.repository, p.number, p.merge_group, p.head_sha, p.check_name from publication p
      join pull on (pull.installation, pull.repository, pull.number, pull.merge_group, pull.head_sha)
        = (p.installation, p.repository, p.number, p.merge_group, p.head_sha)
    where pull.open and p.merge_group = '' and p.check_state = 'in_progress' and p.since < ${before}`.execute(db);
  return rows.rows.map(({ headSha, checkName, ...row }) => ({ key: pullKey(row), headSha, checkName }));
}

async function takeTurn(db: Kysely<Tables>, name: string, now: Date, since: Date): Promise<boolean> {
  const taken = await db
    .insertInto("net")
    .values({ name: `turn:${name}`, value: "", at: now })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ at: now }).where("net.at", "<=", since))
    .returning("name")
    .executeTakeFirst();
  return taken !== undefined;
}

async function saveCursor(db: Kysely<Tables>, name: string, value: string, at: Date): Promise<void> {
  await db
    .insertInto("net")
    .values({ name, value, at })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value, at }))
    .execute();
}

async function countRedelivery(db: Kysely<Tables>, guid: string, after: number, at: Date): Promise<boolean> {
  const counted = await db
    .insertInto("redelivery")
    .values({ guid, attempts: after + 1, at })
    .onConflict((conflict) =>
      conflict
        .column("guid")
        .doUpdateSet({ attempts: after + 1, at })
        .where("redelivery.attempts", "=", after),
    )
    .returning("attempts")
    .executeTakeFirst();
  return counted !== undefined;
}

/** What the periodic looks at GitHub remember. */
export function nets(db: Kysely<Tables>): Nets {
  return {
    ...watchedPulls(db),
    expectMissed: expectMissed(db),
    agedChecks: (before) => agedChecks(db, before),
    async forgetCheck({ key, headSha, checkName }) {
      await db
        .deleteFrom("publication")
        .where((eb) => eb.and({ ...pullColumns(key), headSha, checkName }))
        .execute();
    },
    takeTurn: (name, now, since) => takeTurn(db, name, now, since),
    async cursor(name) {
      return (await db.selectFrom("net").select("value").where("name", "=", name).executeTakeFirst())?.value ?? null;
    },
    saveCursor: (name, value, now) => saveCursor(db, name, value, now),
    async received(guids) {
      if (guids.length === 0) return new Set();
      const rows = await db.selectFrom("delivery").select("guid").where("guid", "in", guids).execute();
      return new Set(rows.map(({ guid }) => guid));
    },
    async redelivery(guid) {
      return (await db.selectFrom("redelivery").select(["attempts", "at"]).where("guid", "=", guid).executeTakeFirst()) ?? null;
    },
    countRedelivery: (guid, after, at) => countRedelivery(db, guid, after, at),
    figures: (now) => figures(db, now),
    beat: (now) => saveCursor(db, "beat", "", now),
    async forget(before) {
      await db.deleteFrom("redelivery").where("at", "<", before).execute();
      await db.deleteFrom("net").where("name", "like", "turn:%").where("at", "<", before).execute();
      await db.deleteFrom("expectedRun").where("read", "=", true).where("startedAt", "<", before.toISOString()).execute();
    },
  };
}
