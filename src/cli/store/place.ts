import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StoreOptions } from "../../store/open.js";
import { UsageError } from "../usage.js";

export const STORE = "STORE is a data directory or postgres://…; without it DATABASE_URL, then REDLINE_DATA, then .redline";

/** Which store is meant: by name, or as the server would take it. */
export function placeOf(given: string | undefined, environment: NodeJS.ProcessEnv): StoreOptions {
  const place = given ?? (environment.DATABASE_URL || environment.REDLINE_DATA || ".redline");
  if (/^postgres(ql)?:\/\//.test(place)) return { databaseUrl: place };
  if (place.includes("://")) throw new UsageError(`this is no address of a PostgreSQL database; ${STORE}`);
  if (place === ":memory:") throw new UsageError(`a store in memory is gone with its process; ${STORE}`);
  return { dataDirectory: place };
}

/** A directory that is misspelt is not made. */
export function demandThere({ dataDirectory }: StoreOptions): void {
  if (dataDirectory === undefined || existsSync(join(dataDirectory, "postgres"))) return;
  throw new UsageError(`there is no store in ${dataDirectory}; ${STORE}`);
}
