import type { Kysely } from "kysely";
import { pullColumns, pullKeyColumns } from "./key.js";
import type { Intent, Publications, PullKey } from "./store.js";
import type { Tables } from "./tables.js";

async function saveIntent(db: Kysely<Tables>, key: PullKey, object: string, intent: Intent | null): Promise<void> {
  const of = { ...pullColumns(key), object };
  if (intent === null) {
    await db
      .deleteFrom("intent")
      .where((eb) => eb.and(of))
      .execute();
    return;
  }
  const { state, at, since } = intent;
  await db
    .insertInto("intent")
    .values({ ...of, state, at, since })
    .onConflict((conflict) => conflict.columns([...pullKeyColumns, "object"]).doUpdateSet({ state, at }))
    .execute();
}

/** Creations whose outcome is to be looked up. */
export function intents(db: Kysely<Tables>): Pick<Publications, "intents" | "saveIntent"> {
  return {
    async intents(key) {
      const rows = await db
        .selectFrom("intent")
        .select(["object", "state", "at", "since"])
        .where((eb) => eb.and(pullColumns(key)))
        .execute();
      return new Map(rows.map(({ object, ...intent }) => [object, intent]));
    },
    saveIntent: (key, object, intent) => saveIntent(db, key, object, intent),
  };
}
