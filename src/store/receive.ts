import { CompiledQuery, type Kysely } from "kysely";
import { type Mark, markAll } from "./dirty.js";
import { GroupCommit } from "./group-commit.js";
import { inOrder, pullId } from "./grouped.js";
import type { Delivery, DeliveryLease, Inbox } from "./store.js";
import type { Tables } from "./tables.js";

/** Deliveries that are committed together: enough for several thousand a second, and an insert that stays short. */
const GROUP = 64;

interface Arrival {
  readonly delivery: Delivery;
  readonly dirty: Parameters<Inbox["receive"]>[1];
  readonly lease: DeliveryLease | null;
}

const COLUMNS = ["guid", "event", "action", "installation", "repository", "pull", "received_at", "owner", "lease_ms", "body"] as const;
const TYPES = ["text", "text", "text", "bigint", "bigint", "bigint", "timestamptz", "text", "float8", "text"] as const;

const valuesOf = ({ delivery, lease }: Arrival): readonly unknown[] => [
  delivery.guid,
  delivery.event,
  delivery.action,
  delivery.installation,
  delivery.repository,
  delivery.pull,
  delivery.receivedAt.toISOString(),
  lease?.owner ?? null,
  lease?.leaseMs ?? null,
  delivery.body,
];

const rowOf = (index: number): string => `(${TYPES.map((type, column) => `$${index * TYPES.length + column + 1}::${type}`).join(", ")})`;

/** Upserts the rows unless they are done already; a dead one gets another life. */
const statement = (rows: number): string => `
  insert into delivery (guid, event, action, installation, repository, pull, body, received_at, owner, lease_until)
  select guid, event, action, installation, repository, pull, body, received_at, owner, clock_timestamp() + make_interval(secs => lease_ms / 1000)
  from (values ${Array.from({ length: rows }, (_, index) => rowOf(index)).join(", ")}) as arrival (${COLUMNS.join(", ")})
  on conflict (guid) do update set state = 'received', attempts = 0, body = excluded.body, owner = excluded.owner, lease_until = excluded.lease_until
  where delivery.state <> 'done'
  returning guid`;

/** For each number of rows, made once: to build it anew costs more than all else that is done here for an acknowledgement. */
const statements = new Map<number, string>();

function statementOf(rows: number): string {
  const made = statements.get(rows) ?? statement(rows);
  statements.set(rows, made);
  return made;
}

/** Resolves with the GUIDs taken. */
async function take(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<ReadonlySet<string>> {
  const query = CompiledQuery.raw(statementOf(arrivals.length), arrivals.flatMap(valuesOf));
  const { rows } = await db.executeQuery<{ readonly guid: string }>(query);
  return new Set(rows.map(({ guid }) => guid));
}

/** One mark for each pull request: the last reason, the earliest time. */
function marksOf(arrivals: readonly Arrival[]): readonly Mark[] {
  const marks = new Map<string, Mark>();
  for (const { delivery, dirty } of arrivals) {
    if (dirty === null) continue;
    const id = pullId(dirty.key);
    const runAt = dirty.runAt ?? delivery.receivedAt;
    const before = marks.get(id);
    marks.set(id, { ...dirty, delivery: delivery.guid, runAt: before && before.runAt < runAt ? before.runAt : runAt });
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
