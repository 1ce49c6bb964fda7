import { describe, expect, it } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { Measured, Review } from "../../src/model/verdict.js";
import { measuredOf, notMeasuredAgain } from "../../src/review/earlier-measurement.js";
import { collected } from "./facts.js";

const SHA = "a".repeat(40);
const over: Measured = { sha: SHA, workflows: ["load.yml", "bench.yml"], over: text`checkout takes 60 ms` };
const source = (workflow: string) => ({ id: 1, attempt: 1, url: "", workflow });
const results = (...workflows: string[]) => ({
  files: workflows.map((workflow) => ({ file: "r/k6.json", run: {} as never, source: source(workflow) })),
});
const asked = (evidence: Parameters<typeof collected>[0], earlier: Measured | null = over) =>
  notMeasuredAgain(collected(evidence), earlier).map(plain);

describe("a figure that closed the gate of an earlier head", () => {
  it("is answered only when each workflow that measured it has measured this head (R28)", () => {
    expect(asked({ results: null })).toEqual([
      "load.yml has not measured this head, and at aaaaaaa it said: checkout takes 60 ms",
      "bench.yml has not measured this head, and at aaaaaaa it said: checkout takes 60 ms",
    ]);
    expect(asked({ results: results("load.yml", "another.yml") })).toHaveLength(1);
    expect(asked({ results: results("load.yml", "bench.yml") })).toEqual([]);
  });

  it("asks for nothing where there is none, or where documentation is all that is left of the change", () => {
    expect(asked({ results: null }, null)).toEqual([]);
    expect(asked({ results: null }, { ...over, over: null })).toEqual([]);
    const file = { status: "modified", path: "README.md", previousPath: null, ...{ patch: null, additions: 1, deletions: 0 } };
    const changes = { files: [file], critical: [], benchmarks: [], loadTests: [], endpoints: [] } as never;
    expect(asked({ results: null, changes })).toEqual([]);
  });
});

describe("what a verdict remembers of its measurements", () => {
  const evidence = [
    { kind: "results", source: "k6.json", n: 1, run: source("load.yml") },
    { kind: "results", source: "b.json", n: 1, run: source("load.yml") },
    { kind: "baseline", source: "b.json", n: 1, run: source("other.yml") },
  ] as const;
  const reviewed = (parts: object, of: object = {}) =>
    measuredOf({
      ...{ snapshot: { head: { sha: SHA } }, evidence, budgets: [], comparisons: [], verdict: { title: [], ...parts }, ...of },
    } as unknown as Review).measured;
  const closing = (key: unknown) => ({ overridable: [{ key: JSON.stringify(key), worth: 1, text: text`slow` }] });

  it("is which workflows measured the head, and the figure that closed the gate", () => {
    expect(reviewed(closing(["budgets/endpoint-over-budget", "/api"]))).toEqual({ sha: SHA, workflows: ["load.yml"], over: text`slow` });
    expect(reviewed(closing(["suspect", "b", "time"]))?.over).toEqual(text`slow`);
    expect(reviewed({})).toEqual({ sha: SHA, workflows: ["load.yml"], over: null });
  });

  it("is a first look that awaits reruns as well, and never what the change itself shows", () => {
    const waits = closing(["gap", "run it again"]);
    expect(plain(reviewed(waits, { budgets: [{ decision: "at-risk", endpoint: "/api" }] })?.over ?? [])).toContain("/api");
    expect(plain(reviewed(waits, { comparisons: [{ mode: "B", doubt: "suspect", benchmark: "parse" }] })?.over ?? [])).toContain("parse");
    expect(reviewed(closing(["migrations/index-create-blocking", "t"]))?.over).toBeNull();
  });

  it("is nothing where nothing was measured", () => {
    expect(reviewed(closing(["budgets/regression", "b"]), { evidence: [] })).toBeUndefined();
  });
});
