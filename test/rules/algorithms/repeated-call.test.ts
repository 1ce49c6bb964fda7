import { describe, expect, it } from "vitest";
import type { RuntimeEntry } from "../../../src/model/runtime.js";
import { plain } from "../../../src/model/text.js";
import { repeatedCall } from "../../../src/rules/algorithms/repeated-call.js";
import { entryOf, runOf } from "../../evidence/recorded.js";
import { findings, lossy, said } from "../counting.js";

const TARGET = "GET prices.example.org";

const calling = (count: number, target = TARGET, name = "GET /orders"): RuntimeEntry =>
  entryOf(name, [runOf({}, { noise: 1, calls: count === 0 ? [] : [{ target, count }] })]);
const of = (given: Parameters<typeof findings>[1]) => findings(repeatedCall, given);

describe("algorithms/repeated-call", () => {
  it("gives the numbers of both sides, and the target", () => {
    const [found] = of({ head: [calling(50)], base: [calling(1)] });
    expect(found?.severity).toBe("warning");
    expect(found && plain(found.message)).toBe(
      "GET /orders asks GET prices.example.org 50 times (1 at the base). Each is a round trip to another service, and one that fails or hangs fails them all.",
    );
    expect(found?.measured).toEqual({ actual: 50, limit: 4, unit: "1" });
  });

  it.each([
    ["five, where there was none", 5, 0],
    ["five, where there were four", 5, 4],
    ["more than were repeated before", 12, 8],
  ])("warns of %s", (_, head, base) => {
    expect(said(of({ head: [calling(head)], base: [calling(base)] }))[0]).toMatch(/^warning: /u);
  });

  it("is one finding for one target", () => {
    const found = of({
      head: [calling(9), calling(30, TARGET, "GET /carts")],
      base: [calling(1), calling(1, TARGET, "GET /carts")],
    });
    expect(said(found)).toEqual(["warning: GET /carts asks GET prices.example.org 30 times (1 at the base)"]);
    expect(found[0] && plain(found[0].message)).toContain("So do GET /orders.");
  });

  it("asks only, where it was so before, or nobody knows", () => {
    expect(said(of({ head: [calling(9)], base: [calling(9)] }))[0]).toMatch(/^question: /u);
    expect(said(of({ head: [calling(9)], base: [] }))[0]).toMatch(/^question: /u);
    expect(said(of({ head: [calling(9)] }))[0]).toMatch(/^question: /u);
    expect(said(of({ head: [calling(9)], base: [calling(1)], before: lossy }))[0]).toMatch(/^question: /u);
  });

  it.each([
    ["four", [calling(4)]],
    ["none", [calling(0)]],
    [
      "different targets",
      [entryOf("GET /orders", [runOf({}, { calls: [1, 2, 3, 4, 5].map((at) => ({ target: `GET a${at}`, count: 1 })) })])],
    ],
    ["what a test asks of the service", [calling(9, "GET localhost", "lists orders")]],
    [
      "one call in each of many runs",
      [
        entryOf(
          "GET /orders",
          Array.from({ length: 9 }, () => runOf({}, { calls: [{ target: TARGET, count: 1 }] })),
        ),
      ],
    ],
  ])("is silent about %s", (_, head) => {
    expect(of({ head, base: [calling(1)] })).toEqual([]);
  });
});
