import { describe, expect, it } from "vitest";
import { checkCountBudgets } from "../../src/evidence/count-budgets.js";
import { countRuntime } from "../../src/evidence/runtime.js";
import type { Completeness, RuntimeEntry } from "../../src/model/runtime.js";
import { plain, text } from "../../src/model/text.js";
import { configOf } from "../review/facts.js";
import { entryOf, recordOf, runOf } from "./recorded.js";

const ORDERS = "select * from orders";
const ITEMS = "select * from items where order_id = ?";
const LOST: Completeness = { status: "partial", reasons: [{ code: "span-count", message: text`9 spans ended, and the files hold 4` }] };
const NO_MANIFEST: Completeness = { status: "partial", reasons: [{ code: "no-manifest", message: text`there is no manifest` }] };
const COMPLETE: Completeness = { status: "complete" };

const orders = (items: number): RuntimeEntry => entryOf("GET /orders", [runOf({ [ORDERS]: 1, [ITEMS]: items })]);

interface Given {
  readonly head: readonly RuntimeEntry[];
  readonly base?: readonly RuntimeEntry[];
  readonly here?: Completeness;
  readonly before?: Completeness;
}

function judged(limits: string, { head, base, here = COMPLETE, before = COMPLETE }: Given) {
  const earlier = base && { sha: "b", distance: 0, runs: [recordOf(base, { completeness: before })] };
  const runtime = countRuntime([recordOf(head, { completeness: here })], earlier ?? null);
  return checkCountBudgets(runtime, configOf(`endpoints:\n${limits}`)).map(({ decision, absence, actual, limit, reason }) => ({
    decision: absence ? `${decision}: ${absence}` : decision,
    actual,
    limit,
    reason: plain(reason),
  }));
}

describe("queries_max", () => {
  const LIMIT = "  GET /orders: { queries_max: 20 }";

  it("passes a complete count within it", () => {
    expect(judged(LIMIT, { head: [orders(1)] })).toEqual([
      { decision: "pass", actual: 2, limit: 20, reason: "2 queries against at most 20" },
    ]);
  });

  it("fails the first run over it, and says which statements account for that", () => {
    expect(judged(LIMIT, { head: [orders(50)], base: [orders(1)] })).toEqual([
      {
        decision: "fail",
        actual: 51,
        limit: 20,
        reason: "51 queries against at most 20 (2 at the base): 49 × select * from items where order_id = ?",
      },
    ]);
  });

  it.each([
    ["lost spans", LOST],
    ["no manifest", NO_MANIFEST],
  ])("never passes a record with %s, and fails it when even that is too much", (_, here) => {
    expect(judged(LIMIT, { head: [orders(1)], here })[0]).toMatchObject({ decision: "no-data: partial", actual: null });
    expect(judged(LIMIT, { head: [orders(50)], here })[0]).toMatchObject({ decision: "fail", actual: 51 });
  });

  it("takes a missing entry for no pass", () => {
    expect(judged(LIMIT, { head: [], base: [orders(1)] })[0]).toMatchObject({ decision: "no-data: no-metric" });
  });

  it("takes the loss of every statement for no pass", () => {
    const gone = [entryOf("GET /orders", [runOf({})])];
    expect(judged(LIMIT, { head: gone, base: [orders(1)] })[0]).toMatchObject({
      decision: "no-data: partial",
      reason: "not checkable: no database spans here, where the base has some",
    });
  });

  it("holds for each run of an entry, and for each entry that it covers", () => {
    const runs = entryOf("GET /orders", [runOf({ [ORDERS]: 3 }), runOf({ [ORDERS]: 30 })]);
    expect(judged(LIMIT, { head: [runs] })[0]).toMatchObject({ decision: "fail", actual: 30 });
    const both = [
      entryOf("login GET /orders", [runOf({ [ORDERS]: 3 })], { kind: "endpoint", endpoint: "GET /orders" }),
      entryOf("cart GET /orders", [runOf({ [ORDERS]: 21 })], { kind: "endpoint", endpoint: "GET /orders" }),
    ];
    expect(judged(LIMIT, { head: both })[0]).toMatchObject({ decision: "fail", reason: "cart GET /orders: 21 queries against at most 20" });
  });

  it("may name a test", () => {
    const test = [entryOf("lists orders", [runOf({ [ORDERS]: 3 })])];
    expect(judged("  lists orders: { queries_max: 2 }", { head: test })[0]).toMatchObject({ decision: "fail", actual: 3 });
  });

  it("leaves a wildcard what no exact limit takes", () => {
    const user = entryOf("GET /users/:id", [runOf({ [ORDERS]: 3 })]);
    const [wild, exact] = judged("  /*: { queries_max: 1 }\n  /orders: { queries_max: 2 }", { head: [user, orders(1)] });
    expect(wild).toMatchObject({ decision: "no-data: no-metric" });
    expect(exact).toMatchObject({ decision: "pass" });
  });
});

describe("queries_increase_max", () => {
  const LIMIT = "  GET /orders: { queries_increase_max: 0 }";

  it("fails one statement more than at the base", () => {
    expect(judged(LIMIT, { head: [orders(3)], base: [orders(2)] })).toEqual([
      {
        decision: "fail",
        actual: 1,
        limit: 0,
        reason: "3 → 4 queries against at most 0 more: 1 × select * from items where order_id = ?",
      },
    ]);
    expect(judged("  GET /orders: { queries_increase_max: 1 }", { head: [orders(3)], base: [orders(2)] })[0]?.decision).toBe("pass");
  });

  it("passes as many or fewer, when both records are complete", () => {
    expect(judged(LIMIT, { head: [orders(2)], base: [orders(2)] })[0]?.decision).toBe("pass");
    expect(judged(LIMIT, { head: [orders(1)], base: [orders(2)] })[0]).toMatchObject({ decision: "pass", actual: -1 });
    expect(judged(LIMIT, { head: [orders(1)], base: [orders(2)], here: NO_MANIFEST })[0]?.decision).toBe("no-data: partial");
  });

  it("says nothing against a base that lost some of its statements", () => {
    expect(judged(LIMIT, { head: [orders(9)], base: [orders(2)], before: LOST })[0]?.decision).toBe("no-data: partial");
    expect(judged(LIMIT, { head: [orders(9)], base: [orders(2)], before: NO_MANIFEST })[0]?.decision).toBe("fail");
  });

  it("needs a base that has the entry", () => {
    expect(judged(LIMIT, { head: [orders(9)] })[0]?.decision).toBe("no-data: no-baseline");
    expect(judged(LIMIT, { head: [orders(9)], base: [] })[0]).toMatchObject({ reason: "the base does not have it" });
  });

  it("does not compare an entry that ran more often than at the base", () => {
    const twice = entryOf("GET /orders", [runOf({ [ORDERS]: 1 }), runOf({ [ORDERS]: 9 })]);
    expect(judged(LIMIT, { head: [twice], base: [orders(0)] })[0]).toMatchObject({
      decision: "no-data: partial",
      reason: "runs differ, not compared: 1 at the base, 2 here",
    });
  });
});

describe("without a record of the tests", () => {
  it("every limit lacks its figure, and no other one is there", () => {
    const limits = configOf("endpoints: { /a: { queries_max: 1, queries_increase_max: 0, latency_p99: 1s }, /b: { latency_p99: 1s } }");
    const found = checkCountBudgets(countRuntime([], null), limits);
    expect(found.map(({ endpoint, metric, absence }) => [endpoint, metric, absence])).toEqual([
      ["/a", "queries_max", "no-artifact"],
      ["/a", "queries_increase_max", "no-artifact"],
    ]);
  });
});
