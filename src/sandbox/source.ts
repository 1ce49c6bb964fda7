import { z } from "zod";
import type { ReadFacts, ReadSource, ReadSources, SourceText } from "../evidence/sources.js";
import { type Text, text } from "../model/text.js";
import { type FactsLimits, factsReader, hasLineOver } from "./facts-reader.js";
import { type Killable, killable } from "./killable.js";
import type { SourceQuestion } from "./source-child.js";

export interface SourceReaderOptions {
  /** Wall time for one file, in ms. */
  readonly fileMs?: number;
  /** Wall time for all files of one call, in ms; what is left after that is refused. */
  readonly callMs?: number;
  readonly rssMb?: number;
  /** For what the code itself says; in tests, longer. */
  readonly facts?: Partial<FactsLimits>;
}

const FILE_BYTES = 512 * 1024;
/** A line longer than this was written by a machine. */
const LINE = 20_000;
const HEAP_MB = 192;
/** What the child leaves of a file's time for its answer, so that it need not be killed. */
const SHARE = 0.75;
const FACTS: FactsLimits = { parseMs: 2000, walkMs: 2000, callMs: 10_000 };
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

function whyNot(source: string): Text | null {
  if (Buffer.byteLength(source) > FILE_BYTES) return text`it is larger than ${FILE_BYTES / 1024} KB`;
  if (source.includes("\0")) return text`it holds NUL characters, so it is not text in UTF-8`;
  return hasLineOver(source, LINE)
    ? text`a line of it is longer than ${LINE.toLocaleString("en-US")} characters: it was made by a machine`
    : null;
}

async function read(source: SourceText, child: Killable, fileMs: number): Promise<ReadSource> {
  const unfit = whyNot(source.text);
  if (unfit) return refused(unfit);
  const question: SourceQuestion = { wants: "sql", text: source.text, language: source.language, deadlineMs: fileMs * SHARE };
  const answer = await child.ask(question, fileMs);
  if (answer.status === "stopped") return refused(answer.reason);
  const message = answerShape.parse(answer.message);
  if ("limit" in message) return refused([message.limit]);
  if (!("failed" in message)) return message;
  child.retire();
  return refused(text`the parser failed: ${message.failed}`);
}

/** Runs one after the other what is asked at the same time. */
function inTurn(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run);
    last = result;
    return result;
  };
}

/**
 * Reads the SQL and the facts of source files in a child process that is forked for the first file and killed when one
 * takes too long or too much memory; that file is refused, the next one gets a new child. Calls wait for
 * each other.
 */
export function createSourceReader(options: SourceReaderOptions = {}): ReadSources & { readonly facts: ReadFacts; close(): void } {
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
  const readFacts = factsReader(child, { ...FACTS, ...options.facts });
  const turn = inTurn();
  const readSources: ReadSources = (sources) => turn(() => readAll(sources));
  return Object.assign(readSources, { facts: (sources: readonly SourceText[]) => turn(() => readFacts(sources)), close: child.retire });
}
