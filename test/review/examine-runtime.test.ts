import { describe, expect, it } from "vitest";
import { countRuntime } from "../../src/evidence/runtime.js";
import type { RuntimeEntry, RuntimeRun } from "../../src/model/runtime.js";
import { plain } from "../../src/model/text.js";
import type { Examination } from "../../src/review/examination.js";
import { noRepeats } from "../../src/review/examine-runtime.js";
import { entryOf, recordOf, runOf } from "../evidence/recorded.js";
import { unlisted } from "../rules/counting.js";
import { collected } from "./facts.js";

const ORDERS = "select * from orders";

const entry = (name: string, count: number, more = {}): RuntimeEntry => entryOf(name, [runOf({ [ORDERS]: count }, more)]);
const scaled = (small: number, large: number): RuntimeEntry =>
  entryOf("lists", [runOf({ [ORDERS]: small }, { scale: 2 }), runOf({ [ORDERS]: large }, { scale: 10 })]);

function said(head: readonly RuntimeEntry[], here: Partial<RuntimeRun> = {}, base?: readonly RuntimeEntry[]): string {
  const earlier = base && { sha: "b", distance: 0, runs: [recordOf(base)] };
  const runtime = countRuntime([recordOf(head, here)], earlier ?? null);
  const code = { path: "src/a.ts", status: "modified" as const };
  const evidence = collected({
    runtime: runtime.status === "collected" ? runtime.value : null,
    changes: { files: [code], critical: [], benchmarks: [], loadTests: [], endpoints: [] },
    source: null,
  });
  return show(noRepeats(evidence, []));
}

const show = (one: Examination): string =>
  `${one.status}: ${plain("reason" in one ? one.reason : [])}|${plain(("seen" in one && one.seen) || [])}`;

describe("the line about N+1", () => {
  it("passes on an equal number of statements at two sizes of data alone", () => {
    expect(said([scaled(2, 2), entry("GET /orders", 1)])).toBe(
      "complete: |no statement sent 5 times by one of 2 traced requests and tests; as many statements at two sizes of data in 1 of them",
    );
  });

  it("says what was seen without two sizes, and that it is no proof", () => {
    expect(said([entry("GET /orders", 1)])).toBe(
      "partial: a test with one parent row cannot show N+1: run one with two sizes of data (`redline.scale`), or tick this line|no statement sent 5 times by one of 1 traced request or test",
    );
  });

  it("never passes a record that is not complete, a growing number, or a repeated statement", () => {
    expect(said([scaled(2, 2)], unlisted)).toMatch(/^partial: the record of what the tests did is not complete: there is no manifest/u);
    expect(said([scaled(2, 3)])).toMatch(/^partial: whether a repetition is meant/u);
    expect(said([scaled(2, 2), entry("GET /orders", 5)])).toBe(
      "partial: whether a repetition is meant, only a person can say|1 of 2 traced requests and tests repeats a statement; as many statements at two sizes of data in 1 of them",
    );
  });

  it("is the code's matter where no request and no test was counted", () => {
    expect(said([])).toMatch(/^not-applicable/u);
    expect(said([entryOf("suite", [runOf({ [ORDERS]: 9 })], { kind: "suite" })])).toMatch(/^not-applicable/u);
  });

  it("does not apply where no code changed and nothing else was sent than before", () => {
    expect(said([entry("GET /orders", 2)], {}, [entry("GET /orders", 2)])).toMatch(/^not-applicable/u);
    expect(said([entry("GET /orders", 3)], {}, [entry("GET /orders", 2)])).toMatch(/^partial/u);
  });
});
