import pg from "pg";
import { WORK_CHANNEL } from "./work-channel.js";

const RECONNECT_MS = 1_000;

/**
 * Hears of work that any process committed, on a connection of its own. One that breaks is made anew; what
 * was told meanwhile is found by whoever looks without being told.
 */
export async function listenForWork(connectionString: string, heard: () => void): Promise<() => Promise<void>> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const later = (): void => {
    client = null;
    if (!stopped) timer = setTimeout(connect, RECONNECT_MS).unref();
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, application_name: "redline wake-up" });
    next.on("notification", heard);
    next.once("end", later);
    next.on("error", () => undefined);
    client = next;
    try {
      await next.connect();
      await next.query(`listen ${WORK_CHANNEL}`);
    } catch {
      await next.end().catch(() => undefined);
    }
  };
  await connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
