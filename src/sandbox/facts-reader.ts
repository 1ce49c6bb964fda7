import { z } from "zod";
import type { ReadFact, ReadFacts, SourceText } from "../evidence/sources.js";
import { type Text, text } from "../model/text.js";
import { factsShape } from "./facts-shape.js";
import type { Killable } from "./killable.js";
import type { FactsQuestion } from "./source-child.js";

export interface FactsLimits {
  /** Wall time for the parse of one file, and for the walk through its tree, in ms. */
  readonly parseMs: number;
  readonly walkMs: number;
  /** For all files of one pull request, in ms. */
  readonly callMs: number;
}

const FILE_BYTES = 500_000;
/** Nobody writes longer ones; 1 MB on one line took 614 ms and 164 MB to parse. */
const LINE = 20_000;
/** After the time for a pull request, how long the child may go on with its last file before it is killed. */
const GRACE_MS = 2000;

const answerShape = z.union([z.object({ facts: factsShape }), z.object({ limit: z.string() }), z.object({ failed: z.string() })]);

const refused = (reason: Text): ReadFact => ({ refused: reason });

export function hasLineOver(source: string, length: number): boolean {
  let start = 0;
  for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", start)) {
    if (end - start > length) return true;
    start = end + 1;
  }
  return source.length - start > length;
}

function whyNot(source: string): Text | null {
  if (Buffer.byteLength(source) > FILE_BYTES) return text`skipped: too large`;
  if (source.includes("\0")) return text`skipped: not text in UTF-8`;
  return hasLineOver(source, LINE) ? text`skipped: minified` : null;
}

async function read({ text: source, language }: SourceText, child: Killable, limits: FactsLimits, leftMs: number): Promise<ReadFact> {
  const unfit = whyNot(source);
  if (unfit) return refused(unfit);
  const { parseMs, walkMs } = limits;
  const question: FactsQuestion = { wants: "facts", text: source, language, parseMs, walkMs };
  const answer = await child.ask(question, Math.min(parseMs + walkMs, leftMs) + GRACE_MS);
  if (answer.status === "stopped") return refused(text`analysis aborted: ${answer.reason}`);
  const message = answerShape.parse(answer.message);
  if ("facts" in message) return message;
  if ("limit" in message) return refused([message.limit]);
  child.retire();
  return refused(text`analysis aborted: ${message.failed}`);
}

/** Reads facts with a child of its own time for each pull request: what is left when that is up is named. */
export function factsReader(child: Killable, limits: FactsLimits): ReadFacts {
  return async (sources) => {
    const until = performance.now() + limits.callMs;
    const all: ReadFact[] = [];
    for (const source of sources) {
      const left = until - performance.now();
      all.push(left > 0 ? await read(source, child, limits, left) : refused(text`not analysed: time budget`));
    }
    return all;
  };
}
