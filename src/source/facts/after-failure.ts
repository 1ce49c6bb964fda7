import { DEPTH, type Parsed } from "./parsed.js";

const HANDLERS: ReadonlySet<string> = new Set(["catch_clause", "except_clause", "except_group_clause", "rescue"]);
/** Go has no clause for it. */
const FAILED = /^(?:[\w.]*[eE]rr) != nil$/;

/** Whether a node stands where something has failed. */
export function isAfterFailure({ tree }: Parsed, node: number): boolean {
  for (let [at, child, depth] = [tree.parent(node), node, 0]; at >= 0 && depth < DEPTH; depth += 1) {
    const kind = tree.kind(at);
    if (HANDLERS.has(kind)) return true;
    if (kind === "if_statement" && tree.field(child) === "consequence") {
      const condition = tree.child(at, "condition");
      if (condition !== null && FAILED.test(tree.text(condition, 40))) return true;
    }
    [child, at] = [at, tree.parent(at)];
  }
  return false;
}
