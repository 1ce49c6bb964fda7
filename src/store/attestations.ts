import type { Kysely } from "kysely";
import { pullColumns, pullKeyColumns } from "./key.js";
import type { Pulls } from "./store.js";
import type { Tables } from "./tables.js";

/** One tick per line of a pull request's checklist: the latest. */
export function attestations(db: Kysely<Tables>): Pick<Pulls, "attest" | "withdraw" | "attestations"> {
  return {
    async attest(key, attestation) {
      const value = JSON.stringify(attestation);
      await db
        .insertInto("attestation")
        .values({ ...pullColumns(key), item: attestation.item, value })
        .onConflict((conflict) => conflict.columns([...pullKeyColumns, "item"]).doUpdateSet({ value }))
        .execute();
    },
    async withdraw(key, item) {
      await db
        .deleteFrom("attestation")
        .where((eb) => eb.and({ ...pullColumns(key), item }))
        .execute();
    },
    async attestations(key) {
      const rows = await db
        .selectFrom("attestation")
        .select("value")
        .where((eb) => eb.and(pullColumns(key)))
        .orderBy("item")
        .execute();
      return rows.map((row) => row.value);
    },
  };
}
