import type { Logger } from "pino";
import type { Store } from "../store/store.js";
import type { Job } from "./schedules.js";
import type { Settings } from "./settings.js";

/** The embedded database has no autovacuum and no background writer: without these it grows, and recovers ever slower. */
const embeddedJobs = ({ upkeep }: Store): readonly Job[] => [
  { name: "checkpoint", when: "*/5 * * * *", work: () => upkeep.checkpoint() },
  { name: "vacuum of the queues", when: "17 * * * *", work: () => upkeep.vacuum("queues") },
  { name: "vacuum", when: "43 3 * * *", work: () => upkeep.vacuum("all") },
];

/** What keeps the store small and quick. */
export function upkeepJobs(store: Store, { databaseUrl, keep }: Settings, log: Logger): readonly Job[] {
  const tidy = async (now: Date): Promise<void> => {
    if (databaseUrl !== undefined) await store.upkeep.makeMonths(now);
    const removed = await store.upkeep.tidy(now, keep);
    if (Object.keys(removed).length > 0) log.info({ removed }, "removed what is older than it is kept");
  };
  return [{ name: "removal by age", when: "7 * * * *", work: tidy }, ...(databaseUrl === undefined ? embeddedJobs(store) : [])];
}
