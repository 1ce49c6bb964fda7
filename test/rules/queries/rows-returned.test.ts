import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { rowsReturned } from "../../../src/rules/queries/rows-returned.js";
import { entryOf, runOf } from "../../evidence/recorded.js";
import { findings, lossy, said } from "../counting.js";

const ORDERS = "select * from orders";

const returning = (rows: number | undefined, name = "GET /orders", kind: "endpoint" | "suite" = "endpoint") =>
  entryOf(name, [runOf({}, { statements: [{ fingerprint: ORDERS, count: 1, failed: 0, ...(rows !== undefined && { rows }) }] })], { kind });
const of = (given: Parameters<typeof findings>[1]) => findings(rowsReturned, given);

describe("queries/rows-returned", () => {
  it("gives the rows of both sides, and the statement", () => {
    const [found] = of({ head: [returning(6000)], base: [returning(50)] });
    expect(found?.severity).toBe("notice");
    expect(found && plain(found.message)).toBe(
      "GET /orders: 50 → 6,000 rows returned by select * from orders. All of them are sent, and held in memory, for each caller.",
    );
    expect(found?.measured).toEqual({ actual: 6000, limit: 50, unit: "1" });
  });

  it.each([
    ["a hundred, and twice as many", 100, 50],
    ["where the base returned none", 100, 0],
    ["a thousand of a statement whose rows the base did not count", 1000, undefined],
    ["a thousand times as many", 100_000, 100],
  ])("tells of %s", (_, head, base) => {
    expect(said(of({ head: [returning(head)], base: [returning(base)] }))[0]).toMatch(/^notice: GET \/orders/);
  });

  it("tells of a new request that returns a thousand", () => {
    expect(said(of({ head: [returning(1000)], base: [] }))).toEqual(["notice: GET /orders: 1,000 rows returned"]);
  });

  it("is one finding for one statement", () => {
    const found = of({ head: [returning(500), returning(600, "GET /all")], base: [returning(1), returning(1, "GET /all")] });
    expect(said(found)).toEqual(["notice: GET /all: 1 → 600 rows returned"]);
    expect(found[0] && plain(found[0].message)).toContain("More come back in GET /orders as well.");
  });

  it.each([
    ["as many as before", 5000, 5000],
    ["fewer", 100, 5000],
    ["a few more", 150, 100],
    ["less than a hundred", 99, 1],
    ["records that count no rows", undefined, undefined],
    ["a new statement with less than a thousand", 999, undefined],
  ])("is silent about %s", (_, head, base) => {
    expect(of({ head: [returning(head)], base: [returning(base)] })).toEqual([]);
  });

  it("is silent about totals of a suite, without a base, and where the base lost something", () => {
    expect(of({ head: [returning(900, "suite", "suite")], base: [returning(1, "suite", "suite")] })).toEqual([]);
    expect(of({ head: [returning(9000)] })).toEqual([]);
    expect(of({ head: [returning(9000)], base: [returning(1)], before: lossy })).toEqual([]);
  });
});
