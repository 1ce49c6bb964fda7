import { z } from "zod";
import { concatenated } from "../formats/bytes.js";
import { damagedGzip } from "../formats/gzip.js";
import { type Text, text } from "../model/text.js";
import type { ArchiveQuestion } from "./archive-child.js";
import { type Killable, killable } from "./killable.js";

export interface ArchiveEntry {
  /** Foreign text; never used as a path. */
  readonly name: string;
  /** Bytes that the archive says it has; it never has more. Of a gzip file: of that file, not of what is in it. */
  readonly size: number;
  /**
   * Unpacks it, a chunk at a time as it is asked for, and what gzip packed once more. To be read to its end, or returned from.
   * @throws ArchiveError when nothing of the archive is to be trusted any more, ArchiveFull, or FormatError about this entry
   */
  open(): AsyncIterable<Uint8Array>;
}

export interface OpenArchive {
  /** The wanted files in the archive's order. */
  readonly entries: readonly ArchiveEntry[];
  close(): void;
}

/** An archive to be read and closed, or one sentence why it is not read at all. */
export type Archive = OpenArchive | { readonly refused: Text };

export interface ArchiveOptions {
  readonly wanted?: (name: string) => boolean;
  /** Bytes that may be unpacked, over all entries; 200 MB by default. */
  readonly unpackedBytes?: number;
  /** Time that may be spent waiting for the child, over all entries, in ms; 20 s by default. */
  readonly deadlineMs?: number;
}

const CHILD = new URL("../../dist/sandbox/archive-child.js", import.meta.url);
/** Beside the zip itself: a bare Node, and the chunks that are on their way to the parent. */
const LIMITS = { heapMb: 128, rssMb: 256 };

/** Bytes of the zip that go to the child at once. */
const BATCH = 4_000_000;

const answerShape = z.union([
  z.object({ entries: z.array(z.object({ name: z.string(), size: z.number() })) }),
  z.object({ chunk: z.instanceof(Uint8Array) }),
  z.object({ done: z.literal(true) }),
  z.object({ damaged: z.literal(true) }),
  z.object({ reason: z.string(), entry: z.string().optional() }),
  z.object({ broken: z.string() }),
]);

/** The reading of an archive ends: what it held is worth nothing. */
export class ArchiveError extends Error {
  readonly sentence: Text;

  constructor(sentence: Text) {
    super("the archive is not read");
    this.sentence = sentence;
  }
}

/** As many bytes as may be were unpacked. What was read before is sound. */
export class ArchiveFull extends Error {}

const about = (reason: string, entry: string | undefined): Text =>
  entry === undefined ? ["the archive is not read: ", reason] : [...text`the archive is not read: its entry ${entry} `, reason];

/** Downloads come in pieces of some KB, and a message for each would take longer than the unpacking. */
function* batches(pieces: readonly Uint8Array[]): Iterable<Uint8Array> {
  let [kept, length]: [Uint8Array[], number] = [[], 0];
  for (const piece of pieces) {
    kept.push(piece);
    length += piece.length;
    if (length < BATCH) continue;
    yield concatenated(kept, length);
    [kept, length] = [[], 0];
  }
  if (length > 0) yield concatenated(kept, length);
}

class ArchiveReader {
  private readonly child: Killable;
  private readonly left: { ms: number; bytes: number };
  private lost: ArchiveError | undefined;

  constructor(child: Killable, { deadlineMs = 20_000, unpackedBytes = 200_000_000 }: ArchiveOptions) {
    this.child = child;
    this.left = { ms: deadlineMs, bytes: unpackedBytes };
  }

  async list(zip: readonly Uint8Array[]): Promise<readonly { readonly name: string; readonly size: number }[]> {
    const total = zip.reduce((sum, piece) => sum + piece.length, 0);
    let at = 0;
    for (const piece of batches(zip)) {
      await this.ask({ piece, at, total });
      at += piece.length;
    }
    const answer = await this.ask({ list: true });
    return "entries" in answer ? answer.entries : [];
  }

  async *unpacked(position: number): AsyncIterable<Uint8Array> {
    try {
      for (let answer = await this.ask({ next: position }); "chunk" in answer; answer = await this.ask({ next: position })) {
        this.left.bytes -= answer.chunk.length;
        if (this.left.bytes < 0) throw new ArchiveFull();
        yield answer.chunk;
      }
    } finally {
      if (this.lost === undefined) await this.ask({ close: position });
    }
  }

  private async ask(question: ArchiveQuestion): Promise<z.infer<typeof answerShape>> {
    // A new child would know nothing of the archive.
    if (this.lost !== undefined) throw this.lost;
    const asked = performance.now();
    const answer = await this.child.ask(question, Math.max(1, Math.round(this.left.ms)));
    this.left.ms -= performance.now() - asked;
    if (answer.status === "stopped") {
      this.lost = new ArchiveError(text`the archive is not read: ${answer.reason}`);
      throw this.lost;
    }
    const read = answerShape.parse(answer.message);
    if ("damaged" in read) throw damagedGzip();
    if ("reason" in read) throw new ArchiveError(about(read.reason, read.entry));
    if ("broken" in read) throw new ArchiveError(text`the archive is not read: ${read.broken}`);
    return read;
  }
}

async function entriesOf(
  reader: ArchiveReader,
  zip: readonly Uint8Array[],
  wanted: (name: string) => boolean,
): Promise<readonly ArchiveEntry[]> {
  const all = (await reader.list(zip)).map(({ name, size }, position) => ({ name, size, open: () => reader.unpacked(position) }));
  return all.filter(({ name }) => !name.endsWith("/") && wanted(name));
}

/**
 * Opens a zip in memory, in a child of its own that is killed when it takes too long or grows too large, and that holds
 * the zip; this process holds a chunk at a time. Refuses the whole archive when one entry tries to escape (absolute, `..`,
 * symbolic link, NUL, the same name twice), grows 200 times, or is one of more than 1,000.
 *
 * @param zip the archive in pieces, which are not needed afterwards
 */
export async function openArchive(zip: readonly Uint8Array[], options: ArchiveOptions = {}): Promise<Archive> {
  const megabytes = Math.ceil(zip.reduce((sum, piece) => sum + piece.length, 0) / 1e6);
  const child = killable(CHILD, { ...LIMITS, rssMb: LIMITS.rssMb + megabytes });
  try {
    const entries = await entriesOf(new ArchiveReader(child, options), zip, options.wanted ?? (() => true));
    return { entries, close: () => child.retire() };
  } catch (error) {
    child.retire();
    if (error instanceof ArchiveError) return { refused: error.sentence };
    throw error;
  }
}
