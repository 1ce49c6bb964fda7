import { describe, expect, it } from "vitest";
import { correlatedSubquery } from "../../../src/rules/queries/correlated-subquery.js";
import { describePlanRule, findingsOf, plansOf } from "../planned.js";
import { recordedQuery } from "../recorded-queries.js";

describePlanRule(correlatedSubquery, "changed", {
  firing: [
    [
      "a scan for each row of the result",
      () => recordedQuery("scalar sub-query by scan"),
      "for each of 150,000 rows, each time with Seq Scan on items",
    ],
    ["a scan for each row that a filter reads", () => recordedQuery("scalar sub-query by scan, in a filter"), "for each of 150,000 rows"],
  ],
  silent: [
    ["a look-up by an index", () => recordedQuery("scalar sub-query by index")],
    ["a page of rows", () => recordedQuery("scalar sub-query of a page")],
    ["one row", () => recordedQuery("scalar sub-query of one row")],
    ["a sub-query that is run once", () => recordedQuery("one sub-query for all")],
    ["a hashed sub-query", () => recordedQuery("hashed sub-query")],
  ],
});

describe("queries/correlated-subquery", () => {
  it("warns", async () => {
    const plans = plansOf([await recordedQuery("scalar sub-query by scan")]);
    expect(findingsOf(correlatedSubquery, plans).map(({ severity }) => severity)).toEqual(["warning"]);
  });
});
