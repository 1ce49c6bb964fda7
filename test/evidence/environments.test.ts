import { describe, expect, it } from "vitest";
import { environmentDifferences } from "../../src/evidence/environments.js";

describe("environments", () => {
  it("differ in what both state and state differently", () => {
    expect(environmentDifferences({ cpu: "A", cores: 2, os: "Linux" }, { cpu: "B", cores: 4, os: "Linux" })).toEqual(["cpu", "cores"]);
  });

  it("do not differ in what only one of them states", () => {
    expect(environmentDifferences({ cpu: "A" }, { runtime: "Node 20" })).toEqual([]);
    expect(environmentDifferences(undefined, { cpu: "A" })).toEqual([]);
    expect(environmentDifferences({ cpu: "A" }, undefined)).toEqual([]);
  });
});
