import { type Kysely, type SqlBool, sql } from "kysely";
import { pullColumns, pullKeyColumns, repositoryColumns } from "./key.js";
import type { PullKey } from "./known.js";
import type { Reading, Readings, Told } from "./reading.js";
import type { Tables } from "./tables.js";

async function tell(db: Kysely<Tables>, key: PullKey, told: Told): Promise<void> {
  const row = { at: told.at, value: JSON.stringify(told) };
  await db
    .insertInto("pullTold")
    .values({ ...pullColumns(key), ...row })
    .onConflict((conflict) =>
      conflict.columns(pullKeyColumns).doUpdateSet(row).where(sql<SqlBool>`excluded.at collate "C" >= pull_told.at collate "C"`),
    )
    .execute();
}

async function save(db: Kysely<Tables>, key: PullKey, { baseRef, answer, at }: Reading): Promise<void> {
  const row = { baseRef, readAt: at, value: JSON.stringify(answer) };
  await db
    .insertInto("pullFacts")
    .values({ ...pullColumns(key), ...row })
    .onConflict((conflict) => conflict.columns(pullKeyColumns).doUpdateSet(row))
    .execute();
}

export function readings(db: Kysely<Tables>): Readings {
  return {
    tell: (key, told) => tell(db, key, told),
    async told(key) {
      const row = await db
        .selectFrom("pullTold")
        .select("value")
        .where((eb) => eb.and(pullColumns(key)))
        .executeTakeFirst();
      return row?.value ?? null;
    },
    save: (key, reading) => save(db, key, reading),
    async get(key) {
      const row = await db
        .selectFrom("pullFacts")
        .select(["baseRef", "value", "readAt"])
        .where((eb) => eb.and(pullColumns(key)))
        .executeTakeFirst();
      return row === undefined ? null : { baseRef: row.baseRef, answer: row.value, at: row.readAt };
    },
    async forget(repository, baseRef) {
      await db
        .deleteFrom("pullFacts")
        .where((eb) => eb.and({ ...repositoryColumns(repository), baseRef }))
        .execute();
    },
  };
}
