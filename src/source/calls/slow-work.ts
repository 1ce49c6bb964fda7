import type { CallFact, FileFacts } from "../../model/source.js";
import { names, wordsOf } from "./names.js";
import { perFile } from "./per-file.js";

/** Words in the name of a call that sends something somewhere, which takes longer than a query. */
const SENDING = names("send sendmail imap smtp upload publish webhook notify deliver mailer s3 storage bucket");
/** Words in the name of a call that moves a file, when it is put or got. */
const FILES = names("file files object pdf image attachment");
const MOVING = names("put get download copy delete remove store");
/** A letter that is made in a round is sent in it. */
const LETTER = /(?:Email|Mail)$/;
/** Loops within loops that are looked through; nobody writes more. */
const DEPTH = 12;
/** What is told of a file without its content. */
const TOLD = names("name names type types size path paths extension url id ids meta metadata count");

function isSlow(call: CallFact): boolean {
  const words = wordsOf(call.callee.slice(-80));
  if (words.some(SENDING) || (call.constructs && LETTER.test(call.method))) return true;
  return words.some(FILES) && words.some(MOVING) && !words.some(TOLD);
}

/** A loop and those around it. */
function outwards(file: FileFacts, innermost: number | null): readonly number[] {
  const found: number[] = [];
  for (let at = innermost; at !== null && found.length < DEPTH; at = file.loops[at]?.loop ?? null) found.push(at);
  return found;
}

/**
 * The loops of a file in whose rounds something is sent or stored elsewhere. A query less would save little there, and
 * what was done has to be noted for each.
 */
export const slowLoops = perFile(
  (file: FileFacts): ReadonlySet<number> => new Set(file.calls.flatMap((call) => (isSlow(call) ? outwards(file, call.loop) : []))),
);
