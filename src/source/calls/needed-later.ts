import type { CallFact, FileFacts, LoopFact } from "../../model/source.js";
import { names } from "./names.js";
import { perFile } from "./per-file.js";

/** Loops, calls and uses that are looked at for one record; nobody writes more. */
const LOOKED = 200;
const MAKING = names("create Create* insert Insert* add Add* save Save* asave acreate");

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

/** What gives a record that was there before. */
const READING = names("first last get find* Find* Get* latest earliest get_object_or_404");
/** Lists that records are put into when they are done with. */
const COLLECTING = names("append push add extend log info debug warn error Errorf Info Msg");
const KEYS = /^\.(?:ID|Id|id|pk|_id|uuid|UUID)\b/;

/** `order.ID`, wherever it goes. */
const takesKey = ({ arguments: given }: CallFact, name: string): boolean =>
  given.some(({ text }) => text.startsWith(name) && KEYS.test(text.slice(name.length)));

/** The record that a call writes, where it is made in the same round; null for one that was there before. */
function madeRecord(call: CallFact, siblings: readonly CallFact[]): string | null {
  const [assigned] = call.use.how === "assigned" ? call.use.names : [];
  if (!MAKING(call.method)) return null;
  if (assigned !== undefined && !/^err$/i.test(assigned)) return assigned;
  const [own] = call.receiver.length === 1 ? call.receiver : [];
  const handed = call.arguments.at(-1);
  const name = call.arguments.length === 2 && handed?.kind === "identifier" ? handed.text : own;
  const isMade = ({ use, end, method }: CallFact): boolean => end < call.end && use.names.includes(name ?? "") && !READING(method);
  return name !== undefined && siblings.some(isMade) ? name : null;
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
  const loop = call.loop === null ? undefined : file.loops[call.loop];
  if (call.loop === null || !loop) return false;
  const siblings = callsOf(file).get(call.loop) ?? [];
  const name = madeRecord(call, siblings);
  if (name === null) return false;
  const isGo = file.language === "go";
  const uses = (other: CallFact): boolean => takesKey(other, name) || (!isGo && !COLLECTING(other.method) && mentions(other, name));
  if (siblings.some((other) => other.start > call.end && uses(other))) return true;
  const isKept = ({ how, line }: FileFacts["flows"][number]): boolean => how === "stored" && line > call.endLine && line <= loop.endLine;
  if (!isGo && (flowsOf(file).get(name) ?? []).some(isKept)) return true;
  return (loopsWithin(file).get(call.loop) ?? []).some((inside) => inside.loop.line >= call.line && isUsedInside(name, inside, file));
}
