import { type Kysely, sql } from "kysely";
import type { LineId } from "../model/rule.js";
import type { Attestation } from "../model/verdict.js";
import { pullColumns, pullKeyColumns } from "./key.js";
import type { PullKey, Pulls } from "./store.js";
import type { Tables, WithdrawnTick } from "./tables.js";

/** GitHub's times are in UTC and of one length, so that they compare as text; deliveries come in any order. */
async function keep(db: Kysely<Tables>, key: PullKey, item: LineId, tick: Attestation | WithdrawnTick): Promise<void> {
  const value = JSON.stringify(tick);
  await db
    .insertInto("attestation")
    .values({ ...pullColumns(key), item, value })
    .onConflict((conflict) =>
      conflict
        .columns([...pullKeyColumns, "item"])
        .doUpdateSet({ value })
        .where(sql<boolean>`(attestation.value ->> 'at') collate "C" <= ${tick.at}`),
    )
    .execute();
}

const stands = (tick: Attestation | WithdrawnTick): tick is Attestation => !("withdrawn" in tick);

/** One tick per line of a pull request's checklist: the latest. */
export function attestations(db: Kysely<Tables>): Pick<Pulls, "attest" | "withdraw" | "attestations"> {
  return {
    attest: (key, attestation) => keep(db, key, attestation.item, attestation),
    withdraw: (key, item, at) => keep(db, key, item, { withdrawn: true, at }),
    async attestations(key) {
      const rows = await db
        .selectFrom("attestation")
        .select("value")
        .where((eb) => eb.and(pullColumns(key)))
        .orderBy("item")
        .execute();
      return rows.map((row) => row.value).filter(stands);
    },
  };
}
