import type { FunctionFact } from "../../model/source.js";
import { nameKinds } from "../languages/kinds.js";
import type { FunctionNode } from "./frames.js";
import { bare, boundNames, nameOf } from "./names.js";
import { DEPTH, type Parsed } from "./parsed.js";

const NAME = 80;
const PATH = 200;

/** The name of the variable, field or key that a nameless function is the value of. */
function givenName(file: Parsed, node: number): string | null {
  const { tree } = file;
  const parent = tree.parent(node);
  const field = tree.field(node);
  if (field !== "value" && field !== "right") return null;
  const named = tree.child(parent, "name") ?? tree.child(parent, "key") ?? tree.child(parent, "left") ?? tree.child(parent, "property");
  if (named === null || named === node) return null;
  return nameKinds.has(tree.kind(named)) ? nameOf(file, named) : bare(tree.text(named, NAME));
}

const ownName = (file: Parsed, node: number): string | null => {
  const name = file.tree.child(node, "name");
  return name === null ? null : bare(file.tree.text(name, NAME));
};

/** `Store` of Go's `func (s *Store[T]) Find`. */
function receiverType({ tree }: Parsed, node: number): string | null {
  const receiver = tree.child(node, "receiver");
  return receiver === null ? null : (/\*?\s*([A-Za-z_]\w*)(?:\[[^\]]*\])?\s*\)$/.exec(tree.text(receiver, NAME))?.[1] ?? null);
}

/** What a function or class is called, with the type that a method of Go belongs to; null for what has no name, and for other nodes. */
function label(file: Parsed, node: number): string | null {
  const kind = file.tree.kind(node);
  if (file.table.classes.has(kind)) return ownName(file, node);
  if (!file.table.functions[kind]) return null;
  const names = [receiverType(file, node), ownName(file, node) ?? givenName(file, node)].filter((name) => name !== null);
  return names.length === 0 ? null : names.join(".");
}

/** Names of the classes between a function and the one around it, and its own, behind the path of the latter. */
function pathOf(file: Parsed, { node, function: around }: FunctionNode, outer: FunctionFact | undefined, ends: number): string {
  const names: string[] = [];
  for (let [depth, at] = [0, node]; depth < DEPTH && at >= 0 && !(around >= 0 && at === ends); depth += 1) {
    const name = label(file, at);
    if (name !== null) names.push(name);
    at = file.tree.parent(at);
  }
  const own = names.toReversed().join(".");
  return (outer && outer.path !== "" ? [outer.path, own].filter((part) => part !== "").join(".") : own).slice(-PATH);
}

function parametersOf(file: Parsed, node: number): readonly string[] {
  const { tree } = file;
  const list = tree.child(node, "parameters") ?? tree.child(node, "parameter");
  if (list === null) return [];
  const single = nameOf(file, list);
  if (single !== null) return [single];
  return tree.children(list).flatMap((parameter) => {
    // Go and C++ give several names one type.
    const named = tree.children(parameter).filter((child) => tree.field(child) === "name");
    return named.length > 1 ? named.flatMap((name) => boundNames(file, name)) : boundNames(file, parameter);
  });
}

const isAsync = ({ tree }: Parsed, node: number): boolean => {
  const body = tree.child(node, "body");
  const head = tree.between(tree.start(node), Math.min(body === null ? tree.end(node) : tree.start(body), tree.start(node) + 100), 100);
  return /(?:^|\s)async\b/.test(head.split("(")[0] ?? "");
};

function functionFact(file: Parsed, found: FunctionNode, path: string): FunctionFact {
  const { tree } = file;
  const { node, callback, function: around } = found;
  return {
    name: ownName(file, node) ?? givenName(file, node),
    path,
    line: tree.line(node),
    endLine: tree.endLine(node),
    parameters: parametersOf(file, node),
    callback,
    async: isAsync(file, node),
    function: around < 0 ? null : around,
  };
}

/** Facts of all functions; they come outer ones first, so that a path is made from the one around it. */
export function functionFacts(file: Parsed, all: readonly FunctionNode[]): readonly FunctionFact[] {
  const facts: FunctionFact[] = [];
  for (const found of all) {
    const path = pathOf(file, found, facts[found.function], all[found.function]?.node ?? -1);
    facts.push(functionFact(file, found, path));
  }
  return facts;
}
