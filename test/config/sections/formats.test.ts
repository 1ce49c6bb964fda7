import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("formats", () => {
  it("keeps a format by file name", () => {
    expect(configOf("formats: { 'load-*.json': k6-summary }").formats).toEqual({ "load-*.json": "k6-summary" });
  });

  it("refuses what is no name", () => {
    expect(problemsOf("formats: { a: 1 }")).toEqual([
      "1: a: 1 is not accepted here (column 12); write the id of a result format such as k6-summary",
    ]);
  });
});
