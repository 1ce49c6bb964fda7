import { describe, expect, it } from "vitest";
import { likelyRenames } from "../../src/evidence/renames.js";
import { time } from "./facts.js";

const named = (benchmark: string, metric = "time") => ({ key: `${benchmark} ${metric}`, first: time(1, { benchmark, metric }) });

describe("likely renames", () => {
  it("pairs one missing and one new name that share most of their ends", () => {
    const renames = likelyRenames([named("a/bench.py::test_sort")], [named("b/bench.py::test_sort")]);
    expect(renames.get("a/bench.py::test_sort time")).toBe("b/bench.py::test_sort");
    expect(renames.get("b/bench.py::test_sort time")).toBe("a/bench.py::test_sort");
  });

  it("pairs nothing when two new names are alike", () => {
    expect(likelyRenames([named("sort_small")], [named("sort_smalls"), named("sort_smaller")]).size).toBe(0);
  });

  it("pairs nothing when two missing names are alike", () => {
    expect(likelyRenames([named("sort_smalls"), named("sort_smaller")], [named("sort_small")]).size).toBe(0);
  });

  it("pairs nothing that differs in more than its ends", () => {
    expect(likelyRenames([named("parse_header")], [named("render_page")]).size).toBe(0);
  });

  it("pairs only the same metric", () => {
    expect(likelyRenames([named("sort", "time")], [named("sort", "throughput")]).size).toBe(0);
  });
});
