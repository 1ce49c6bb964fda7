import { describe, expect, it } from "vitest";
import { selectStar } from "../../../src/rules/queries/select-star.js";
import { describePlanRule } from "../planned.js";
import { recordedQuery } from "../recorded-queries.js";

describePlanRule(selectStar, "changed", {
  firing: [
    [
      "all columns of many rows",
      () => recordedQuery("all columns by an index"),
      "rows of orders that orders_status_idx found, because * asks",
    ],
  ],
  silent: [
    ["columns by name", () => recordedQuery("some columns by an index")],
    ["few rows", () => recordedQuery("all columns of few rows")],
    ["a table that is read whole", () => recordedQuery("all columns of a table")],
    ["a count", () => recordedQuery("count of all")],
  ],
});

describe("queries/select-star", () => {
  it("is off unless it is switched on", () => {
    expect(selectStar.off).toBe(true);
  });
});
