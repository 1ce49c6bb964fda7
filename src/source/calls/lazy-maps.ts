import type { CallFact, FileFacts } from "../../model/source.js";
import { names } from "./names.js";
import { perFile } from "./per-file.js";

const MAPS = names("map flatMap");
/** Of those that end on one line. */
const LOOKED = 20;
const WAITING = names("all allSettled any race");

/** Calls of `map` by the line that they end on. */
const mapsByEnd = perFile(({ calls }) => {
  const by = new Map<number, CallFact[]>();
  for (const call of calls) if (MAPS(call.method)) by.set(call.endLine, [...(by.get(call.endLine) ?? []), call].slice(0, LOOKED));
  return by;
});

/** The call that makes a callback's loop. */
function mapOf({ loop: at }: CallFact, file: FileFacts): CallFact | null {
  const loop = at === null ? undefined : file.loops[at];
  if (loop?.kind !== "callback") return null;
  const isIt = ({ callee, line, loop: around }: CallFact): boolean =>
    line <= loop.line && around === loop.loop && loop.header.startsWith(callee.slice(-58));
  return (mapsByEnd(file).get(loop.endLine) ?? []).find(isIt) ?? null;
}

/** Names in what is waited for: `updates` of `Promise.all(updates)`. */
const waitedFor = perFile(
  ({ calls }) =>
    new Set(calls.flatMap(({ method, arguments: given }) => (WAITING(method) ? given.flatMap(({ text }) => text.split(/[^\w$]+/)) : []))),
);

/**
 * Whether queries are only put together here: ORMs of JavaScript run one when somebody waits for it, and a list of them
 * that nobody waits for here is what a transaction is given.
 */
export function isOnlyMade(call: CallFact, file: FileFacts): boolean {
  if (call.awaited || call.use.how !== "returned" || file.functions[call.function ?? -1]?.async !== false) return false;
  const map = mapOf(call, file);
  if (!map || map.awaited) return false;
  const { how, of, names: given } = map.use;
  if (how === "argument") return !WAITING(file.calls[of ?? -1]?.method ?? "");
  return how === "assigned" ? !given.some((name) => waitedFor(file).has(name)) : how !== "chained";
}
