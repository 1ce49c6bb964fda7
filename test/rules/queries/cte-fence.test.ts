import { cteFence } from "../../../src/rules/queries/cte-fence.js";
import { describePlanRule } from "../planned.js";
import { recordedQuery } from "../recorded-queries.js";

describePlanRule(cteFence, "changed", {
  firing: [["MATERIALIZED with a condition outside", () => recordedQuery("materialized CTE"), "Works out all 150,000 rows of the CTE o"]],
  silent: [
    ["a CTE that is inlined", () => recordedQuery("inlined CTE")],
    ["few rows", () => recordedQuery("materialized CTE of few rows")],
    ["a CTE that is read as a whole", () => recordedQuery("CTE read as a whole")],
    ["a CTE that is read as a whole beside a part", () => recordedQuery("CTE used twice")],
    ["no CTE", () => recordedQuery("count of all")],
  ],
});
