import { sha256 } from "../checkout/sha256.js";
import type { Config } from "../config/config.js";
import { gather } from "../formats/bytes.js";
import { DEFAULT_CAPS } from "../formats/caps.js";
import { OverCap, upTo } from "../formats/head.js";
import type { Origin } from "../model/measurement.js";
import type { ArchiveEntry } from "../sandbox/archive.js";

/** A neighbour is held as a whole; one that is larger than such a file may be is as good as none. */
async function whole(entry: ArchiveEntry): Promise<Uint8Array | undefined> {
  try {
    return await gather(upTo(DEFAULT_CAPS.whole, entry.open()));
  } catch (error) {
    if (error instanceof OverCap) return undefined;
    throw error;
  }
}

/** Where an entry of an artifact comes from. Its neighbours are entries of the same folder: names are compared, never used as paths. */
export function archiveOrigin(entries: readonly ArchiveEntry[], entry: string, { percentiles }: Config["evidence"]): Origin {
  const folder = entry.slice(0, entry.lastIndexOf("/") + 1);
  const sibling = async (name: string): Promise<Uint8Array | undefined> => {
    const beside = name.includes("/") ? undefined : entries.find((other) => other.name === folder + name);
    return beside && (await whole(beside));
  };
  return { name: entry, sibling, sha256, ...(percentiles && { percentiles }) };
}
