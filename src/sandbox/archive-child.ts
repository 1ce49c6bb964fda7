import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { ArchiveRefusal, checkAll, checkCount, checkEntry, DamagedEntry } from "./archive-checks.js";
import { unpacked } from "./unpacked.js";

/**
 * What the parent asks: it hands over the zip in pieces, asks what is in it, then takes entries by their position,
 * a chunk at a time, and says when it needs no more of one. Nothing is unpacked before it is asked for.
 */
export type ArchiveQuestion =
  | { readonly piece: Uint8Array; readonly at: number; readonly total: number }
  | { readonly list: true }
  | { readonly next: number }
  | { readonly close: number };

let bytes: Buffer | null = null;
let zip: ZipFile | null = null;
let entries: readonly Entry[] = [];
const streams = new Map<number, AsyncGenerator<Uint8Array>>();

const opened = (content: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(content, { lazyEntries: true, strictFileNames: true }, (error, file) => (error ? reject(error) : resolve(file)));
  });

const listed = (file: ZipFile): Promise<readonly Entry[]> =>
  new Promise((resolve, reject) => {
    const found: Entry[] = [];
    file.on("error", reject);
    file.on("end", () => resolve(found));
    file.on("entry", (entry: Entry) => {
      try {
        checkEntry(entry);
        found.push(entry);
        checkCount(found);
        file.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    file.readEntry();
  });

async function list(content: Buffer): Promise<object> {
  zip = await opened(content);
  entries = await listed(zip);
  checkAll(entries, content.length);
  return { entries: entries.map(({ fileName, uncompressedSize }) => ({ name: fileName, size: uncompressedSize })) };
}

function streamOf(position: number): AsyncGenerator<Uint8Array> {
  const entry = entries[position];
  if (!zip || !entry) throw new ArchiveRefusal("it was not opened");
  const stream = streams.get(position) ?? unpacked(zip, entry);
  streams.set(position, stream);
  return stream;
}

async function answer(question: ArchiveQuestion): Promise<object> {
  if ("piece" in question) {
    bytes ??= Buffer.allocUnsafe(question.total);
    bytes.set(question.piece, question.at);
    return { done: true };
  }
  if ("list" in question) return await list(bytes ?? Buffer.alloc(0));
  if ("next" in question) {
    const { value } = await streamOf(question.next).next();
    return value ? { chunk: value } : { done: true };
  }
  await streams.get(question.close)?.return(undefined);
  streams.delete(question.close);
  return { done: true };
}

function explained(error: unknown): object {
  if (error instanceof ArchiveRefusal) return { reason: error.reason, entry: error.entry };
  if (error instanceof DamagedEntry) return { damaged: true };
  return { broken: error instanceof Error ? error.message : "unknown" };
}

process.on("disconnect", () => process.exit());
process.on("message", (question: ArchiveQuestion) => {
  answer(question).then(
    (value) => process.send?.(value),
    (error: unknown) => process.send?.(explained(error)),
  );
});
process.send?.("ready");
