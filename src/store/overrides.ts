import { type Kysely, sql } from "kysely";
import { pullColumns } from "./key.js";
import type { PullKey, Pulls } from "./store.js";
import type { Tables } from "./tables.js";

const ofPull = (db: Kysely<Tables>, key: PullKey) => db.selectFrom("override").where((eb) => eb.and(pullColumns(key)));

/** Rows are only added: the newest of a head counts, the others are the audit. */
export function overrides(db: Kysely<Tables>): Pick<Pulls, "saveOverride" | "overrides"> {
  return {
    async saveOverride(key, override) {
      const value = JSON.stringify(override);
      const last = await ofPull(db, key)
        .select(sql<string>`value::text`.as("value"))
        .where("sha", "=", override.sha)
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      if (last?.value === value) return;
      await db
        .insertInto("override")
        .values({ ...pullColumns(key), sha: override.sha, value })
        .execute();
    },
    async overrides(key) {
      const rows = await ofPull(db, key).distinctOn("sha").select(["id", "value"]).orderBy("sha").orderBy("id", "desc").execute();
      return rows.sort((a, b) => a.id - b.id).map((row) => row.value);
    },
  };
}
