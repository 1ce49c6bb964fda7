import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { statementCountSlope } from "../../../src/rules/queries/statement-count-slope.js";
import { entryOf, runOf } from "../../evidence/recorded.js";
import { findings, lossy, said } from "../counting.js";

const ORDERS = "select * from orders";
const ITEMS = "select * from items where order_id = ?";
const PREPARE = "insert into items values (?)";

type Counts = Readonly<Record<string, number>>;

const scaled = (small: Counts, large: Counts, more = {}) => [
  entryOf("lists orders", [runOf(small, { scale: 2, ...more }), runOf(large, { scale: 10, ...more })]),
];
const of = (given: Parameters<typeof findings>[1]) => findings(statementCountSlope, given);
const constant = scaled({ [ORDERS]: 1 }, { [ORDERS]: 1 });
const growing = scaled({ [ORDERS]: 1, [ITEMS]: 2 }, { [ORDERS]: 1, [ITEMS]: 10 });

describe("queries/statement-count-slope", () => {
  it("gives both sizes, both numbers, and the statement that grows", () => {
    const [found] = of({ head: growing, base: constant });
    expect(found?.severity).toBe("warning");
    expect(found && plain(found.message)).toBe(
      "lists orders: 3 → 11 queries when its data grow from 2 to 10: 2 → 10 × select * from items where order_id = ?. The number of statements grows with the data: that is N+1, measured.",
    );
    expect(found?.measured).toEqual({ actual: 11, limit: 3, unit: "1" });
  });

  it.each([
    ["by one", scaled({ [ITEMS]: 1 }, { [ITEMS]: 2 }), constant],
    ["more than at the base", scaled({ [ITEMS]: 2 }, { [ITEMS]: 20 }), scaled({ [ITEMS]: 2 }, { [ITEMS]: 10 })],
    ["in a test that the base does not have", growing, []],
    ["where writes grow", scaled({ "update items set x = ? where id = ?": 2 }, { "update items set x = ? where id = ?": 9 }), constant],
    ["where the marker says that preparation is left out", scaled({ [PREPARE]: 2 }, { [PREPARE]: 9 }, { measured: true }), constant],
  ])("warns of growth %s", (_, head, base) => {
    expect(said(of({ head, base }))[0]).toMatch(/^warning: lists orders/);
  });

  it("asks only, where it grew as much before, or nobody knows", () => {
    expect(said(of({ head: growing, base: growing }))[0]).toMatch(/^question: /);
    expect(said(of({ head: growing }))[0]).toMatch(/^question: /);
    expect(said(of({ head: growing, base: constant, before: lossy }))[0]).toMatch(/^question: /);
  });

  it.each([
    ["a constant number", scaled({ [ORDERS]: 2 }, { [ORDERS]: 2 })],
    ["fewer with more data", scaled({ [ORDERS]: 3 }, { [ORDERS]: 2 })],
    ["one size alone", [entryOf("lists orders", [runOf({ [ITEMS]: 20 }, { scale: 10 })])]],
    ["runs that say no size", [entryOf("lists orders", [runOf({ [ITEMS]: 2 }), runOf({ [ITEMS]: 20 })])]],
    ["a test that prepares more rows", scaled({ [ORDERS]: 1, [PREPARE]: 2 }, { [ORDERS]: 1, [PREPARE]: 10 })],
    ["one that grows while another shrinks as much", scaled({ [ORDERS]: 9, [ITEMS]: 1 }, { [ORDERS]: 1, [ITEMS]: 9 })],
  ])("is silent about %s", (_, head) => {
    expect(of({ head, base: constant })).toEqual([]);
  });

  it("is silent where the configuration allows it", () => {
    const allow = [{ entry: "lists *", statement: ITEMS, reason: "pages" }];
    expect(of({ head: growing, base: constant, allow })).toEqual([]);
  });
});
