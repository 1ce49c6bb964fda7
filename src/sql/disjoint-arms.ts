import type { Query } from "./query.js";
import { bare } from "./scope.js";

/** The constants that a query gives out in every row, by their place; null elsewhere. */
const constants = ({ outputs }: Query): readonly unknown[] =>
  outputs.map(({ expression }) => {
    const value = bare(expression);
    return value?.kind === "constant" ? value.value : null;
  });

/** True for a UNION whose two sides differ in a constant, so that no row is on both. */
export function areDisjoint({ arms }: Query): boolean {
  if (!arms || arms.all || arms.operator !== "UNION") return false;
  const [left, right] = arms.queries.map(constants);
  return (left ?? []).some(
    (value, place) => value !== null && right?.[place] !== null && right?.[place] !== undefined && value !== right[place],
  );
}
