import { type Kysely, sql } from "kysely";
import { groupedWrite } from "./grouped.js";
import { pack } from "./packed.js";
import { receiver } from "./receive.js";
import type { Delivery, DeliveryLease, Inbox, PullKey, TroubledDelivery } from "./store.js";
import type { Tables } from "./tables.js";

const MESSAGE_LENGTH = 2_000;

const columns = ["guid", "event", "action", "installation", "repository", "pull", "body", "packed", "receivedAt"] as const;

type Row = Omit<Delivery, "body"> & { readonly body: string; readonly packed: Uint8Array | null };

/** What an earlier version stored lies there as it came. */
const opened = ({ packed, body, ...delivery }: Row): Delivery => ({ ...delivery, body: packed ?? pack(body) });

const allOpened = (rows: readonly Row[]): readonly Delivery[] => rows.map(opened);

const received = (db: Kysely<Tables>) => db.selectFrom("delivery").select(columns).where("state", "=", "received");

const until = ({ leaseMs }: DeliveryLease) => sql<Date>`clock_timestamp() + make_interval(secs => ${leaseMs / 1000})`;

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

async function takeOver(db: Kysely<Tables>, lease: DeliveryLease, limit: number): Promise<readonly Delivery[]> {
  const left = db
    .selectFrom("delivery")
    .select("guid")
    .where("state", "=", "received")
    .where((eb) => eb.or([eb("leaseUntil", "is", null), eb("leaseUntil", "<", sql<Date>`clock_timestamp()`)]))
    .orderBy("receivedAt")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const taken = await db
    .updateTable("delivery")
    .set({ owner: lease.owner, leaseUntil: until(lease) })
    .where("guid", "in", left)
    .returning([...columns, "id"])
    .execute();
  return taken
    .toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime() || one.id - other.id)
    .map(({ id: _, ...row }) => opened(row));
}

const about = ({ installation, repository, number }: PullKey) => ({ installation, repository, pull: number });

const nobodys = { owner: null, leaseUntil: null };

async function troubled(db: Kysely<Tables>, key: PullKey): Promise<readonly TroubledDelivery[]> {
  const rows = await db
    .selectFrom("delivery")
    .select(["guid", "state"])
    .where("state", "!=", "done")
    .where("message", "is not", null)
    .where((eb) => eb.and(about(key)))
    .orderBy("id")
    .execute();
  return rows.map(({ guid, state }) => ({ guid, dead: state === "dead" }));
}

async function revive(db: Kysely<Tables>, key: PullKey): Promise<void> {
  await db
    .updateTable("delivery")
    .set({ state: "received", attempts: 0, ...nobodys })
    .where((eb) => eb.and({ ...about(key), state: "dead" }))
    .execute();
}

async function leave(db: Kysely<Tables>, owner: string | null): Promise<void> {
  await db
    .updateTable("delivery")
    .set(nobodys)
    .where("state", "=", "received")
    .$if(owner !== null, (query) => query.where("owner", "=", owner))
    .execute();
}

/** The GUID stays, to recognise a redelivery; the payload is no longer needed. */
const done = (db: Kysely<Tables>) =>
  groupedWrite<string>(
    (guid) => guid,
    (guids) =>
      sql`
      update delivery set state = 'done', body = '', packed = null, owner = null, lease_until = null where guid = any(${guids}::text[])`.execute(
        db,
      ),
  );

/** @param exclusive no other process can have this database open. */
export function inbox(db: Kysely<Tables>, exclusive: boolean): Inbox {
  return {
    receive: receiver(db),
    pending: () => received(db).orderBy("receivedAt").orderBy("id").execute().then(allOpened),
    read: (guids) =>
      received(db)
        .where("guid", "in", [...guids])
        .execute()
        .then(allOpened),
    takeOver: (lease, limit) => takeOver(db, lease, limit),
    async renew(lease) {
      await db
        .updateTable("delivery")
        .set({ leaseUntil: until(lease) })
        .where((eb) => eb.and({ state: "received", owner: lease.owner }))
        // A row is written anew with its body: what came a moment ago needs nothing yet.
        .where("leaseUntil", "<", until({ ...lease, leaseMs: lease.leaseMs / 2 }))
        .execute();
    },
    done: done(db),
    failed: (guid, message, limit) => failed(db, guid, message, limit),
    troubled: (key) => troubled(db, key),
    revive: (key) => revive(db, key),
    recover: async () => (exclusive ? leave(db, null) : undefined),
    leave: (owner) => leave(db, owner),
  };
}
