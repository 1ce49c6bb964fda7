import { PGlite } from "@electric-sql/pglite";
import { amcheck } from "@electric-sql/pglite/contrib/amcheck";
import { asBytes } from "./as-bytes.js";
import { DurableFilesystem } from "./durable-filesystem.js";

// Half the memory of PostgreSQL's default, which a database of this size does not need.
export const smallBuffers = ["-c", "shared_buffers=16MB"];
// PGlite starts PostgreSQL with -F, which switches fsync off.
const durable = [...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"), "-c", "wal_sync_method=fsync", ...smallBuffers];

/** PGlite that stays stopped after PostgreSQL gave up: as it is, it would spin for ever on the next message. */
class DurableDatabase extends PGlite {
  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    const aborted = this.fs instanceof DurableFilesystem && this.fs.aborted;
    return aborted ? new Uint8Array() : super.execProtocolRawSync(message);
  }
}

/** PostgreSQL with fsync on the given directory, which is made when missing. */
export async function startDurable(filesystem: DurableFilesystem, withAmcheck = false): Promise<PGlite> {
  const database = new DurableDatabase({ fs: filesystem, startParams: durable, ...asBytes, extensions: withAmcheck ? { amcheck } : {} });
  await database.waitReady;
  return database;
}
