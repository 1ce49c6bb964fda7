import type { Kysely } from "kysely";
import { pullColumns, pullKeyColumns } from "./key.js";
import type { Pulls } from "./store.js";
import type { Tables } from "./tables.js";

/** The last verdict on each head. */
export function verdicts(db: Kysely<Tables>): Pick<Pulls, "saveVerdict" | "verdict" | "verdicts"> {
  return {
    async saveVerdict(key, headSha, verdict) {
      const value = JSON.stringify(verdict);
      await db
        .insertInto("verdict")
        .values({ ...pullColumns(key), headSha, value })
        .onConflict((conflict) => conflict.columns([...pullKeyColumns, "headSha"]).doUpdateSet({ value }))
        .execute();
    },
    async verdict(key, headSha) {
      const row = await db
        .selectFrom("verdict")
        .select("value")
        .where((eb) => eb.and({ ...pullColumns(key), headSha }))
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async verdicts(key) {
      const rows = await db
        .selectFrom("verdict")
        .select("value")
        .where((eb) => eb.and(pullColumns(key)))
        .execute();
      return rows.map((row) => row.value);
    },
  };
}
