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
  const { state, at } = intent;
  await db
    .insertInto("intent")
    .values({ ...of, state, at })
    .onConflict((conflict) => conflict.columns([...pullKeyColumns, "object"]).doUpdateSet({ state, at }))
    .execute();
}

/** Creations whose outcome is to be looked up. */
export function intents(db: Kysely<Tables>): Pick<Publications, "intent" | "saveIntent"> {
  return {
    async intent(key, object) {
      const row = await db
        .selectFrom("intent")
        .select(["state", "at"])
        .where((eb) => eb.and({ ...pullColumns(key), object }))
        .executeTakeFirst();
      return row ?? null;
    },
    saveIntent: (key, object, intent) => saveIntent(db, key, object, intent),
  };
}
