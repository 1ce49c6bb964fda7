import { orAcrossColumns } from "../../../src/rules/queries/or-across-columns.js";
import { describePlanRule } from "../planned.js";
import { counted, recordedQuery } from "../recorded-queries.js";

describePlanRule(orAcrossColumns, "changed", {
  firing: [
    ["a column without an index", () => recordedQuery("OR of two columns"), "Reads all 150,000 rows of orders for an OR over status, note"],
  ],
  silent: [
    ["one column", () => recordedQuery("OR of one column")],
    ["columns that both have an index", () => recordedQuery("OR of indexed columns")],
    ["OR beside a key", () => recordedQuery("OR beside a key")],
    ["a smaller table", () => recordedQuery("OR of two columns", counted(50_000))],
    ["no OR", () => recordedQuery("count by a wide condition")],
  ],
});
