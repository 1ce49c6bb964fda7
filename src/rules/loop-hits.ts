import type { CallFact, FileFacts } from "../model/source.js";
import { text } from "../model/text.js";
import { repeated } from "../source/calls/loops.js";
import { isMild } from "../source/calls/mild.js";
import { slowLoops } from "../source/calls/slow-work.js";
import { type SourceHit, shown } from "./source-rule.js";

/** The wanted calls that run once for each element of something that may grow. Those that are milder are worth a look at most. */
export const loopHits = (file: FileFacts, wanted: (call: CallFact, file: FileFacts) => boolean): readonly SourceHit[] =>
  repeated(file, wanted).map(({ call, loop }) => ({
    call,
    what: text`${shown(call)} runs in each round of ${loop.header}`,
    ...(isMild(call, file, loop) && { severity: "question" as const }),
  }));

/** Queries in whose rounds something slower happens as well are worth a look at most. */
export function queryHits(file: FileFacts, wanted: (call: CallFact, file: FileFacts) => boolean): readonly SourceHit[] {
  const slow = slowLoops(file);
  return loopHits(file, wanted).map((hit) => (slow.has(hit.call.loop ?? -1) ? { ...hit, severity: "question" as const } : hit));
}
