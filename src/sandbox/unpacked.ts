import { PassThrough, pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { checkRatio, DamagedEntry } from "./archive-checks.js";

/** Bytes that go to the parent at once: with zlib's 16 KB the messages take longer than the unpacking. */
const AT_ONCE = 512 * 1024;

/** yauzl queues all of an uncompressed entry in its stream, which a read without a pipe would copy as a whole. */
const opened = (file: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(pipeline(stream, new PassThrough(), () => undefined))));
  });

const isZlibs = (error: unknown): boolean => error instanceof Error && "code" in error && String(error.code).startsWith("Z_");

/** A gzip file's content. It is its uploader's, not the archive's: when it is damaged the other entries still count. */
async function* gunzipped(packed: Readable, entry: Entry): AsyncGenerator<Buffer> {
  const plain = createGunzip();
  let ofArchive: unknown;
  packed.on("error", (error) => {
    ofArchive = error;
    plain.destroy(error);
  });
  let length = 0;
  try {
    for await (const chunk of packed.pipe(plain)) {
      length += chunk.length;
      checkRatio(entry.fileName, entry.uncompressedSize, length);
      yield chunk;
    }
  } catch (error) {
    throw error !== ofArchive && isZlibs(error) ? new DamagedEntry() : error;
  } finally {
    plain.destroy();
  }
}

const isGzip = (chunk: Buffer | null): boolean => chunk?.[0] === 0x1f && chunk[1] === 0x8b;

/** Waits for the first bytes, and leaves them in the stream. */
async function begin(stream: Readable): Promise<Buffer | null> {
  await new Promise<void>((resolve, reject) => {
    stream.once("readable", resolve).once("end", resolve).once("error", reject);
  });
  const first: Buffer | null = stream.read();
  if (first !== null) stream.unshift(first);
  return first;
}

async function* coalesced(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let [kept, length]: [Buffer[], number] = [[], 0];
  for await (const chunk of chunks) {
    kept.push(chunk);
    length += chunk.length;
    if (length < AT_ONCE) continue;
    yield Buffer.concat(kept, length);
    [kept, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(kept, length);
}

/**
 * The bytes of one entry, which are never more than the archive says; when they are gzip, what is in it.
 * @throws ArchiveRefusal for a bomb, DamagedEntry, and yauzl's errors
 */
export async function* unpacked(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await opened(file, entry);
  try {
    yield* coalesced(isGzip(await begin(stream)) ? gunzipped(stream, entry) : stream);
  } finally {
    stream.destroy();
  }
}
