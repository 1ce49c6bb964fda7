import { type Kysely, sql } from "kysely";
import { column, groupedWrite, keysOf, pullId } from "./grouped.js";
import { pullColumns, pullKeyColumns, repositoryColumns } from "./key.js";
import type { PullKey } from "./known.js";
import type { Reading, Readings, Told } from "./reading.js";
import type { Tables } from "./tables.js";

const tell = (db: Kysely<Tables>) =>
  groupedWrite<{ readonly key: PullKey; readonly told: Told }>(
    ({ key }) => pullId(key),
    (all) =>
      sql`
      insert into pull_told (installation, repository, number, merge_group, at, value)
      select installation, repository, number, merge_group, at, value::json from unnest(
        ${keysOf(all, ({ key }) => key)}, ${column(all, "text", ({ told }) => told.at)}, ${column(all, "text", ({ told }) => JSON.stringify(told))}
      ) as told (installation, repository, number, merge_group, at, value)
      on conflict (installation, repository, number, merge_group) do update set at = excluded.at, value = excluded.value
      where excluded.at collate "C" >= pull_told.at collate "C"`.execute(db),
  );

async function save(db: Kysely<Tables>, key: PullKey, { baseRef, answer, at }: Reading): Promise<void> {
  const row = { baseRef, readAt: at, value: JSON.stringify(answer) };
  await db
    .insertInto("pullFacts")
    .values({ ...pullColumns(key), ...row })
    .onConflict((conflict) => conflict.columns(pullKeyColumns).doUpdateSet(row))
    .execute();
}

export function readings(db: Kysely<Tables>): Readings {
  const telling = tell(db);
  return {
    tell: (key, told) => telling({ key, told }),
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
