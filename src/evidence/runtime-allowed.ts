import type { AllowedRepeat } from "../config/config.js";
import { matchesName } from "../config/names.js";
import type { CountedEntry } from "../model/counts.js";

const covers = ({ entry, statement }: AllowedRepeat, { name, key }: CountedEntry, fingerprint: string): boolean =>
  (statement === "*" || statement === fingerprint) && (matchesName(entry, name) || matchesName(entry, key));

/** The entry, with the reason at each statement that the configuration allows to be repeated. */
export function withAllowed(entry: CountedEntry, allow: readonly AllowedRepeat[]): CountedEntry {
  if (allow.length === 0) return entry;
  const statements = entry.statements.map((one) => {
    const reason = allow.find((allowed) => covers(allowed, entry, one.statement.fingerprint))?.reason;
    return reason === undefined ? one : { ...one, allowed: reason };
  });
  return { ...entry, statements };
}
