import type { LoopFact, LoopKind } from "../../model/source.js";
import { isAfterFailure } from "./after-failure.js";
import { chainOf } from "./chain.js";
import type { LoopNode } from "./frames.js";
import { boundNames } from "./names.js";
import { type Parsed, part } from "./parsed.js";
import { argumentNodes, argumentValue, unwrapped, valueKind } from "./values.js";
import type { IsWrittenOut } from "./written-out.js";

const HEADER = 110;
const TRUE = /^\(?(?:true|True|1)\)?$/;

type Written = Extract<LoopNode["by"], { readonly shape: unknown }>;

/** What of a loop is the same however it is written. */
interface Read {
  readonly kind: LoopKind;
  readonly header: string;
  /** What is gone through, or the condition. */
  readonly iterable: number | null;
  readonly variables: readonly string[];
}

function kindOf(file: Parsed, { kind, by }: LoopNode, iterable: number | null): LoopKind {
  if ("callback" in by) return kind;
  const text = iterable === null ? "" : file.tree.text(iterable, HEADER);
  // `for {` and `for x < 3 {` of Go are one kind of node; so are `for (;;)` and `for (;c;)`.
  if (kind === "endless") return text === "" ? "endless" : "while";
  if (kind === "counted") return text === "" ? "endless" : "counted";
  if (kind === "while") return TRUE.test(text) ? "endless" : "while";
  return kind === "for-each" && file.table.channels?.test(text) ? "channel" : kind;
}

function header({ tree }: Parsed, node: number, body: number | null): string {
  if (body === null) return tree.text(node, HEADER);
  const before = tree.between(tree.start(node), tree.start(body), HEADER);
  const after = tree.between(tree.end(body), tree.end(node), HEADER - 5);
  if (before === "do") return `do … ${after}`;
  return before === "" ? after : before;
}

/** What is gone through, or the condition. `for (;;)` has one that is empty. */
function iterableOf(file: Parsed, loop: LoopNode, { shape, parts }: Written, body: number | null): number | null {
  const { tree } = file;
  const bare = parts === loop.node && shape.kind === "endless" ? (tree.children(loop.node).find((child) => child !== body) ?? null) : null;
  const found = part(file, parts, shape.right) ?? part(file, parts, shape.condition) ?? bare;
  return found !== null && tree.text(found, 2) === ";" ? null : found;
}

function writtenLoop(file: Parsed, loop: LoopNode, by: Written): Read {
  const { tree } = file;
  const { shape, parts } = by;
  const isComprehension = loop.kind === "comprehension";
  const body = part(file, loop.node, shape.body) ?? (isComprehension ? null : tree.first(loop.node));
  const iterable = iterableOf(file, loop, by, body);
  const left = part(file, parts, shape.left);
  return {
    kind: kindOf(file, loop, iterable),
    header: isComprehension ? tree.text(parts, HEADER) : header(file, loop.node, body),
    iterable,
    variables: left === null ? [] : boundNames(file, left),
  };
}

function callbackLoop(file: Parsed, loop: LoopNode, callback: number): Read {
  const { tree } = file;
  const { callee, object } = chainOf(file, loop.node);
  const body = tree.child(callback, "body");
  const parameters = tree.child(callback, "parameters");
  const given = argumentNodes(file, loop.node).map((argument) => argumentValue(file, argument));
  const isBlock = tree.field(callback) === "block";
  const opening = tree.between(tree.start(callback), body === null ? tree.end(callback) : tree.start(body), 50);
  return {
    kind: loop.kind,
    header: `${callee.slice(-58)}${isBlock ? " " : "("}${opening}`.slice(0, HEADER),
    iterable: object ?? given.find((value) => value !== callback) ?? null,
    variables: parameters === null ? [] : boundNames(file, parameters),
  };
}

export function loopFact(file: Parsed, loop: LoopNode, callOf: (node: number) => number | null, isWrittenOut: IsWrittenOut): LoopFact {
  const { tree } = file;
  const read = "callback" in loop.by ? callbackLoop(file, loop, loop.by.callback) : writtenLoop(file, loop, loop.by);
  const iterable = read.iterable === null ? null : unwrapped(file, read.iterable);
  return {
    kind: read.kind,
    line: tree.line("callback" in loop.by ? loop.by.callback : loop.node),
    endLine: tree.endLine(loop.node),
    header: read.header,
    iterable: iterable === null ? "" : tree.text(iterable, HEADER),
    iterableKind: iterable === null ? "other" : valueKind(file, iterable),
    iterableCall: iterable === null ? null : callOf(iterable),
    variables: read.variables,
    writtenOut: iterable !== null && isWrittenOut(tree.text(iterable, HEADER), loop.function),
    afterFailure: isAfterFailure(file, loop.node),
    awaited: /^(?:for await|await foreach|async for)\b/.test(tree.text(loop.node, 20)) || /^async for\b/.test(read.header),
    function: loop.function < 0 ? null : loop.function,
    loop: loop.loop < 0 ? null : loop.loop,
  };
}
