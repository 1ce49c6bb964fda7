import type { CallFact, FileFacts } from "../model/source.js";
import { text } from "../model/text.js";
import { isMilder } from "../source/calls/database-calls.js";
import { repeated } from "../source/calls/loops.js";
import { slowLoops } from "../source/calls/slow-work.js";
import { type SourceHit, shown } from "./source-rule.js";

/** Those in whose rounds something slower happens as well, and those that are milder by themselves, are worth a look at most. */
export function queryHits(file: FileFacts, wanted: (call: CallFact, file: FileFacts) => boolean): readonly SourceHit[] {
  const slow = slowLoops(file);
  return loopHits(file, wanted).map((hit) => {
    const isMild = slow.has(hit.call.loop ?? -1) || isMilder(hit.call, file);
    return isMild ? { ...hit, severity: "question" as const } : hit;
  });
}

/** The wanted calls that run once for each element of something that may grow. */
export const loopHits = (file: FileFacts, wanted: (call: CallFact, file: FileFacts) => boolean): readonly SourceHit[] =>
  repeated(file, wanted).map(({ call, loop }) => ({ call, what: text`${shown(call)} runs in each round of ${loop.header}` }));
