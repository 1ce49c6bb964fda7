import type { Entry } from "yauzl";

const ENTRIES = 1000;
const RATIO = 200;
/** Below this size a text of zeros hurts nobody, whatever its ratio. */
const RATIO_FREE_BYTES = 1_000_000;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** The archive cannot be read; `reason` is a clause of ours, `entry` the name of the one it is about. */
export class ArchiveRefusal extends Error {
  readonly reason: string;
  readonly entry: string | undefined;

  constructor(reason: string, entry?: string) {
    super(reason);
    this.reason = reason;
    this.entry = entry;
  }
}

/** One entry is gzip data that is cut or damaged. */
export class DamagedEntry extends Error {}

const isLink = (entry: Entry): boolean =>
  entry.versionMadeBy >>> 8 === UNIX && ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK;

/** @throws ArchiveRefusal when so few bytes became so many, as they do in no result file */
export function checkRatio(name: string, packed: number, plain: number): void {
  if (plain > RATIO_FREE_BYTES && plain > packed * RATIO) throw new ArchiveRefusal(`grows more than ${RATIO} times when unpacked`, name);
}

/** @throws ArchiveRefusal */
export function checkEntry(entry: Entry): void {
  const name = entry.fileName;
  if (name.includes("\0")) throw new ArchiveRefusal("has a NUL character in its name", name);
  if (isLink(entry)) throw new ArchiveRefusal("is a symbolic link", name);
  if (entry.isEncrypted()) throw new ArchiveRefusal("is encrypted", name);
  checkRatio(name, entry.compressedSize, entry.uncompressedSize);
}

/** @throws ArchiveRefusal */
export function checkCount(found: readonly Entry[]): void {
  if (found.length > ENTRIES) throw new ArchiveRefusal(`it holds more than ${ENTRIES} entries`);
}

/** @throws ArchiveRefusal */
export function checkAll(found: readonly Entry[], zipBytes: number): void {
  const names = new Set<string>();
  for (const entry of found) {
    if (names.has(entry.fileName)) throw new ArchiveRefusal("is there twice", entry.fileName);
    names.add(entry.fileName);
  }
  const packed = found.reduce((sum, entry) => sum + entry.compressedSize, 0);
  if (packed > zipBytes) throw new ArchiveRefusal("its entries overlap");
}
