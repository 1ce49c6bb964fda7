import type { LoopKind } from "../../model/source.js";
import { bodyKinds, functionValueKinds } from "../languages/kinds.js";
import { type Roles, rolesOf } from "../languages/roles.js";
import type { LoopShape } from "../languages/table.js";
import { targetOf } from "./chain.js";
import { nameOf } from "./names.js";
import { type Parsed, part } from "./parsed.js";
import { argumentNodes, argumentValue } from "./values.js";

export interface LoopNode {
  readonly node: number;
  readonly kind: LoopKind;
  readonly function: number;
  readonly loop: number;
  /** The parts of a loop of the language; of a callback's loop, the callback. */
  readonly by: { readonly shape: LoopShape; readonly parts: number } | { readonly callback: number };
}

export interface FunctionNode {
  readonly node: number;
  readonly callback: boolean;
  readonly function: number;
}

/** Which function and which loop run each node; −1 for none. Functions and loops are positions in the lists. */
export interface Frames {
  readonly functionOf: readonly number[];
  readonly loopOf: readonly number[];
  readonly functions: readonly FunctionNode[];
  readonly loops: readonly LoopNode[];
  /** The nodes of calls, outer before inner. */
  readonly calls: readonly number[];
  readonly imports: readonly number[];
  /** Names that stand for a value which may go somewhere. */
  readonly variables: readonly number[];
  /** What gives a value to a name. */
  readonly assignments: readonly number[];
}

/** A function in a list of arguments may run where it stands. */
function isCallback({ tree, table }: Parsed, node: number): boolean {
  const kind = tree.kind(node);
  if (table.functions[kind]?.callback) return true;
  const list = tree.kind(tree.parent(node)) === "argument" ? tree.parent(tree.parent(node)) : tree.parent(node);
  return /^arguments$|^argument_list$|^keyword_argument$/.test(tree.kind(list));
}

/** The function or block that an iterator method is given; null where the call is no iteration. */
function iteration(file: Parsed, call: number): { readonly callback: number; readonly kind: LoopKind } | null {
  const { tree, table } = file;
  const { iterators } = table;
  if (!iterators) return null;
  const name = methodName(file, call);
  if (name === null) return null;
  const isMethod = iterators.methods.has(name.text) && name.hasReceiver;
  const isEndless = iterators.endless?.has(name.text) ?? false;
  if (!isMethod && !isEndless && !(iterators.functions?.has(name.text) && !name.hasReceiver)) return null;
  const callback = iterators.by === "block" ? tree.child(call, "block") : functionAmong(file, call);
  return callback === null ? null : { callback, kind: isEndless ? "endless" : "callback" };
}

function functionAmong(file: Parsed, call: number): number | null {
  const { tree, table } = file;
  const values = argumentNodes(file, call).map((argument) => argumentValue(file, argument));
  return values.find((value) => table.functions[tree.kind(value)] !== undefined || functionValueKinds.has(tree.kind(value))) ?? null;
}

/** The name of a called method, without what stands before it. */
function methodName(file: Parsed, call: number): { readonly text: string; readonly hasReceiver: boolean } | null {
  const { tree, table } = file;
  const shape = table.calls[tree.kind(call)];
  const target = targetOf(file, call);
  const member = target === null ? undefined : table.members[tree.kind(target)];
  const node = target === null ? tree.child(call, shape?.name ?? "") : member ? tree.child(target, member.name ?? "") : target;
  const text = node === null ? null : nameOf(file, node);
  if (text === null) return null;
  return { text, hasReceiver: member !== undefined || tree.child(call, shape?.receiver ?? "") !== null };
}

function loopParts({ tree }: Parsed, node: number, shape: LoopShape): { readonly shape: LoopShape; readonly parts: number } {
  for (const child of shape.inside ? tree.children(node) : []) {
    const inside = shape.inside?.[tree.kind(child)];
    if (inside) return { shape: { ...shape, ...inside }, parts: child };
  }
  return { shape, parts: node };
}

/** What a loop evaluates once: before its first round, and in Python's `else` after the last. */
const onceOf = (file: Parsed, { shape, parts }: { readonly shape: LoopShape; readonly parts: number }): readonly number[] =>
  [part(file, parts, shape.right), part(file, parts, shape.once), part(file, parts, "alternative")].flatMap((node) => node ?? []);

/** Goes through the tree once. */
class FrameWalk {
  private readonly file: Parsed;
  /** What holds for a node's children. */
  private readonly innerFunction: number[] = [];
  private readonly innerLoop: number[] = [];
  private readonly functionOf: number[] = [];
  private readonly loopOf: number[] = [];
  private readonly functions: FunctionNode[] = [];
  private readonly loops: LoopNode[] = [];
  private readonly calls: number[] = [];
  private readonly imports: number[] = [];
  private readonly variables: number[] = [];
  private readonly assignments: number[] = [];
  private readonly roles: Roles;
  /** Nodes that run in another loop than their parent's children. */
  private readonly elsewhere = new Map<number, number>();
  private readonly callbackLoops = new Map<number, number>();

  constructor(file: Parsed) {
    this.file = file;
    this.roles = rolesOf(file.table);
  }

  walk(): Frames {
    const { tree, tick } = this.file;
    for (let node = 0; node < tree.size; node += 1) {
      if (node % 1024 === 0) tick();
      const parent = tree.parent(node);
      const fn = parent < 0 ? -1 : (this.innerFunction[parent] ?? -1);
      const loop = this.elsewhere.get(node) ?? (parent < 0 ? -1 : (this.innerLoop[parent] ?? -1));
      this.functionOf[node] = this.innerFunction[node] = fn;
      this.loopOf[node] = this.innerLoop[node] = loop;
      this.enter(node, fn, loop);
    }
    const { functionOf, loopOf, functions, loops, calls, imports, variables, assignments } = this;
    return { functionOf, loopOf, functions, loops, calls, imports, variables, assignments };
  }

  private enter(node: number, fn: number, loop: number): void {
    const { tree } = this.file;
    const role = this.roles.of.get(tree.kind(node));
    if (role === undefined) return;
    if (role === "function") this.enterFunction(node, fn, loop);
    else if (role === "loop") this.enterLoop(node, fn, loop);
    else if (role === "call") this.enterCall(node, fn, loop);
    else if (role === "import") this.imports.push(node);
    else if (role === "assignment") this.assignments.push(node);
    else if (this.roles.takers.has(tree.kind(tree.parent(node)))) this.variables.push(node);
  }

  private enterFunction(node: number, fn: number, loop: number): void {
    const callback = isCallback(this.file, node);
    this.functions.push({ node, callback, function: fn });
    this.innerFunction[node] = this.functions.length - 1;
    this.innerLoop[node] = callback ? (this.callbackLoops.get(node) ?? loop) : -1;
  }

  private enterLoop(node: number, fn: number, loop: number): void {
    const shape = this.file.table.loops[this.file.tree.kind(node)];
    if (!shape) return;
    const by = loopParts(this.file, node, shape);
    this.loops.push({ node, kind: by.shape.kind, function: fn, loop, by });
    this.innerLoop[node] = this.loops.length - 1;
    for (const once of onceOf(this.file, by)) this.elsewhere.set(once, loop);
  }

  private enterCall(node: number, fn: number, loop: number): void {
    const { tree, table } = this.file;
    const only = table.calls[tree.kind(node)]?.only;
    const target = only ? targetOf(this.file, node) : null;
    if (only && (target === null || !only.has(tree.kind(target)))) return;
    this.calls.push(node);
    const found = iteration(this.file, node);
    if (!found) return;
    this.loops.push({ node, kind: found.kind, function: fn, loop, by: { callback: found.callback } });
    const made = this.loops.length - 1;
    this.callbackLoops.set(found.callback, made);
    if (bodyKinds.has(tree.kind(found.callback))) this.elsewhere.set(found.callback, made);
  }
}

export const framesOf = (file: Parsed): Frames => new FrameWalk(file).walk();
