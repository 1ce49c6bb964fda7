import type { Kysely } from "kysely";
import { shiftKey } from "../evidence/level-shifts.js";
import { repositoryColumns } from "./key.js";
import type { History } from "./store.js";
import type { Tables } from "./tables.js";

/** What the pass over the default branch has found. */
export function shifts(db: Kysely<Tables>): Pick<History, "recordShift" | "shifts"> {
  return {
    async recordShift(repository, shift) {
      const key = { ...repositoryColumns(repository), sha: shift.sha, series: shiftKey(shift) };
      const value = JSON.stringify(shift);
      await db
        .insertInto("shift")
        .values({ ...key, value })
        .onConflict((conflict) => conflict.columns(["installation", "repository", "series", "sha"]).doUpdateSet({ value }))
        .execute();
    },
    async shifts(repository) {
      const rows = await db
        .selectFrom("shift")
        .select("value")
        .where((eb) => eb.and(repositoryColumns(repository)))
        .orderBy("sha")
        .execute();
      return rows.map((row) => row.value);
    },
  };
}
