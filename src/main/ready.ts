import { setTimeout as wait } from "node:timers/promises";
import type { Store } from "../store/store.js";

/** A store that takes longer than this for one row takes no delivery in time either. */
const PATIENCE_MS = 3_000;

/** Deliveries that wait for longer than this are not being handled: whoever balances load should know. */
const INBOX_AGE_MS = 10 * 60_000;

async function look({ nets }: Pick<Store, "nets">, now: Date): Promise<boolean> {
  await nets.beat(now);
  return (await nets.figures(now)).inboxAgeMs < INBOX_AGE_MS;
}

/** May this process be sent traffic: the store can be written, and what it took in is being handled. Never rejects. */
export function isReady(store: Pick<Store, "nets">, now: Date, patienceMs: number = PATIENCE_MS): Promise<boolean> {
  const answered = look(store, now).catch(() => false);
  return Promise.race([answered, wait(patienceMs, false, { ref: false })]);
}
