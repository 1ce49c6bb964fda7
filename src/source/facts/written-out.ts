import type { CallFact, FunctionFact } from "../../model/source.js";
import { spreadKinds } from "../languages/kinds.js";
import type { Frames } from "./frames.js";
import { boundNames } from "./names.js";
import { DEPTH, type Parsed, part } from "./parsed.js";
import { unwrapped, valueKind } from "./values.js";

const TEXT = 110;
const GROWING = new Set("push unshift append appendleft extend insert add update setdefault set splice concat <<".split(" "));
/** A name that is given more values than these is none of a list that was written out. */
const GIVEN = 100;
/** What hands on each element of a list, and no more. */
const WRAPPED =
  /^(?:(?:Object\.(?:keys|values|entries)|enumerate|sorted|reversed|list|set|tuple|maps\.Keys|slices\.Sorted)\(([A-Za-z_$][\w$]*)\)|([A-Za-z_$][\w$]*)(?:\.(?:items|keys|values|entries)\(\))?)$/;
/** `[...new Set([a, b])]` */
const DISTINCT = /^\[ ?\.\.\.new Set\( ?\[(?! ?\.\.\.)/;

/** A value that a name was given. */
interface Given {
  readonly function: number;
  readonly isWritten: boolean;
}

/** Whether a function's loop goes through a list that somebody wrote out by hand. */
export type IsWrittenOut = (iterable: string, within: number) => boolean;

/** A list or dictionary with its elements. An empty one is there to be filled. */
function isWritten(file: Parsed, value: number): boolean {
  const { tree } = file;
  const node = unwrapped(file, value);
  const kind = valueKind(file, node);
  if (kind !== "array" && kind !== "object") return false;
  if (DISTINCT.test(tree.text(node, TEXT))) return true;
  const elements = tree.children(tree.child(node, "body") ?? node);
  return elements.length > 0 && !elements.some((element) => spreadKinds.has(tree.kind(element)));
}

/** The name that an assignment is about; of `counts[k] = v` it is `counts`, which grows. */
function target(file: Parsed, left: number): { readonly name: string; readonly grows: boolean } | null {
  const text = file.tree.text(left, TEXT);
  const grows = /^([\w$]+)\[/.exec(text);
  if (grows?.[1] !== undefined) return { name: grows[1], grows: true };
  const [name, ...others] = boundNames(file, left);
  return name === undefined || others.length > 0 ? null : { name, grows: false };
}

/** What one assignment gives to which name; null where it is of several names, or of none. */
function givenBy(file: Parsed, node: number, within: number): readonly [string, Given] | null {
  const { tree, table } = file;
  const shape = table.assignments[tree.kind(node)] ?? {};
  const left = part(file, node, shape.left ?? 0);
  const right = shape.right === undefined ? (tree.children(node).at(-1) ?? null) : part(file, node, shape.right);
  const of = left === null ? null : target(file, left);
  if (of === null || right === null || right === left) return null;
  return [of.name, { function: within, isWritten: !of.grows && isWritten(file, right) }];
}

function givenNames(file: Parsed, { assignments, functionOf }: Frames): ReadonlyMap<string, readonly Given[]> {
  const names = new Map<string, Given[]>();
  for (const [index, node] of assignments.entries()) {
    if (index % 1024 === 0) file.tick();
    const [name, given] = givenBy(file, node, functionOf[node] ?? -1) ?? [];
    if (name === undefined || given === undefined) continue;
    const known = names.get(name);
    if (known) known.push(given);
    else names.set(name, [given]);
  }
  return names;
}

function nameIn(iterable: string): string | null {
  const [, wrapped, plain] = WRAPPED.exec(iterable) ?? [];
  return wrapped ?? plain ?? null;
}

/** What a name was given in the innermost function that knows it; nothing where it is a parameter there. */
function inScope(name: string, given: readonly Given[], functions: readonly FunctionFact[], within: number): readonly Given[] {
  for (let [at, depth] = [within, 0]; depth < DEPTH; depth += 1) {
    const here = given.filter((one) => one.function === at);
    if (here.length > 0 || at < 0 || functions[at]?.parameters.includes(name)) return here;
    at = functions[at]?.function ?? -1;
  }
  return [];
}

/** Answers for loops of one file; a name is looked for in the function of the loop and in those around it. */
export function writtenOut(
  file: Parsed,
  frames: Frames,
  { functions, calls }: { readonly functions: readonly FunctionFact[]; readonly calls: readonly CallFact[] },
): IsWrittenOut {
  const names = givenNames(file, frames);
  const growing = new Set(calls.flatMap(({ method, receiver }) => (GROWING.has(method) ? (receiver.at(-1) ?? []) : [])));
  return (iterable, within) => {
    const name = nameIn(iterable);
    const given = names.get(name ?? "");
    if (name === null || given === undefined || given.length > GIVEN || growing.has(name)) return false;
    const here = inScope(name, given, functions, within);
    return here.length > 0 && here.every((one) => one.isWritten) && !file.tree.source.includes(`${name} +=`);
  };
}
