import { countUnbounded } from "../../../src/rules/queries/count-unbounded.js";
import { describePlanRule } from "../planned.js";
import { counted, recordedQuery } from "../recorded-queries.js";

// The plans count 150,000 rows: of a table of 1,000,000 they would be a narrow part, so the sizes tell of the same rows.
const LARGE = 1_000_000;

describePlanRule(countUnbounded, "changed", {
  firing: [
    ["all rows", async () => atSize("count of all"), "Counts 1,500,000 rows of orders"],
    ["a wide condition", async () => atSize("count by a wide condition"), "rows of orders"],
    ["a count beside each row", async () => atSize("count over a window"), "rows of orders"],
  ],
  silent: [
    ["a smaller table", () => recordedQuery("count of all")],
    ["a narrow condition", async () => atSize("count by a condition")],
    ["groups", async () => atSize("count of groups")],
    ["a sum, which is asked for its value", async () => atSize("sum of all")],
    ["a part of a larger table", () => recordedQuery("count of all", counted(10 * LARGE))],
  ],
});

/** The recorded plan with ten times the rows, on a table of ten times the size. */
async function atSize(name: string) {
  const one = await recordedQuery(name, counted(1_500_000));
  return one.state === "planned" ? { ...one, after: tenfold(one.after) } : one;
}

function tenfold<T extends { readonly rows: number; readonly children: readonly T[] }>(node: T): T {
  return { ...node, rows: node.rows * 10, children: node.children.map(tenfold) };
}
