import type { FlowFact } from "../../model/source.js";
import { arrayKinds, objectKinds, pairKinds } from "../languages/kinds.js";
import { DEPTH, type Parsed, part } from "./parsed.js";
import { type Above, above, byKind, callAbove } from "./uses.js";

const containerKinds: ReadonlySet<string> = new Set([...objectKinds, ...arrayKinds, ...pairKinds, "composite_literal", "literal_value"]);

/** The first node above a value that is no object or list around it; null where the value is an argument, or a key. */
function beyondContainers(file: Parsed, name: number): (Above & { readonly contained: boolean }) | null {
  const { tree } = file;
  let at = above(file, name);
  let contained = false;
  for (let depth = 0; depth < DEPTH && at.node >= 0 && containerKinds.has(tree.kind(at.node)); depth += 1) {
    if (pairKinds.has(tree.kind(at.node)) && isKeyOrArgument(file, at)) return null;
    contained = true;
    at = above(file, at.node);
  }
  return { node: at.node, child: at.child, awaited: at.awaited, contained };
}

/** Of a pair: its key is no value, and arguments with a keyword are told by their call. */
const isKeyOrArgument = (file: Parsed, { node, child }: Above): boolean =>
  (file.tree.first(node) === child && file.tree.children(node).length > 1) || callAbove(file, file.tree.parent(node)) !== null;

/** Where the value of a variable goes, beside into a call; null where nothing is done with it. */
export function flowOf(file: Parsed, name: number): FlowFact["how"] | null {
  const { tree, table } = file;
  const found = beyondContainers(file, name);
  if (!found || found.node < 0) return null;
  const { node, child, contained } = found;
  const kind = tree.kind(node);
  const how = byKind(file, node, child);
  if (how === "returned" || how === "yielded") return how;
  if (how === "discarded") return null;
  if (table.scopes.has(kind)) return "scope";
  const shape = table.assignments[kind];
  if (shape) return part(file, node, shape.left ?? 0) === child ? null : "stored";
  return contained && !table.loops[kind] ? "stored" : null;
}
