import type { CallFact, FileFacts, LoopFact } from "../../model/source.js";
import { isConstant, names, wordsOf } from "./names.js";

/** Why a call in a loop is right there: the loop does not grow with data, or what it does cannot be done at once. */
export type Gate = "paging" | "retry" | "constant" | "worker" | "ancestors";

/** Words in the header of a loop that goes from one page or batch to the next: one query for each is the right design. */
const PAGING = names(
  "batch* chunk* slice slices page pages paging paginate* paginator cursor cursors offset buffer ranges windows shards hasnext hasmore",
);
/** Two words that only together mean it. */
const PAGING_PAIRS: ReadonlySet<string> = new Set([
  "last id",
  "has next",
  "has more",
  "in groups",
  "each slice",
  "next token",
  "next page",
]);
/** Words in the header of a loop that does one thing until it succeeds. */
const RETRYING = names("retry retries retrying attempt attempts redirect redirects deadline poll polling backoff tries");
/** Words in the header of a loop that gets one unit of work after the other. */
const WORKING = names("queue* channel chan consumer consume consumed subscription subscriber recv receive received");
/** Words in the header of a loop over what there are few of by their nature: each has code of its own. */
const FEW = names(
  "types kinds enum enums locales languages models tables environments migrations partitions indexes indices schemas params parameters weeks months years depth defaults builtins integrations plugins",
);
/** Words in the header of a loop along a path, which is as long as a tree is high. */
const ALONG = names("ancestors segments breadcrumbs");
/** `while (folder.parentId)`: as many rounds as a tree is high. */
const CLIMBING = names("parent parents ancestor ancestors");
/** Collections that are as long as somebody wrote them. */
const ENUM_MEMBERS =
  /^(?:Object\.(?:values|keys|entries)\([A-Z][\w.]*\)|[A-Z][\w.]*\.(?:values|GetValues|cases|entries)\(.*|range\(\d{1,4}(?:, ?\d{1,4}){0,2}\)|\d+\.times|\(?\d+\.\.\.?\d+\)?.*)$/;
/** `for kind in Kind:` goes through the members of a class. */
const PYTHON_ENUM = /\bin [A-Z][a-z\d]+(?:[A-Z][a-z\d]*)*:$/;
/** `orders[:50]` and `orders[:LIMIT]` have an end; `orders[limit:]` is what exceeds one. */
const SLICED = /\[(?::[\w.]{1,40}|[\w.]{1,40}:)\]$/;
const LITERAL =
  /^(?:\[(?!\.\.\.|\*| ?\w+ for )|\((?=["'\d])|\{(?=["'])|(?:List|Set|Arrays|Stream)\.(?:of|asList)\(|%[wi]\[|array\(|new \w*\[\])/;
/** `i < 3` and `i <= MAX_DEPTH`. */
const COUNTED = /[<>]=? ?(?:\d{1,4}|(?:[\w$]+\.)*[A-Z][A-Z\d_]+)(?:[;)\s{]|$)/;

/** Loops within loops that are looked through; nobody writes more. */
const DEPTH = 12;

function hasPair(words: readonly string[]): boolean {
  return words.some((word, index) => PAGING_PAIRS.has(`${word} ${words[index + 1]}`));
}

function isConstantBound({ kind, header, iterable, iterableKind }: LoopFact): boolean {
  if (kind === "counted") return COUNTED.test(header);
  if (iterableKind === "array" || iterableKind === "object") return !/\.\.\.|[[( ]\*/.test(iterable);
  if (iterableKind === "number" || LITERAL.test(iterable) || PYTHON_ENUM.test(header) || SLICED.test(iterable)) return true;
  return isConstant(iterable.replace(/\.(?:items|values|keys|entries|each)\(?\)?$/, "")) || ENUM_MEMBERS.test(iterable);
}

/** Why nobody should be told of a call in this loop; null where it runs once for each element of something that grows. */
export function gateOf(loop: LoopFact): Gate | null {
  if (loop.kind === "channel") return "worker";
  const words = wordsOf(loop.header);
  if (words.some(RETRYING) || loop.header.includes("Date.now")) return "retry";
  if (loop.kind === "endless" || /^do\b/.test(loop.header) || words.some(PAGING) || hasPair(words)) return "paging";
  if (words.some(WORKING)) return "worker";
  if (words.some(ALONG) || ((loop.kind === "while" || loop.kind === "counted") && words.some(CLIMBING))) return "ancestors";
  if (words.some(FEW)) return "constant";
  return loop.writtenOut || isConstantBound(loop) ? "constant" : null;
}

/** A call with the loop that repeats it for each element of something. */
export interface Repeated {
  readonly call: CallFact;
  readonly loop: LoopFact;
}

/**
 * The loop that repeats a call for each element of something that may grow. A loop that retries, or that goes through a
 * constant, runs in every round of the one around it; what is inside a loop over pages is where it belongs.
 */
export function repeatingLoop(call: CallFact, file: FileFacts): LoopFact | null {
  for (let at = call.loop, depth = 0; at !== null && depth < DEPTH; depth += 1) {
    const loop = file.loops[at];
    if (!loop || loop.awaited) return null;
    const gate = gateOf(loop);
    if (gate === null) return loop;
    if (gate !== "retry" && gate !== "constant") return null;
    at = loop.loop;
  }
  return null;
}

/** The calls of a file that run once for each element of something that may grow, of those that are wanted. */
export const repeated = (file: FileFacts, wanted: (call: CallFact, file: FileFacts) => boolean): readonly Repeated[] =>
  file.calls.flatMap((call) => {
    if (call.loop === null || !wanted(call, file)) return [];
    const loop = repeatingLoop(call, file);
    return loop ? [{ call, loop }] : [];
  });
