import { type Text, text } from "../../model/text.js";
import { constant, findAll, type NodeOf, names } from "../postgres-tree.js";

const RANGES: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const LIKES: ReadonlySet<string> = new Set(["AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR"]);

const hasParameter = (expression: unknown): boolean => findAll(expression, "ParamRef").length > 0;

function isRange({ kind, name, lexpr, rexpr }: NodeOf<"A_Expr">): boolean {
  const compares = kind === "AEXPR_OP" && RANGES.has(names(name)[0] ?? "");
  return (compares || kind === "AEXPR_BETWEEN") && (hasParameter(lexpr) || hasParameter(rexpr));
}

/** True where a pattern is given at run time: until then PostgreSQL plans as if no index could serve. */
export const hasOpenPattern = (tree: unknown): boolean =>
  findAll(tree, "A_Expr").some(({ kind = "", rexpr }) => LIKES.has(kind) && hasParameter(rexpr));

const isPrefix = (pattern: unknown): boolean => typeof pattern === "string" && /^[^%_\\]/.test(pattern) && /[%_]/.test(pattern);

function sortsLikeProduction(collation: string | undefined): boolean {
  return collation !== undefined && /^(?:C|POSIX|C\.utf-?8)$/i.test(collation);
}

/**
 * What a plan of this statement cannot tell (sections of docs/plans.md).
 *
 * @param collation that of production's database, where it is known
 */
export function doubtsOf(tree: unknown, collation: string | undefined): readonly Text[] {
  const expressions = findAll(tree, "A_Expr");
  const range = expressions.some(isRange);
  const prefix = expressions.some(({ kind, rexpr }) => kind === "AEXPR_LIKE" && isPrefix(constant(rexpr)));
  return [
    ...(range ? [text`a range whose bounds are parameters is taken for a third of the rows, whatever they are`] : []),
    ...(prefix && !sortsLikeProduction(collation)
      ? [text`LIKE with a prefix uses an ordinary index here, and in production only where the collation is C`]
      : []),
  ];
}
