import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { openTablesAsTheyAre } from "../../store/open.js";
import { exportStore } from "../../store/transfer/write.js";
import { EXIT, UsageError } from "../usage.js";
import { demandThere, placeOf } from "./place.js";

const options = { output: { type: "string", default: "redline-store.ndjson" } } as const;

async function toFile(lines: AsyncIterable<string>, output: string): Promise<void> {
  if (existsSync(output)) throw new UsageError(`${output} exists already; name another file with --output`);
  const partial = `${output}.part`;
  // Snapshots hold source code: for nobody else to read.
  const file = createWriteStream(partial, { mode: 0o600, flush: true });
  try {
    if (output.endsWith(".gz")) await pipeline(Readable.from(lines), createGzip(), file);
    else await pipeline(Readable.from(lines), file);
    await rename(partial, output);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** `redline store export [STORE]`. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length > 1) throw new UsageError("redline store export takes one STORE");
  const place = placeOf(positionals[0], process.env);
  demandThere(place);
  const { db, schema } = await openTablesAsTheyAre(place, false);
  try {
    if (values.output === "-") await pipeline(Readable.from(exportStore(db, schema)), process.stdout, { end: false });
    else await toFile(exportStore(db, schema), values.output);
  } finally {
    await db.destroy();
  }
  if (values.output !== "-")
    process.stderr.write(`redline: wrote ${values.output}; it holds source code of the reviewed changes, and no secrets\n`);
  return EXIT.open;
}
