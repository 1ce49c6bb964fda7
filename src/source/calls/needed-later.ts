import type { CallFact, FileFacts, LoopFact } from "../../model/source.js";
import { isCapitalised, names } from "./names.js";
import { perFile } from "./per-file.js";

/** Loops, calls and uses that are looked at for one record; nobody writes more. */
const LOOKED = 200;
const MAKING = names("create Create* insert Insert* add Add* save Save* asave acreate");
const COPYING = names("copy deepcopy clone dup replace");

function grouped<K, T>(all: Iterable<readonly [K | null, T]>): ReadonlyMap<K, readonly T[]> {
  const by = new Map<K, T[]>();
  for (const [key, one] of all) {
    if (key === null) continue;
    const known = by.get(key);
    if (!known) by.set(key, [one]);
    else if (known.length < LOOKED) known.push(one);
  }
  return by;
}

const loopsWithin = perFile(({ loops }) => grouped(loops.map((loop, index) => [loop.loop, { loop, index }] as const)));
const callsOf = perFile(({ calls }) => grouped(calls.map((call) => [call.loop, call] as const)));
const flowsOf = perFile(({ flows }) => grouped(flows.map((flow) => [flow.name, flow] as const)));

const mentions = ({ receiver, arguments: given }: CallFact, name: string): boolean =>
  receiver[0] === name || given.some(({ text }) => text.split(/[^\w$]+/).includes(name));

/** The record that a call writes, where it is made in the same round; null for one that was there before. */
function madeRecord(call: CallFact, siblings: readonly CallFact[]): string | null {
  const [assigned] = call.use.how === "assigned" ? call.use.names : [];
  if (!MAKING(call.method)) return null;
  if (assigned !== undefined) return assigned;
  const [name] = call.receiver;
  if (name === undefined || call.receiver.length > 1) return null;
  const isMade = ({ method, use }: CallFact): boolean => use.names.includes(name) && (isCapitalised(method) || COPYING(method));
  return siblings.some(isMade) ? name : null;
}

/** Whether a loop within the round uses the record, as one does that writes what belongs to it. */
const isUsedInside = (name: string, { loop, index }: { readonly loop: LoopFact; readonly index: number }, file: FileFacts): boolean =>
  (flowsOf(file).get(name) ?? []).some(({ line }) => line >= loop.line && line <= loop.endLine) ||
  (callsOf(file).get(index) ?? []).some((call) => mentions(call, name));

/**
 * Whether a record is written by itself because what follows in the round needs its key: others belong to it, or it is
 * asked to do more.
 */
export function isNeededLater(call: CallFact, file: FileFacts): boolean {
  if (call.loop === null) return false;
  const siblings = callsOf(file).get(call.loop) ?? [];
  const name = madeRecord(call, siblings);
  if (name === null) return false;
  if (call.receiver[0] === name && siblings.some((other) => other.start > call.end && other.receiver[0] === name)) return true;
  return (loopsWithin(file).get(call.loop) ?? []).some((inside) => inside.loop.line >= call.line && isUsedInside(name, inside, file));
}
