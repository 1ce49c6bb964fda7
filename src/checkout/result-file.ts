import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createGunzip } from "node:zlib";
import type { Config } from "../config/config.js";
import { configuredFormat } from "../config/configured-format.js";
import { damagedGzip } from "../formats/gzip.js";
import { type ReadResult, readResultFile } from "../formats/read.js";
import type { Origin } from "../model/measurement.js";
import { sha256 } from "./sha256.js";

/** What a configuration says about reading result files. */
export interface ResultSettings {
  readonly formats?: Config["formats"];
  readonly percentiles?: Config["evidence"]["percentiles"];
}

export const resultSettings = ({ formats, evidence }: Config): ResultSettings => ({
  ...(formats && { formats }),
  ...(evidence.percentiles && { percentiles: evidence.percentiles }),
});

/** At a desk a person waits for one file: 10 GB of a format that streams, packed or not, is a minute or two. */
const CAPS = { whole: 50_000_000, streamed: 10_000_000_000 };

/** Bytes read at once: with Node's 64 KB the calls take longer than the reading of what they bring. */
const AT_ONCE = { highWaterMark: 1_048_576 };

const GZIP = Buffer.from([0x1f, 0x8b]);

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.equals(GZIP);
  } finally {
    await file.close();
  }
}

const isZlibs = (error: unknown): boolean => error instanceof Error && "code" in error && String(error.code).startsWith("Z_");

async function* unpacked(path: string): AsyncIterable<Uint8Array> {
  const packed = createReadStream(path, AT_ONCE);
  const plain = createGunzip();
  packed.on("error", (error) => plain.destroy(error));
  try {
    yield* packed.pipe(plain);
  } catch (error) {
    if (!isZlibs(error)) throw error;
    throw damagedGzip();
  } finally {
    packed.destroy();
    plain.destroy();
  }
}

/** Bare names only, and regular files only: a result file names its neighbours, it does not walk the disk. */
const siblingOf =
  (path: string) =>
  async (name: string): Promise<Uint8Array | undefined> => {
    if (/[/\\\0]/u.test(name) || name === "." || name === "..") return undefined;
    const beside = join(dirname(path), name);
    const found = await stat(beside).catch(() => undefined);
    return found?.isFile() && found.size <= CAPS.whole ? await readFile(beside) : undefined;
  };

export const originAt = (path: string, file: string, { percentiles }: ResultSettings): Origin => ({
  name: file,
  sibling: siblingOf(path),
  sha256,
  ...(percentiles && { percentiles }),
});

/**
 * Reads one result file from disk, unpacking gzip on the way.
 *
 * @param file the name for messages, and for the globs of `formats:`
 * @throws the system's errors when the file cannot be opened or read
 */
export async function readResultAt(path: string, file: string, settings: ResultSettings = {}): Promise<ReadResult> {
  const found = await stat(path);
  const packed = found.isFile() && (await isGzip(path));
  const configured = configuredFormat(settings.formats, file);
  return await readResultFile(file, packed ? unpacked(path) : createReadStream(path, AT_ONCE), {
    caps: CAPS,
    ...(found.isFile() && !packed && { size: found.size }),
    ...(configured !== undefined && { configured }),
    origin: originAt(path, file, settings),
  });
}
