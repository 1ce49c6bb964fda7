import type { Catalogue } from "../model/catalogue.js";
import type { Expression, ExpressionOf, Leaf, Query } from "./query.js";
import { conditions, conjuncts, expressions, type Join, joins, leaves, levels, parts } from "./query-walk.js";
import { isFew } from "./row-bounds.js";
import { givenColumns, leafOf } from "./scope.js";

/** Sources that are linked, directly or through others, have the same group. */
class Groups {
  private readonly parents = new Map<Leaf, Leaf>();

  of(leaf: Leaf): Leaf {
    let root = leaf;
    for (let next = this.parents.get(root); next; next = this.parents.get(root)) root = next;
    return root;
  }

  link(all: readonly Leaf[]): void {
    const [first, ...rest] = all;
    if (!first) return;
    for (const leaf of rest) if (this.of(leaf) !== this.of(first)) this.parents.set(this.of(leaf), this.of(first));
  }
}

/** The columns of a condition, those of the queries inside it among them: they may refer to this level. */
function columnsIn(condition: Expression): readonly ExpressionOf<"column">[] {
  const own = parts(condition);
  const inner = own.flatMap((part) => ("query" in part ? levels(part.query) : [])).flatMap((level) => expressions(level).flatMap(parts));
  return [...own, ...inner].filter((part) => part.kind === "column");
}

const isTrue = (condition: Expression): boolean => condition.kind === "constant";

/** USING and NATURAL, and what is made for each row of the other side, link by themselves. */
const isLinkedAsWritten = ({ using, right }: Join): boolean => using || (right.kind === "subquery" && right.lateral);

/**
 * One source of each group that no condition links with another, without those that are narrowed to a given
 * value (the same one may link them) and those that hold a row or a few: by a LIMIT, an aggregate, or as a
 * function's result. Doubt counts as a link: an unqualified column may
 * be anybody's, and a CTE may hold one row.
 */
export function unlinked(query: Query, catalogue: Catalogue | null): readonly Leaf[] {
  const all = leaves(query.from);
  if (all.length < 2) return [];
  const groups = new Groups();
  for (const join of joins(query.from)) if (isLinkedAsWritten(join)) groups.link(leaves([join.left, join.right]));
  for (const condition of conditions(query).flatMap(conjuncts)) {
    if (isTrue(condition)) continue;
    const columns = columnsIn(condition);
    const owners = columns.map((column) => leafOf(column, query, catalogue));
    const isDoubtful = columns.some(({ qualifier }, place) => qualifier === null && owners[place] === null);
    groups.link(isDoubtful ? all : owners.filter((leaf) => leaf !== null));
  }
  const isMany = (leaf: Leaf): boolean =>
    leaf.kind !== "cte" && !isFew(leaf) && !(leaf.kind === "subquery" && leaf.lateral) && givenColumns(query, leaf, catalogue).length === 0;
  const counted = all.filter((leaf) => all.filter((other) => groups.of(other) === groups.of(leaf)).every(isMany));
  return [...new Map(counted.map((leaf) => [groups.of(leaf), leaf])).values()];
}
