import { listFailedDeliveries, redeliver, type SentDelivery } from "../../github/app-deliveries.js";
import type { GitHub } from "../../github/call.js";
import { failedAs } from "../../github/errors.js";
import type { NetDependencies } from "./dependencies.js";

/** GitHub sends a delivery again for three days (GitHub docs: redelivering webhooks). */
const WINDOW_MS = 3 * 86_400_000;

/** A delivery that fails again is asked for after 2, 8, 32 … minutes, at most every six hours, and this often: for a day. */
const ATTEMPTS = 8;
const FIRST_WAIT_MS = 120_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** 10,000 failures in one sweep; the rest is left to the next one. */
const PAGES = 100;

/** The name under which a sweep remembers where it stopped: GitHub's time of the oldest failure that is not settled. */
const CURSOR = "failed deliveries";

export interface Sweep {
  /** Deliveries that were asked for again. */
  readonly redelivered: number;
  /** Those that failed too often, or that GitHub does not have any more. */
  readonly givenUp: number;
}

/** Failures that may still be sent again, by GitHub's clock, each delivery once with its newest attempt, oldest first. */
async function collect(app: GitHub, stopped: string | null, now: Date): Promise<readonly SentDelivery[]> {
  const newest = new Map<string, SentDelivery>();
  let since = stopped === null ? 0 : Date.parse(stopped);
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { deliveries, next, at } = await listFailedDeliveries(app, cursor);
    since = Math.max(since, (at ?? now.getTime()) - WINDOW_MS);
    const young = deliveries.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= since);
    for (const one of young) if (!newest.has(one.guid)) newest.set(one.guid, one);
    if (next === null || young.length < deliveries.length) break;
    cursor = next;
  }
  return [...newest.values()].toReversed();
}

const waitMs = (attempts: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** (attempts - 1));

/** GitHub keeps a delivery for a while only: one that is gone is not there to be sent again. */
async function again(app: GitHub, { id }: SentDelivery): Promise<boolean> {
  try {
    await redeliver(app, id);
    return true;
  } catch (error) {
    if (failedAs(error, "not-found") || failedAs(error, "invalid")) return false;
    throw error;
  }
}

type Settlement = "redelivered" | "waiting" | "given up";

/** One delivery that did not arrive. The attempt is counted before it is made, by one of several sweeps that come upon it. */
async function settle(delivery: SentDelivery, app: GitHub, now: Date, { store, log }: NetDependencies): Promise<Settlement> {
  const { guid } = delivery;
  const before = await store.nets.redelivery(guid);
  if (before !== null && before.attempts >= ATTEMPTS) return "given up";
  if (before !== null && before.at.getTime() + waitMs(before.attempts) > now.getTime()) return "waiting";
  const attempt = (before?.attempts ?? 0) + 1;
  if (!(await store.nets.countRedelivery(guid, attempt - 1, now))) return "waiting";
  const taken = await again(app, delivery);
  if (taken) log.info({ delivery: guid, attempt }, "GitHub was asked to deliver again what had failed");
  if (!taken || attempt === ATTEMPTS) log.warn({ delivery: guid, attempt }, "a delivery is not asked for any more after this");
  return taken ? "redelivered" : "given up";
}

/**
 * Asks GitHub to send again, with the same GUID, what it could not deliver within the last three days and what is not in
 * the inbox meanwhile. The cursor stays at the oldest delivery that may still be asked for. @throws GitHubError
 */
export async function sweepDeliveries(now: Date, dependencies: NetDependencies): Promise<Sweep> {
  const { nets } = dependencies.store;
  const app = await dependencies.app();
  const cursor = await nets.cursor(CURSOR);
  const failures = await collect(app, cursor, now);
  const arrived = await nets.received(failures.map(({ guid }) => guid));
  const counts = { redelivered: 0, givenUp: 0 };
  let oldest: string | null = null;
  for (const failure of failures.filter(({ guid }) => !arrived.has(guid))) {
    const settlement = await settle(failure, app, now, dependencies);
    if (settlement === "redelivered") counts.redelivered += 1;
    if (settlement === "given up") counts.givenUp += 1;
    else oldest ??= failure.deliveredAt;
  }
  const stop = oldest ?? failures.at(-1)?.deliveredAt ?? cursor;
  if (stop !== null && stop !== cursor) await nets.saveCursor(CURSOR, stop, now);
  return counts;
}
