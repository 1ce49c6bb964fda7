import { PGlite } from "@electric-sql/pglite";
import { DurableFilesystem } from "./durable-filesystem.js";

/** PGlite that stays stopped after PostgreSQL gave up: as it is, it would spin for ever on the next message. */
export class DurableDatabase extends PGlite {
  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    const aborted = this.fs instanceof DurableFilesystem && this.fs.aborted;
    return aborted ? new Uint8Array() : super.execProtocolRawSync(message);
  }
}
