import { type Kysely, sql } from "kysely";
import { type Mark, markAll } from "./dirty.js";
import { GroupCommit } from "./group-commit.js";
import type { Delivery, DeliveryLease, Inbox } from "./store.js";
import type { Tables } from "./tables.js";

/** Deliveries that are committed together: enough for several thousand a second, and an insert that stays short. */
const GROUP = 64;

interface Arrival {
  readonly delivery: Delivery;
  readonly dirty: Parameters<Inbox["receive"]>[1];
  readonly lease: DeliveryLease | null;
}

const leaseOf = ({ lease }: Arrival) =>
  lease === null
    ? { owner: null, leaseUntil: null }
    : { owner: lease.owner, leaseUntil: sql<Date>`clock_timestamp() + make_interval(secs => ${lease.leaseMs / 1000})` };

/** Upserts the rows unless they are done already; a dead one gets another life. Resolves with the GUIDs taken. */
async function take(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<ReadonlySet<string>> {
  const taken = await db
    .insertInto("delivery")
    .values(arrivals.map((arrival) => ({ ...arrival.delivery, ...leaseOf(arrival) })))
    .onConflict((conflict) =>
      conflict
        .column("guid")
        .doUpdateSet((eb) => ({
          state: "received",
          attempts: 0,
          body: eb.ref("excluded.body"),
          owner: eb.ref("excluded.owner"),
          leaseUntil: eb.ref("excluded.leaseUntil"),
        }))
        .where("delivery.state", "!=", "done"),
    )
    .returning("guid")
    .execute();
  return new Set(taken.map(({ guid }) => guid));
}

/** In one order everywhere, so that two processes cannot wait for each other's rows. */
const inOrder = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] =>
  items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

/** One mark for each pull request: the last reason, the earliest time. */
function marksOf(arrivals: readonly Arrival[]): readonly Mark[] {
  const marks = new Map<string, Mark>();
  for (const { delivery, dirty } of arrivals) {
    if (dirty === null) continue;
    const { installation, repository, number, group = "" } = dirty.key;
    const id = JSON.stringify([installation, repository, number, group]);
    const runAt = dirty.runAt ?? delivery.receivedAt;
    const before = marks.get(id);
    marks.set(id, { ...dirty, delivery: delivery.guid, runAt: before && before.runAt < runAt ? before.runAt : runAt });
  }
  return inOrder([...marks], ([id]) => id).map(([, mark]) => mark);
}

function commit(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<readonly ("received" | "done")[]> {
  return db.transaction().execute(async (transaction) => {
    const taken = await take(
      transaction,
      inOrder(arrivals, ({ delivery }) => delivery.guid),
    );
    const marks = marksOf(arrivals.filter(({ delivery }) => taken.has(delivery.guid)));
    if (marks.length > 0) await markAll(transaction, marks);
    return arrivals.map(({ delivery }) => (taken.has(delivery.guid) ? "received" : "done"));
  });
}

/** {@link Inbox.receive} */
export function receiver(db: Kysely<Tables>): Inbox["receive"] {
  const group = new GroupCommit<Arrival, "received" | "done">({
    commit: (arrivals) => commit(db, arrivals),
    keyOf: ({ delivery }) => delivery.guid,
    limit: GROUP,
  });
  return (delivery, dirty, lease) => group.add({ delivery, dirty, lease: lease ?? null });
}
