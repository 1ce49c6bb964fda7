import type { ArgumentFact, ValueKind } from "../../model/source.js";
import {
  argumentListKinds,
  arrayKinds,
  booleanKinds,
  functionValueKinds,
  nameKinds,
  nullKinds,
  numberKinds,
  objectKinds,
  pairKinds,
  spreadKinds,
  stringKinds,
  unaryKinds,
  wrapperKinds,
} from "../languages/kinds.js";
import { rolesOf } from "../languages/roles.js";
import { bare } from "./names.js";
import { DEPTH, type Parsed } from "./parsed.js";

const TEXT = 80;
const KEYS = 64;
const ARGUMENTS = 64;

const KINDS: ReadonlyMap<string, ValueKind> = new Map(
  (
    [
      [stringKinds, "string"],
      [numberKinds, "number"],
      [booleanKinds, "boolean"],
      [nullKinds, "null"],
      [nameKinds, "identifier"],
      [spreadKinds, "spread"],
      [objectKinds, "object"],
      [arrayKinds, "array"],
      [functionValueKinds, "function"],
    ] as const
  ).flatMap(([kinds, value]) => [...kinds].map((kind) => [kind, value] as const)),
);

/** What is inside of parentheses, `await` and casts. */
export function unwrapped({ tree }: Parsed, value: number): number {
  let node = value;
  for (let depth = 0; depth < DEPTH && wrapperKinds.has(tree.kind(node)); depth += 1) {
    const inside = tree.children(node);
    const inner = tree.child(node, "value") ?? (tree.field(inside[0] ?? node) === "name" ? inside.at(-1) : inside[0]);
    // Several values are not one.
    if (inner === undefined || (inside.length > 1 && tree.kind(node) === "expression_list")) break;
    node = inner;
  }
  return node;
}

function compositeKind(file: Parsed, node: number): ValueKind {
  const type = file.tree.first(node);
  return type !== null && /^(?:slice|array)_type$|implicit_length/.test(file.tree.kind(type)) ? "array" : "object";
}

/** A path of names without a call in it. */
function isPath(file: Parsed, path: number): boolean {
  let node: number | null = path;
  for (let depth = 0; depth < DEPTH && node !== null; depth += 1) {
    const kind = file.tree.kind(node);
    if (nameKinds.has(kind)) return true;
    const shape = file.table.members[kind];
    if (!shape) return false;
    node = file.tree.child(node, shape.object);
    if (node === null) return true;
  }
  return false;
}

/** Of `-1`, and of Go's `&http.Client{}`: what stands behind the sign. */
function signedKind(file: Parsed, node: number): ValueKind {
  const behind = file.tree.first(node);
  const operand = behind === null ? null : unwrapped(file, behind);
  if (operand === null || unaryKinds.has(file.tree.kind(operand)) || !/^[-+&]/.test(file.tree.text(node, 2))) return "other";
  return valueKind(file, operand);
}

export function valueKind(file: Parsed, value: number): ValueKind {
  const node = unwrapped(file, value);
  const kind = file.tree.kind(node);
  const known = KINDS.get(kind);
  if (known) return known;
  if (kind === "composite_literal") return compositeKind(file, node);
  const role = rolesOf(file.table).of.get(kind);
  if (role === "function" || role === "call") return role;
  if (unaryKinds.has(kind)) return signedKind(file, node);
  return file.table.members[kind] && isPath(file, node) ? "member" : "other";
}

function keyOf({ tree }: Parsed, node: number): string | null {
  const field = tree.child(node, "name") ?? tree.child(node, "key");
  if (field !== null) return bare(tree.text(field, TEXT));
  if (tree.kind(node) === "assignment_expression") return bare(tree.text(tree.first(node) ?? node, TEXT));
  const [key, value] = tree.children(node);
  return pairKinds.has(tree.kind(node)) && key !== undefined && value !== undefined ? bare(tree.text(key, TEXT)) : null;
}

/** The keys of an object as far as they can be read. */
export function keysOf(file: Parsed, value: number): readonly string[] {
  const { tree } = file;
  const node = unwrapped(file, value);
  const kind = valueKind(file, node);
  if (kind !== "object" && kind !== "array") return [];
  const body = tree.child(node, "body") ?? node;
  return tree
    .children(body)
    .slice(0, KEYS)
    .flatMap((child) => {
      if (spreadKinds.has(tree.kind(child))) return ["..."];
      const key = tree.kind(child) === "shorthand_property_identifier" ? bare(tree.text(child, TEXT)) : keyOf(file, child);
      return key === null ? [] : [key];
    });
}

/** The nodes of a call's arguments: those in parentheses, and those that an initializer sets. */
export function argumentNodes({ tree, table }: Parsed, call: number): readonly number[] {
  const shape = table.calls[tree.kind(call)];
  const list = (shape?.arguments === undefined ? null : tree.child(call, shape.arguments)) ?? tree.childOf(call, argumentListKinds);
  const given = list === null ? [] : argumentListKinds.has(tree.kind(list)) ? tree.children(list) : [list];
  const initializer = tree.child(call, "initializer");
  return [...given, ...(initializer === null ? [] : tree.children(initializer))].slice(0, ARGUMENTS);
}

/** The node of an argument's value, behind its keyword. */
export function argumentValue({ tree }: Parsed, argument: number): number {
  const isNamed = pairKinds.has(tree.kind(argument)) || /^(?:argument|attribute_argument|assignment_expression)$/.test(tree.kind(argument));
  return isNamed ? (tree.child(argument, "value") ?? tree.children(argument).at(-1) ?? argument) : argument;
}

/** @param callOf the index of the call that a node is, if it is one */
export function argumentFact(file: Parsed, argument: number, callOf: (node: number) => number | null): ArgumentFact {
  const value = argumentValue(file, argument);
  return {
    keyword: value === argument ? null : keyOf(file, argument),
    kind: valueKind(file, value),
    text: file.tree.text(value, TEXT),
    keys: keysOf(file, value),
    call: callOf(unwrapped(file, value)),
  };
}
