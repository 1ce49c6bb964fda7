import type { CallFact } from "../../model/source.js";
import { arrayKinds, numberKinds, objectKinds, stringKinds } from "../languages/kinds.js";
import { nameOf } from "./names.js";
import { DEPTH, type Parsed } from "./parsed.js";
import { argumentNodes, unwrapped } from "./values.js";

const CALLEE = 160;
const RECEIVER = 24;

/** What is called, read from its end to its beginning. */
export type Chain = Pick<CallFact, "callee" | "receiver" | "root" | "method" | "chain"> & {
  /** The node before the method; null where there is none. */
  readonly object: number | null;
};

/** One step to the left; without `next` the chain begins here. */
interface Step {
  readonly name: string | null;
  /** How its arguments are shown; null where it is not called. */
  readonly called: string | null;
  readonly constructs: boolean;
  readonly next: number | null;
  readonly root: CallFact["root"];
  /** Where the written name begins, with its dot. */
  readonly from: number;
  readonly to: number;
}

const literalKinds = [stringKinds, numberKinds, arrayKinds, objectKinds];

/** The node of what a call calls, where it is one; else the call has a receiver and a name of their own. */
export function targetOf({ tree, table }: Parsed, call: number): number | null {
  const shape = table.calls[tree.kind(call)];
  if (!shape || shape.name !== undefined) return null;
  return shape.target === undefined ? tree.first(call) : tree.child(call, shape.target);
}

const step = (given: Partial<Step> & Pick<Step, "from" | "to">): Step => ({
  name: null,
  called: null,
  constructs: false,
  next: null,
  root: "other",
  ...given,
});

/** How the arguments of a call are shown. */
function shown(file: Parsed, call: number): string {
  const { tree, table } = file;
  if (argumentNodes(file, call).length > 0) return "(…)";
  return tree.child(call, table.calls[tree.kind(call)]?.arguments ?? "") === null ? "" : "()";
}

function callStep(file: Parsed, node: number): Step | null {
  const { tree, table } = file;
  const shape = table.calls[tree.kind(node)];
  if (!shape) return null;
  const called = shown(file, node);
  const target = targetOf(file, node);
  if (target !== null) return { ...targetStep(file, target), called, constructs: shape.constructs === true };
  const name = tree.child(node, shape.name ?? "");
  if (name === null) return null;
  const receiver = tree.child(node, shape.receiver ?? "");
  const from = receiver === null ? tree.start(name) : tree.end(receiver);
  return step({ name: nameOf(file, name), called, next: receiver, root: receiver === null ? "name" : "other", from, to: tree.end(name) });
}

/** What a call calls may be a call itself: `f(a)(b)`. */
function targetStep(file: Parsed, target: number): Step {
  const node = unwrapped(file, target);
  const end = file.tree.end(node);
  return file.table.calls[file.tree.kind(node)] ? step({ next: node, from: end, to: end }) : stepOf(file, node);
}

function memberStep(file: Parsed, node: number): Step | null {
  const { tree, table } = file;
  const shape = table.members[tree.kind(node)];
  if (!shape) return null;
  const object = tree.child(node, shape.object);
  const name = shape.name === undefined ? null : tree.child(node, shape.name);
  const bound = tree.children(node).at(-1);
  const last = name ?? (bound !== undefined && bound !== object && shape.name === undefined ? nameInside(file, bound) : null);
  const from = object === null ? tree.start(node) : tree.end(object);
  return step({ name: last === null ? null : nameOf(file, last), next: object, from, to: tree.end(last ?? node) });
}

/** `B` of C#'s `a?.B`, whose part behind the question mark is a node of its own. */
const nameInside = ({ tree }: Parsed, node: number): number | null =>
  tree.kind(node) === "member_binding_expression" ? tree.child(node, "name") : null;

function stepOf(file: Parsed, start: number): Step {
  const { tree } = file;
  const node = unwrapped(file, start);
  const [from, to] = [tree.start(node), tree.end(node)];
  const name = nameOf(file, node);
  if (name !== null) return step({ name, root: "name", from, to });
  const isLiteral = literalKinds.some((kinds) => kinds.has(tree.kind(node)));
  return callStep(file, node) ?? memberStep(file, node) ?? step({ root: isLiteral ? "literal" : "other", from, to });
}

function written({ tree }: Parsed, one: Step, isLast: boolean): string {
  const { name, next, root, from, to, called } = one;
  const own = tree.between(from, to, 80).replace(/ /g, "");
  const shownName = name === null && next === null && root === "other" ? "(…)" : own;
  return isLast ? shownName : `${shownName}${called ?? ""}`;
}

/** Reads what a call calls: at most 64 steps to the left. */
export function chainOf(file: Parsed, call: number): Chain {
  const steps: Step[] = [stepOf(file, call)];
  for (let next = steps[0]?.next ?? null; next !== null && steps.length < DEPTH; next = steps.at(-1)?.next ?? null) {
    steps.push(stepOf(file, next));
  }
  const [last, ...before] = steps;
  const callee = steps
    .map((one, index) => written(file, one, index === 0))
    .toReversed()
    .join("");
  return {
    callee: callee.length > CALLEE ? `…${callee.slice(1 - CALLEE)}` : callee,
    receiver: before
      .flatMap(({ name }) => name ?? [])
      .toReversed()
      .slice(-RECEIVER),
    root: rootOf(steps),
    method: last?.name ?? "",
    chain: steps.flatMap(({ name, called }) => (called !== null && name !== null ? [name] : [])).toReversed(),
    object: last?.next ?? null,
  };
}

function rootOf(steps: readonly Step[]): CallFact["root"] {
  if (steps.some(({ constructs }) => constructs)) return "construction";
  const begin = steps.at(-1);
  return begin && begin.called !== null && begin.root === "name" && steps.length > 1 ? "call" : (begin?.root ?? "other");
}
