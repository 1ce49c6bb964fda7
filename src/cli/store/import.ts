import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { openTablesAsTheyAre } from "../../store/open.js";
import { TransferError } from "../../store/transfer/format.js";
import type { Lines } from "../../store/transfer/lines.js";
import { importStore } from "../../store/transfer/read.js";
import { boundedLines } from "../bounded-lines.js";
import { EXIT, UsageError } from "../usage.js";
import { placeOf } from "./place.js";

/** A snapshot is one line; Node's longest text has twice as many characters. */
const LONGEST_LINE = 256 * 1024 * 1024;

const unreadable = (file: string, error: unknown): UsageError =>
  new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}; take another copy of it`);

function bytesIn(file: string): Readable {
  if (file === "-") return process.stdin;
  const bytes = createReadStream(file);
  // What goes wrong in either is told by the one that is read.
  return file.endsWith(".gz") ? pipeline(bytes, createGunzip(), () => {}) : bytes;
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytesIn(file)) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw unreadable(file, error);
  }
}

const linesOf = (file: string): Lines => boundedLines(bytesOf(file), LONGEST_LINE);

async function demandFile(file: string | undefined): Promise<string> {
  if (file === undefined) throw new UsageError("name the file of an export: redline store import FILE [STORE]");
  if (file !== "-")
    await access(file).catch(() => {
      throw new UsageError(`there is no file ${file}; write redline store import FILE [STORE]`);
    });
  return file;
}

/** `redline store import FILE [STORE]`. */
export async function importCommand(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [file, given, ...more] = positionals;
  if (more.length > 0) throw new UsageError("redline store import takes one FILE and one STORE");
  const from = await demandFile(file);
  const { db, schema } = await openTablesAsTheyAre(placeOf(given, process.env), true);
  try {
    const rows = await importStore(db, linesOf(from), schema, from);
    process.stderr.write(`redline: imported ${rows} rows\n`);
  } catch (error) {
    throw error instanceof TransferError ? new UsageError(error.message) : error;
  } finally {
    await db.destroy();
  }
  return EXIT.open;
}
