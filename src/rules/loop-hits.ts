import type { CallFact, FileFacts } from "../model/source.js";
import { text } from "../model/text.js";
import { repeated } from "../source/calls/loops.js";
import { type SourceHit, shown } from "./source-rule.js";

/** The wanted calls that run once for each element of something that may grow. */
export const loopHits = (file: FileFacts, wanted: (call: CallFact, file: FileFacts) => boolean): readonly SourceHit[] =>
  repeated(file, wanted).map(({ call, loop }) => ({ call, what: text`${shown(call)} runs in each round of ${loop.header}` }));
