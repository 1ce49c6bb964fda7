import { type Kysely, sql } from "kysely";
import { mark } from "./dirty.js";
import type { Delivery, Inbox, PullKey } from "./store.js";
import type { Tables } from "./tables.js";

const MESSAGE_LENGTH = 2_000;

/** Upserts the row unless it is done already; a dead one gets another life. */
async function take(db: Kysely<Tables>, delivery: Delivery): Promise<boolean> {
  const taken = await db
    .insertInto("delivery")
    .values(delivery)
    .onConflict((conflict) =>
      conflict.column("guid").doUpdateSet({ state: "received", attempts: 0, body: delivery.body }).where("delivery.state", "!=", "done"),
    )
    .returning("guid")
    .executeTakeFirst();
  return taken !== undefined;
}

function receive(
  db: Kysely<Tables>,
  delivery: Delivery,
  dirty: { readonly key: PullKey; readonly reason: string; readonly runAt?: Date } | null,
) {
  return db.transaction().execute(async (transaction) => {
    if (!(await take(transaction, delivery))) return "done";
    if (dirty !== null) await mark(transaction, dirty.key, dirty.reason, dirty.runAt ?? delivery.receivedAt);
    return "received";
  });
}

async function failed(db: Kysely<Tables>, guid: string, message: string, limit: number): Promise<boolean> {
  const row = await db
    .updateTable("delivery")
    .set((eb) => ({
      attempts: eb("attempts", "+", 1),
      state: sql<"received" | "dead">`case when attempts + 1 >= ${limit} then 'dead' else 'received' end`,
      message: message.replaceAll("\0", "").slice(0, MESSAGE_LENGTH),
    }))
    .where("guid", "=", guid)
    .where("state", "=", "received")
    .returning("state")
    .executeTakeFirst();
  return row?.state === "received";
}

export function inbox(db: Kysely<Tables>): Inbox {
  return {
    receive: (delivery, dirty) => receive(db, delivery, dirty),
    pending: () =>
      db
        .selectFrom("delivery")
        .select(["guid", "event", "action", "installation", "repository", "pull", "body", "receivedAt"])
        .where("state", "=", "received")
        .orderBy("receivedAt")
        .orderBy("id")
        .execute(),
    async done(guid) {
      // The GUID stays, to recognise a redelivery; the payload is no longer needed.
      await db.updateTable("delivery").set({ state: "done", body: "" }).where("guid", "=", guid).execute();
    },
    failed: (guid, message, limit) => failed(db, guid, message, limit),
  };
}
