import { type Kysely, sql } from "kysely";
import { type Mark, markAll } from "./dirty.js";
import { GroupCommit } from "./group-commit.js";
import { column, inOrder, pullId } from "./grouped.js";
import { stricter } from "./harmless.js";
import type { Delivery, DeliveryLease, Inbox } from "./store.js";
import type { Tables } from "./tables.js";

/** Deliveries that are committed together: enough for several thousand a second, and an insert that stays short. */
const GROUP = 64;

interface Arrival {
  readonly delivery: Delivery;
  readonly dirty: Parameters<Inbox["receive"]>[1];
  readonly lease: DeliveryLease | null;
}

/**
 * The bodies are one parameter for all, cut up by the server: of a list of them each engine's driver would write a text twice
 * as long, character by character.
 */
const packedOf = (arrivals: readonly Arrival[]) => {
  const bodies = arrivals.map(({ delivery }) => delivery.body);
  let next = 1;
  const rows = bodies.map(({ length }) => {
    const start = next;
    next += length;
    return { start, length };
  });
  return { bytes: Buffer.concat(bodies), rows };
};

const of = (arrivals: readonly Arrival[], type: string, name: keyof Delivery) => column(arrivals, type, ({ delivery }) => delivery[name]);

/** Upserts the rows unless they are done already; a dead one gets another life. Resolves with the GUIDs taken. */
async function take(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<ReadonlySet<string>> {
  const { bytes, rows } = packedOf(arrivals);
  const taken = await sql<{ readonly guid: string }>`
    insert into delivery (guid, event, action, installation, repository, pull, body, packed, received_at, owner, lease_until)
    select guid, event, action, installation, repository, pull, '', substring(${bytes}::bytea from start for length), received_at,
      owner, clock_timestamp() + make_interval(secs => lease_ms / 1000)
    from unnest(${of(arrivals, "text", "guid")}, ${of(arrivals, "text", "event")}, ${of(arrivals, "text", "action")},
      ${of(arrivals, "bigint", "installation")}, ${of(arrivals, "bigint", "repository")}, ${of(arrivals, "bigint", "pull")},
      ${column(arrivals, "timestamptz", ({ delivery }) => delivery.receivedAt.toISOString())},
      ${column(arrivals, "text", ({ lease }) => lease?.owner)}, ${column(arrivals, "float8", ({ lease }) => lease?.leaseMs)},
      ${column(rows, "int", ({ start }) => start)}, ${column(rows, "int", ({ length }) => length)}
    ) as arrival (guid, event, action, installation, repository, pull, received_at, owner, lease_ms, start, length)
    on conflict (guid) do update set state = 'received', attempts = 0, body = '', packed = excluded.packed, owner = excluded.owner,
      lease_until = excluded.lease_until
    where delivery.state <> 'done'
    returning guid`.execute(db);
  return new Set(taken.rows.map(({ guid }) => guid));
}

/** One mark for each pull request: the last reason, a harmless one only where there is no other, and the earliest time. */
function marksOf(arrivals: readonly Arrival[]): readonly Mark[] {
  const marks = new Map<string, Mark>();
  for (const { delivery, dirty } of arrivals) {
    if (dirty === null) continue;
    const id = pullId(dirty.key);
    const runAt = dirty.runAt ?? delivery.receivedAt;
    const before = marks.get(id);
    const reason = before ? stricter(before.reason, dirty.reason) : dirty.reason;
    marks.set(id, { ...dirty, reason, delivery: delivery.guid, runAt: before && before.runAt < runAt ? before.runAt : runAt });
  }
  return inOrder([...marks], ([id]) => id).map(([, mark]) => mark);
}

async function store(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<ReadonlySet<string>> {
  const taken = await take(
    db,
    inOrder(arrivals, ({ delivery }) => delivery.guid),
  );
  const marks = marksOf(arrivals.filter(({ delivery }) => taken.has(delivery.guid)));
  if (marks.length > 0) await markAll(db, marks);
  return taken;
}

async function commit(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<readonly ("received" | "done")[]> {
  const marking = arrivals.some(({ dirty }) => dirty !== null);
  const taken = marking ? await db.transaction().execute((transaction) => store(transaction, arrivals)) : await store(db, arrivals);
  return arrivals.map(({ delivery }) => (taken.has(delivery.guid) ? "received" : "done"));
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
