import { genericKinds, nameKinds, stringKinds } from "../languages/kinds.js";
import { DEPTH, type Parsed } from "./parsed.js";

const NAME = 80;
const NAMES = 32;
/** Fields that hold the name in a declaration; what stands beside it is a type or a default. */
const NAMED = ["name", "pattern", "left", "declarator"] as const;
const ENDS: ReadonlySet<string> = new Set(["type_annotation", "type", "value", "right", "default_value", "key"]);

/** A name without its sigil, quotes or colon: `$x`, `'x'`, `x:`. */
export const bare = (written: string): string => written.replace(/^[$'"`:]+|['"`:]+$/g, "");

/** The name that a leaf is; null for anything else. */
export function nameOf({ tree }: Parsed, node: number): string | null {
  const kind = tree.kind(node);
  if (genericKinds.has(kind)) {
    const first = tree.first(node);
    return first === null ? null : bare(tree.text(first, NAME));
  }
  return nameKinds.has(kind) ? bare(tree.text(node, NAME)) : null;
}

/** The names that a pattern, a parameter or a list of them binds, at most 32. */
export function boundNames(file: Parsed, pattern: number): readonly string[] {
  const { tree } = file;
  const found: string[] = [];
  const left = [pattern];
  for (let steps = 0; left.length > 0 && found.length < NAMES && steps < DEPTH * 4; steps += 1) {
    const node = left.pop() ?? pattern;
    const name = nameOf(file, node);
    if (name !== null) found.push(name);
    else if (file.table.members[tree.kind(node)]) found.push(tree.text(node, NAME));
    else if (!stringKinds.has(tree.kind(node))) left.push(...bindingChildren(file, node).toReversed());
  }
  return found;
}

function bindingChildren({ tree }: Parsed, node: number): readonly number[] {
  const children = tree.children(node);
  const named = children.filter((child) => NAMED.some((field) => field === tree.field(child)));
  if (named.length > 0) return named;
  return children.filter((child) => !ENDS.has(tree.field(child) ?? ""));
}
