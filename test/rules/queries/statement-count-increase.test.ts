import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { statementCountIncrease } from "../../../src/rules/queries/statement-count-increase.js";
import { entryOf, runOf } from "../../evidence/recorded.js";
import { findings, lossy, said } from "../counting.js";

const ORDERS = "select * from orders";
const ITEMS = "select * from items where order_id = ?";
const USER = "select * from users where id = ?";

const entry = (name: string, counts: Readonly<Record<string, number>>) => entryOf(name, [runOf(counts)]);
const of = (given: Parameters<typeof findings>[1]) => findings(statementCountIncrease, given);

describe("queries/statement-count-increase", () => {
  it("gives the exact numbers, and the statements that account for the difference", () => {
    const [found] = of({ head: [entry("GET /orders", { [ORDERS]: 1, [USER]: 2 })], base: [entry("GET /orders", { [ORDERS]: 1 })] });
    expect(found?.severity).toBe("question");
    expect(found && plain(found.message)).toBe("GET /orders: 1 → 3 queries, by 2 × select * from users where id = ?.");
    expect(found?.measured).toEqual({ actual: 3, limit: 1, unit: "1" });
  });

  it("tells of one more", () => {
    expect(said(of({ head: [entry("t", { [ORDERS]: 2 })], base: [entry("t", { [ORDERS]: 1 })] }))).toEqual(["question: t: 1 → 2 queries"]);
  });

  it("is one finding for all entries that grew by the same statements", () => {
    const names = ["a", "b", "c", "d", "e"];
    const found = of({
      head: names.map((name) => entry(name, { [ORDERS]: 1, [USER]: 1 })),
      base: names.map((name) => entry(name, { [ORDERS]: 1 })),
    });
    expect(found).toHaveLength(1);
    expect(found[0] && plain(found[0].message)).toContain("The same statements are new in b, c, d and 1 more.");
  });

  it("tells of what is more beside what is repeated", () => {
    const head = [entry("t", { [ORDERS]: 1, [ITEMS]: 9, [USER]: 1 })];
    expect(said(of({ head, base: [entry("t", { [ORDERS]: 1 })] }))).toEqual(["notice: t: 1 → 11 queries"]);
  });

  it("compares the totals of a suite, where there are no entries", () => {
    const suite = (count: number) => [entryOf("suite", [runOf({ [ORDERS]: count })], { kind: "suite" })];
    expect(said(of({ head: suite(12), base: suite(4) }))).toEqual(["notice: suite: 4 → 12 queries"]);
  });

  it("tells the ten largest of differences of other kinds", () => {
    const names = Array.from({ length: 14 }, (_, at) => `t${at}`);
    const added = (at: number): Record<string, number> => ({ [`select ${at} from x`]: 1, ...(at > 11 && { [USER]: 1 }) });
    const found = of({ head: names.map((name, at) => entry(name, added(at))), base: names.map((name) => entry(name, {})) });
    expect(found).toHaveLength(10);
    expect(said(found).slice(0, 2)).toEqual(["question: t12: 0 → 2 queries", "question: t13: 0 → 2 queries"]);
  });

  it.each([
    ["fewer statements", { [ORDERS]: 1 }, { [ORDERS]: 2 }],
    ["as many", { [ORDERS]: 2 }, { [ORDERS]: 2 }],
    ["other statements, but no more", { [ITEMS]: 2 }, { [ORDERS]: 2 }],
    ["what a loop accounts for alone: that is said by queries/repeated-statement", { [ORDERS]: 1, [ITEMS]: 30 }, { [ORDERS]: 1 }],
  ])("is silent about %s", (_, head, base) => {
    expect(of({ head: [entry("t", head)], base: [entry("t", base)] })).toEqual([]);
  });

  it("is silent about a new entry, without a base, and where the base lost something", () => {
    const head = [entry("t", { [ORDERS]: 3 })];
    expect(of({ head, base: [] })).toEqual([]);
    expect(of({ head })).toEqual([]);
    expect(of({ head, base: [entry("t", { [ORDERS]: 1 })], before: lossy })).toEqual([]);
  });

  it("is silent where the runs of an entry cannot be paired", () => {
    const twice = entryOf("t", [runOf({ [ORDERS]: 1 }), runOf({ [ORDERS]: 9 })]);
    expect(of({ head: [twice], base: [entry("t", { [ORDERS]: 1 })] })).toEqual([]);
  });
});
