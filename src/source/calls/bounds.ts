import type { ArgumentFact, CallFact, FileFacts } from "../../model/source.js";
import { isOpaque, names, wordsOf } from "./names.js";
import { perFile } from "./per-file.js";

const READERS = names("io ioutil");
/** What a reader was made with that has an end: a limit, or a memory or file of this process. */
const BOUNDED = /Limit(?:ed)?Reader|MaxBytes|NewReader|NewBuffer|\bos\.|embed|bytes\.|strings\./;
/** Words in the name of a function, or of its type, whose requests go out. */
const OUTGOING = names("client transport tripper trip");
const FETCHING = names("findMany findAll findAndCountAll");
const BOUNDS = names("take limit first cursor pageSize perPage");
/** A list of keys bounds the result as well. */
const BY_KEYS = /\b(?:in|id|[a-z]\w*Ids?|_id|slug|\[Op\.in\]|OR): ?[[{\w]/;

/** Names that are given a reader with an end anywhere in the file. */
const limited = perFile(({ calls }) => new Set(calls.flatMap(({ use, callee }) => (BOUNDED.test(callee) ? use.names : []))));

/** The body of a response, by its writing. */
const isBody = ({ text }: ArgumentFact): boolean => /\.Body$/.test(text);

/** Whether all of a body is read, however long it is: `io.ReadAll(r.Body)`. */
export function isUnboundedRead(call: CallFact, file: FileFacts): boolean {
  const [source] = call.arguments;
  if (call.method !== "ReadAll" || !READERS(call.receiver.join(".")) || !source) return false;
  if (wordsOf(file.functions[call.function ?? -1]?.path ?? "").some(OUTGOING)) return false;
  return isBody(source) && !limited(file).has(source.text) && !limited(file).has(source.text.replace(/\.Body$/, ""));
}

/** Whether every record that matches is asked for: `prisma.order.findMany({ where })`. */
export function isUnboundedFetch(call: CallFact): boolean {
  const [options] = call.arguments;
  if (!FETCHING(call.method) || call.receiver.length === 0 || isOpaque(call)) return false;
  if (options === undefined) return true;
  return options.kind === "object" && !options.keys.some(BOUNDS) && !BY_KEYS.test(options.text);
}
