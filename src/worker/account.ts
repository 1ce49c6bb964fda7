import type { Dirty } from "../store/store.js";
import type { Dependencies, Log } from "./dependencies.js";

/** Every line of the log names the delivery that the work goes back to. */
const logOf = ({ key, delivery = null }: Dirty, { log }: Dependencies): Log => {
  const place = { installation: key.installation, repository: key.repository, pull: key.number, ...(delivery !== null && { delivery }) };
  return {
    info: (fields, message) => log.info({ ...place, ...fields }, message),
    warn: (fields, message) => log.warn({ ...place, ...fields }, message),
    error: (fields, message) => log.error({ ...place, ...fields }, message),
  };
};

const kindOf = ({ key }: Dirty): string => {
  const kind = key.group?.split(":", 1)[0];
  if (kind === undefined) return "pull";
  return kind === "baseline" || kind === "installation" ? kind : "group";
};

/** Does a mark's work, measures it, and says what it came to. */
export async function accounted(
  dirty: Dirty,
  dependencies: Dependencies,
  work: (dependencies: Dependencies) => Promise<Date | null>,
): Promise<Date | null> {
  const { meter, now } = dependencies;
  const { key, reason } = dirty;
  const log = logOf(dirty, dependencies);
  const from = now().getTime();
  const finished = (result: "done" | "again" | "failed"): void => {
    const ms = now().getTime() - from;
    meter?.reconciled(kindOf(dirty), result, ms);
    log.info({ reason, result, ms, ...(key.group !== undefined && { group: key.group }) }, "reconciled");
  };
  try {
    const again = await work({ ...dependencies, log });
    finished(again === null ? "done" : "again");
    return again;
  } catch (error) {
    finished("failed");
    throw error;
  }
}
