import type { CallUse } from "../../model/source.js";
import {
  argumentListKinds,
  awaitKinds,
  choiceKinds,
  discardKinds,
  pairKinds,
  returnKinds,
  wrapperKinds,
  yieldKinds,
} from "../languages/kinds.js";
import { boundNames } from "./names.js";
import { DEPTH, type Parsed, part } from "./parsed.js";

const TARGET = 80;
const transparentKinds: ReadonlySet<string> = new Set([...wrapperKinds, ...choiceKinds]);

/** Where a value goes: `node` is what stands above it, `child` the part of it that holds the value. */
export interface Above {
  readonly node: number;
  readonly child: number;
  readonly awaited: boolean;
}

/** Go's `&x` and `*x` are `x` for our purpose. */
const isPointer = ({ tree }: Parsed, node: number): boolean => tree.kind(node) === "unary_expression" && /^[&*]/.test(tree.text(node, 2));

const isTransparent = (file: Parsed, node: number): boolean => {
  const kind = file.tree.kind(node);
  if (kind === "argument_list") return /^(?:return|yield)$/.test(file.tree.kind(file.tree.parent(node)));
  return transparentKinds.has(kind) || isPointer(file, node);
};

/** The first node above a value that does something with it. */
export function above(file: Parsed, value: number): Above {
  let [child, node, awaited] = [value, file.tree.parent(value), false];
  for (let depth = 0; depth < DEPTH && node >= 0 && isTransparent(file, node); depth += 1) {
    awaited ||= awaitKinds.has(file.tree.kind(node));
    [child, node] = [node, file.tree.parent(node)];
  }
  return { node, child, awaited };
}

/** `using x = …` and `await using x = …`, which the grammar of TypeScript reads as an assignment. */
const isUsing = ({ tree }: Parsed, node: number): boolean =>
  /\busing\s{1,20}$/.test(tree.source.slice(Math.max(0, tree.start(node) - 12), tree.start(node))) || /^using /.test(tree.text(node, 8));

/** A scope that closes what is declared in it stands right above the declaration. */
function isScoped(file: Parsed, node: number): boolean {
  const { tree, table } = file;
  const declaration = tree.parent(node);
  return (
    isUsing(file, node) ||
    isUsing(file, declaration) ||
    table.scopes.has(tree.kind(tree.parent(declaration))) ||
    startsUsing(file, declaration)
  );
}

/** C#'s `using var x = …;`. */
const startsUsing = ({ tree }: Parsed, declaration: number): boolean =>
  /^(?:await )?using /.test(tree.text(tree.parent(declaration), 16)) &&
  tree.kind(tree.parent(declaration)) === "local_declaration_statement";

const use = (how: CallUse["how"], names: readonly string[] = [], of: number | null = null): CallUse => ({ how, names, of });

function assigned(file: Parsed, node: number, child: number): CallUse | null {
  const { tree, table } = file;
  const shape = table.assignments[tree.kind(node)];
  if (!shape) return null;
  const left = part(file, node, shape.left ?? 0);
  if (left === null || left === child) return use("nested");
  const isField =
    table.members[tree.kind(left)] !== undefined || table.calls[tree.kind(left)] !== undefined || /^[@]/.test(tree.text(left, 2));
  const single = tree.children(left).length === 1 ? (tree.first(left) ?? left) : left;
  if (isField || table.members[tree.kind(single)] !== undefined) return use("field", [tree.text(left, TARGET)]);
  const names = tree.kind(node) === "var_spec" || tree.kind(node) === "const_spec" ? declared(file, node) : boundNames(file, left);
  return use(isScoped(file, node) ? "scope" : "assigned", names);
}

/** Of `var a, b = f()`. */
const declared = (file: Parsed, node: number): readonly string[] =>
  file.tree.children(node).flatMap((child) => (file.tree.field(child) === "name" ? boundNames(file, child) : []));

function isReceiver({ tree, table }: Parsed, node: number, child: number): boolean {
  const kind = tree.kind(node);
  const member = table.members[kind];
  if (member) return tree.field(child) === member.object || tree.first(node) === child;
  const shape = table.calls[kind];
  return (
    shape !== undefined && (tree.field(child) === shape.receiver || (shape.target !== undefined && tree.field(child) === shape.target))
  );
}

function isIterated(file: Parsed, node: number, child: number): boolean {
  const { tree, table } = file;
  const direct = table.loops[tree.kind(node)];
  if (direct?.right !== undefined) return part(file, node, direct.right) === child;
  const outer = table.loops[tree.kind(tree.parent(node))];
  const inside = outer?.inside?.[tree.kind(node)];
  return inside?.right !== undefined && part(file, node, inside.right) === child;
}

const scopeNames = (file: Parsed, node: number, child: number): readonly string[] => {
  const named = file.tree.children(file.tree.kind(child) === "as_pattern" ? child : node).filter((other) => other !== child);
  return named.filter((other) => ["alias", "name"].includes(file.tree.field(other) ?? "")).flatMap((other) => boundNames(file, other));
};

/** The call whose arguments a list belongs to; null for a list of something else. */
export const callAbove = ({ tree, table }: Parsed, list: number): number | null =>
  argumentListKinds.has(tree.kind(list)) && table.calls[tree.kind(tree.parent(list))] ? tree.parent(list) : null;

function argumentUse(file: Parsed, node: number, callOf: (node: number) => number | null): CallUse | null {
  const { tree } = file;
  const list = pairKinds.has(tree.kind(node)) || tree.kind(node) === "argument" ? tree.parent(node) : node;
  const call = callAbove(file, list) ?? (file.table.calls[tree.kind(list)] && list !== node ? list : null);
  return call === null ? null : use("argument", [], callOf(call));
}

const BY_KIND: ReadonlyMap<string, CallUse["how"]> = new Map([
  ...[...discardKinds].map((kind) => [kind, "discarded"] as const),
  ...[...returnKinds].map((kind) => [kind, "returned"] as const),
  ...[...yieldKinds].map((kind) => [kind, "yielded"] as const),
  ["defer_statement", "deferred"],
  ["decorator", "decorator"],
]);

export function byKind({ tree, table }: Parsed, node: number, child: number): CallUse["how"] | null {
  const kind = tree.kind(node);
  const known = BY_KIND.get(kind);
  if (known) return known;
  return tree.field(child) === "body" && table.functions[kind] ? "returned" : null;
}

/** Whether something is called on what is read off a value. */
function isCalledOn(file: Parsed, from: Above): boolean {
  let { node, child } = from;
  for (let depth = 0; depth < DEPTH && node >= 0 && isReceiver(file, node, child); depth += 1) {
    if (file.table.calls[file.tree.kind(node)]) return true;
    ({ node, child } = above(file, node));
  }
  return false;
}

interface Used {
  readonly use: CallUse;
  readonly awaited: boolean;
  readonly outermost: boolean;
}

/** What becomes of a call's value, whether it is awaited first, and whether another call follows in its chain. */
export function useOf(file: Parsed, call: number, callOf: (node: number) => number | null): Used {
  const { tree, table } = file;
  if (table.calls[tree.kind(call)]?.decorates) return { use: use("decorator"), awaited: false, outermost: true };
  const over = above(file, call);
  const { node, child, awaited } = over;
  const isChained = node >= 0 && isReceiver(file, node, child);
  return { use: isChained ? use("chained") : endOf(file, over, callOf), awaited, outermost: !isChained || !isCalledOn(file, over) };
}

function endOf(file: Parsed, { node, child }: Above, callOf: (node: number) => number | null): CallUse {
  const how = node < 0 ? "discarded" : byKind(file, node, child);
  if (how) return use(how);
  if (file.table.scopes.has(file.tree.kind(node))) return use("scope", scopeNames(file, node, child));
  const other = assigned(file, node, child) ?? argumentUse(file, node, callOf);
  return other ?? use(isIterated(file, node, child) ? "iterated" : "nested");
}
