import { z } from "zod";
import { type Text, text } from "../model/text.js";
import type { ArchiveQuestion } from "./archive-child.js";
import { type Killable, killable } from "./killable.js";

export interface ArchiveEntry {
  /** Foreign text; never used as a path. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The wanted files of an archive in its order, or one sentence why it is not read at all. */
export type Archive = { readonly entries: readonly ArchiveEntry[] } | { readonly refused: Text };

export interface ArchiveOptions {
  /** Wall time for the whole archive, in ms. */
  readonly deadlineMs?: number;
}

const MB = 1024 * 1024;
const ZIP_BYTES = 50 * MB;
const CHILD = new URL("../../dist/sandbox/archive-child.js", import.meta.url);
// The archive, one unpacked entry and the copies that are on their way to the parent.
const LIMITS = { heapMb: 128, rssMb: 768 };

const answerShape = z.union([
  z.object({ names: z.array(z.string()) }),
  z.object({ bytes: z.instanceof(Uint8Array) }),
  z.object({ reason: z.string(), entry: z.string().optional() }),
  z.object({ broken: z.string() }),
]);

/** Ends the reading of an archive with the sentence for its refusal. */
class Refused extends Error {
  readonly sentence: Text;

  constructor(sentence: Text) {
    super("refused");
    this.sentence = sentence;
  }
}

const about = (reason: string, entry: string | undefined): Text =>
  entry === undefined ? ["the archive is not read: ", reason] : [...text`the archive is not read: its entry ${entry} `, reason];

class ArchiveReader {
  private readonly child: Killable;
  private readonly until: number;

  constructor(child: Killable, deadlineMs: number) {
    this.child = child;
    this.until = performance.now() + deadlineMs;
  }

  async names(zip: Uint8Array): Promise<readonly string[]> {
    const answer = await this.ask({ open: zip });
    return "names" in answer ? answer.names : [];
  }

  async bytes(position: number): Promise<Uint8Array> {
    const answer = await this.ask({ read: position });
    return "bytes" in answer ? answer.bytes : new Uint8Array();
  }

  private async ask(question: ArchiveQuestion): Promise<z.infer<typeof answerShape>> {
    const answer = await this.child.ask(question, Math.max(1, Math.round(this.until - performance.now())));
    if (answer.status === "stopped") throw new Refused(text`the archive is not read: ${answer.reason}`);
    const read = answerShape.parse(answer.message);
    if ("reason" in read) throw new Refused(about(read.reason, read.entry));
    if ("broken" in read) throw new Refused(text`the archive is not read: ${read.broken}`);
    return read;
  }
}

async function readAll(reader: ArchiveReader, zip: Uint8Array, wanted: (name: string) => boolean): Promise<readonly ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for (const [position, name] of (await reader.names(zip)).entries()) {
    if (name.endsWith("/") || !wanted(name)) continue;
    entries.push({ name, bytes: await reader.bytes(position) });
  }
  return entries;
}

/**
 * Unpacks the wanted files of a zip in memory, in a child of its own that is killed at the deadline.
 * Refuses the whole archive when one entry tries to escape (absolute, `..`, symbolic link, NUL, the same
 * name twice) or when it is over a cap: 50 MB packed, 200 MB unpacked, 1,000 entries, 200 times its size.
 */
export async function readArchive(
  zip: Uint8Array,
  wanted: (name: string) => boolean = () => true,
  options: ArchiveOptions = {},
): Promise<Archive> {
  if (zip.byteLength > ZIP_BYTES) return { refused: text`the archive is not read: it is larger than ${ZIP_BYTES / MB} MB` };
  const child = killable(CHILD, LIMITS);
  try {
    return { entries: await readAll(new ArchiveReader(child, options.deadlineMs ?? 20_000), zip, wanted) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.sentence };
    throw error;
  } finally {
    child.retire();
  }
}
