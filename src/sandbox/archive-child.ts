import { type Entry, fromBuffer, type ZipFile } from "yauzl";

/** What the parent asks, in this order: what an archive holds, then single entries by their position. */
export type ArchiveQuestion = { readonly open: Uint8Array } | { readonly read: number };

const MB = 1024 * 1024;
const ENTRIES = 1000;
const TOTAL_BYTES = 200 * MB;
const RATIO = 200;
/** Below this size a text of zeros hurts nobody, whatever its ratio. */
const RATIO_FREE_BYTES = MB;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** The archive cannot be read; `reason` is a clause of ours, `name` the entry it is about. */
class Refusal extends Error {
  readonly reason: string;
  readonly entry: string | undefined;

  constructor(reason: string, entry?: string) {
    super(reason);
    this.reason = reason;
    this.entry = entry;
  }
}

let zip: ZipFile | null = null;
let entries: readonly Entry[] = [];
let total = 0;

const isLink = (entry: Entry): boolean =>
  entry.versionMadeBy >>> 8 === UNIX && ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK;

function checkEntry(entry: Entry): void {
  const name = entry.fileName;
  if (name.includes("\0")) throw new Refusal("has a NUL character in its name", name);
  if (isLink(entry)) throw new Refusal("is a symbolic link", name);
  if (entry.isEncrypted()) throw new Refusal("is encrypted", name);
  if (entry.uncompressedSize > RATIO_FREE_BYTES && entry.uncompressedSize > entry.compressedSize * RATIO)
    throw new Refusal(`grows more than ${RATIO} times when unpacked`, name);
}

function checkAll(found: readonly Entry[], zipBytes: number): void {
  const names = new Set<string>();
  for (const entry of found) {
    if (names.has(entry.fileName)) throw new Refusal("is there twice", entry.fileName);
    names.add(entry.fileName);
  }
  const packed = found.reduce((sum, entry) => sum + entry.compressedSize, 0);
  if (packed > zipBytes) throw new Refusal("its entries overlap");
  if (found.reduce((sum, entry) => sum + entry.uncompressedSize, 0) > TOTAL_BYTES)
    throw new Refusal(`it unpacks to more than ${TOTAL_BYTES / MB} MB`);
}

const opened = (bytes: Uint8Array): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { lazyEntries: true, strictFileNames: true },
      (error, file) => (error ? reject(error) : resolve(file)),
    );
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
        if (found.length > ENTRIES) throw new Refusal(`it holds more than ${ENTRIES} entries`);
        file.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    file.readEntry();
  });

const unpacked = (file: ZipFile, entry: Entry): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on("error", reject);
      stream.on("end", () => resolve(Buffer.concat(chunks)));
      stream.on("data", (chunk: Buffer) => {
        total += chunk.length;
        chunks.push(chunk);
        if (total > TOTAL_BYTES) stream.destroy(new Refusal(`it unpacks to more than ${TOTAL_BYTES / MB} MB`));
      });
    });
  });

async function answer(question: ArchiveQuestion): Promise<object> {
  if ("open" in question) {
    zip = await opened(question.open);
    entries = await listed(zip);
    checkAll(entries, question.open.byteLength);
    return { names: entries.map((entry) => entry.fileName) };
  }
  const entry = entries[question.read];
  if (!zip || !entry) throw new Refusal("it was not opened");
  return { bytes: await unpacked(zip, entry) };
}

const explained = (error: unknown): object =>
  error instanceof Refusal ? { reason: error.reason, entry: error.entry } : { broken: error instanceof Error ? error.message : "unknown" };

process.on("disconnect", () => process.exit());
process.on("message", (question: ArchiveQuestion) => {
  answer(question).then(
    (value) => process.send?.(value),
    (error: unknown) => process.send?.(explained(error)),
  );
});
process.send?.("ready");
