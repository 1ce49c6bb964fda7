import type { Config } from "../config/config.js";
import type { Origin } from "../model/measurement.js";
import type { ArchiveEntry } from "../sandbox/archive.js";

/** Where an entry of an artifact comes from. Its neighbours are entries of the same folder: names are compared, never used as paths. */
export function archiveOrigin(entries: readonly ArchiveEntry[], entry: string, { percentiles }: Config["evidence"]): Origin {
  const folder = entry.slice(0, entry.lastIndexOf("/") + 1);
  return {
    name: entry,
    sibling: async (name) => (name.includes("/") ? undefined : entries.find((other) => other.name === folder + name)?.bytes),
    ...(percentiles && { percentiles }),
  };
}
