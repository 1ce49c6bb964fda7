import type { CallFact, FileFacts } from "../../model/source.js";
import { names, wordsOf } from "./names.js";

/** Words in the name of a call that sends something somewhere, which takes longer than a query. */
const SENDING = names("send sendmail upload publish webhook notify deliver mailer s3 storage bucket");
/** Words in the name of a call that moves a file, when it is put or got. */
const FILES = names("file files object pdf image attachment");
const MOVING = names("put get download copy delete remove store");
/** What is told of a file without its content. */
const TOLD = names("name names type types size path paths extension url id ids meta metadata count");

function isSlow({ callee }: CallFact): boolean {
  const words = wordsOf(callee.slice(-80));
  return words.some(SENDING) || (words.some(FILES) && words.some(MOVING) && !words.some(TOLD));
}

/**
 * The loops of a file in whose rounds something is sent or stored elsewhere. A query less would save little there, and
 * what was done has to be noted for each.
 */
export function slowLoops({ calls }: FileFacts): ReadonlySet<number> {
  return new Set(calls.flatMap((call) => (call.loop !== null && isSlow(call) ? [call.loop] : [])));
}
