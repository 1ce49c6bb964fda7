import { z } from "zod";
import type { ReadSource, ReadSources, SourceText } from "../evidence/sources.js";
import { type Text, text } from "../model/text.js";
import { type Killable, killable } from "./killable.js";
import type { SourceQuestion } from "./source-child.js";

export interface SourceReaderOptions {
  /** Wall time for one file, in ms. */
  readonly fileMs?: number;
  /** Wall time for all files of one call, in ms; what is left after that is refused. */
  readonly callMs?: number;
  readonly rssMb?: number;
}

const FILE_BYTES = 512 * 1024;
/** A line longer than this was written by a machine. */
const LINE = 20_000;
const HEAP_MB = 192;
/** What the child leaves of a file's time for its answer, so that it need not be killed. */
const SHARE = 0.75;
const CHILD = new URL("../../dist/sandbox/source-child.js", import.meta.url);

const offset = z.number().int().min(0);
const foundShape = z.object({
  start: offset,
  end: offset,
  sql: z.string(),
  segments: z.array(z.object({ at: offset, source: offset, fixed: z.boolean() })),
  kind: z.enum(["statements", "condition"]),
  certain: z.boolean(),
  open: z.enum(["extended", "built", "jpql"]).nullable(),
  place: z.string(),
  anchor: offset,
  wayBack: z.boolean(),
});
const answerShape = z.union([
  z.object({ found: z.array(foundShape), comments: z.array(z.object({ start: offset, end: offset })) }),
  z.object({ limit: z.string() }),
  z.object({ failed: z.string() }),
]);

const refused = (reason: Text): ReadSource => ({ refused: reason });

function hasLongLine(source: string): boolean {
  let start = 0;
  for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", start)) {
    if (end - start > LINE) return true;
    start = end + 1;
  }
  return source.length - start > LINE;
}

function whyNot(source: string): Text | null {
  if (Buffer.byteLength(source) > FILE_BYTES) return text`it is larger than ${FILE_BYTES / 1024} KB`;
  if (source.includes("\0")) return text`it holds NUL characters, so it is not text in UTF-8`;
  return hasLongLine(source)
    ? text`a line of it is longer than ${LINE.toLocaleString("en-US")} characters: it was made by a machine`
    : null;
}

async function read(source: SourceText, child: Killable, fileMs: number): Promise<ReadSource> {
  const unfit = whyNot(source.text);
  if (unfit) return refused(unfit);
  const question: SourceQuestion = { text: source.text, language: source.language, deadlineMs: fileMs * SHARE };
  const answer = await child.ask(question, fileMs);
  if (answer.status === "stopped") return refused(answer.reason);
  const message = answerShape.parse(answer.message);
  if ("limit" in message) return refused([message.limit]);
  if (!("failed" in message)) return message;
  child.retire();
  return refused(text`the parser failed: ${message.failed}`);
}

/**
 * Reads the SQL of source files in a child process that is forked for the first file and killed when one
 * takes too long or too much memory; that file is refused, the next one gets a new child. Calls wait for
 * each other.
 */
export function createSourceReader(options: SourceReaderOptions = {}): ReadSources & { close(): void } {
  const { fileMs = 2000, callMs = 30_000, rssMb = 256 } = options;
  const child = killable(CHILD, { heapMb: HEAP_MB, rssMb });
  const readAll = async (sources: readonly SourceText[]): Promise<readonly ReadSource[]> => {
    const until = performance.now() + callMs;
    const all: ReadSource[] = [];
    for (const source of sources) {
      const left = until - performance.now();
      all.push(
        left > 0
          ? await read(source, child, fileMs)
          : refused(text`the time for all source code of a pull request, ${callMs / 1000} s, was used up`),
      );
    }
    return all;
  };
  let last: Promise<unknown> = Promise.resolve();
  const readSources: ReadSources = (sources) => {
    const result = last.then(() => readAll(sources));
    last = result;
    return result;
  };
  return Object.assign(readSources, { close: child.retire });
}
