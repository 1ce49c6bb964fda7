import { DEPTH, type Parsed } from "./parsed.js";

/** `if key not in known:`, `if (!known.has(key))`, `if (known[key] === undefined)`, `if order.Shop == nil {`, `if !found {`. */
const MISSING =
  /^\(?(?:[\w.[\]'"]{1,60} not in [\w.[\]'"]{1,60}|![\w.]{1,60}\.(?:has|includes|contains|containsKey|ContainsKey)\([^()]{0,60}\)|!\(?[\w.]{1,60} in [\w.]{1,60}\)?|![\w.]{1,60}\[[^[\]]{1,60}\]|[\w.]{1,60}\[[^[\]]{1,60}\] ===? (?:undefined|null)|(?![\w.]*[eE]rr\b)[\w.]{1,60} (?:== nil|is None|===? (?:null|undefined))|!(?:ok|found|exists|exist|hit|cached|seen|known))\)?$/;
/** The same where the other way is taken. */
const PRESENT =
  /^\(?(?:[\w.[\]'"]{1,60} in [\w.[\]'"]{1,60}|[\w.]{1,60}\.(?:has|includes|contains)\([^()]{0,60}\)|ok|found|exists|exist|hit|cached)\)?$/;
const LENGTH = 140;
const BRANCHES: ReadonlySet<string> = new Set(["if_statement", "if_modifier", "if", "unless"]);

/** Whether a node runs only where a look-up in memory found nothing. */
export function isWhenMissing({ tree }: Parsed, node: number): boolean {
  for (let [at, child, depth] = [tree.parent(node), node, 0]; at >= 0 && depth < DEPTH; depth += 1) {
    if (BRANCHES.has(tree.kind(at))) {
      const condition = tree.child(at, "condition");
      const text = condition === null ? "" : tree.text(condition, LENGTH);
      const field = tree.field(child);
      if ((field === "consequence" && MISSING.test(text)) || (field === "alternative" && PRESENT.test(text))) return true;
    }
    [child, at] = [at, tree.parent(at)];
  }
  return false;
}
