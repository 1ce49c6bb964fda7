import { describe, expect, it } from "vitest";
import type { EntryRun } from "../../../src/model/runtime.js";
import { plain } from "../../../src/model/text.js";
import { repeatedStatement } from "../../../src/rules/queries/repeated-statement.js";
import { entryOf, runOf } from "../../evidence/recorded.js";
import { findings, lossy, said, unlisted } from "../counting.js";

const ORDERS = "select * from orders";
const ITEMS = "select * from items where order_id = ?";
const PREPARE = "insert into items values (?)";

const orders = (items: number, more: Partial<EntryRun> = {}) => entryOf("GET /orders", [runOf({ [ORDERS]: 1, [ITEMS]: items }, more)]);
const test = (counts: Readonly<Record<string, number>>, more: Partial<EntryRun> = {}) => entryOf("lists orders", [runOf(counts, more)]);

const of = (given: Parameters<typeof findings>[1]) => findings(repeatedStatement, given);

describe("queries/repeated-statement", () => {
  it("says what the endpoint sent before and sends now, and the statement that is repeated", () => {
    const [found] = of({ head: [orders(50)], base: [orders(1)] });
    expect(found?.severity).toBe("warning");
    expect(found && plain(found.message)).toBe(
      "GET /orders: 2 → 51 queries; it sends one statement 50 times (1 at the base): select * from items where order_id = ?. Each is a round trip of its own, and there are as many as there are rows.",
    );
    expect(found?.measured).toEqual({ actual: 50, limit: 4, unit: "1" });
  });

  it.each([
    ["five times, where it was sent four times", 4, 5],
    ["more often than it was repeated before", 8, 12],
    ["that the base did not send", 0, 5],
  ])("warns of a statement %s", (_, before, here) => {
    expect(said(of({ head: [orders(here)], base: [orders(before)] }))[0]).toMatch(/^warning: /);
  });

  it("warns of it in an entry that the base does not have, unless the base repeats it elsewhere", () => {
    expect(said(of({ head: [orders(9)], base: [test({ [ORDERS]: 1 })] }))).toEqual([
      "warning: GET /orders sends one statement 9 times (the base's tests do not run it)",
    ]);
    expect(said(of({ head: [orders(9), test({ [ITEMS]: 7 })], base: [test({ [ITEMS]: 7 })] }))[0]).toMatch(/^question: /);
  });

  it("counts writes by key, and what a test prepares only below a marker", () => {
    const update = "update items set n = ? where id = ?";
    expect(said(of({ head: [test({ [update]: 6 })], base: [test({})] }))).toHaveLength(1);
    expect(
      said(of({ head: [test({ [PREPARE]: 6 }, { measured: true })], base: [test({ [PREPARE]: 1 }, { measured: true })] })),
    ).toHaveLength(1);
    expect(said(of({ head: [entryOf("POST /items", [runOf({ [PREPARE]: 6 })])], base: [] }))).toHaveLength(1);
  });

  it("is one finding for one statement, in however many entries", () => {
    const found = of({ head: [orders(50), test({ [ITEMS]: 60 })], base: [orders(0), test({ [ORDERS]: 1 })] });
    expect(said(found)).toEqual(["warning: lists orders: 1 → 60 queries; it sends one statement 60 times (0 at the base)"]);
    expect(found[0] && plain(found[0].message)).toContain("So do GET /orders.");
  });

  it("names the request before the test that makes it", () => {
    const found = of({ head: [test({ [ITEMS]: 9 }), orders(9)], base: [test({}), orders(0)] });
    expect(said(found)).toEqual(["warning: GET /orders: 1 → 10 queries; it sends one statement 9 times (0 at the base)"]);
    expect(found[0] && plain(found[0].message)).toContain("So do lists orders.");
  });

  it("stands at the line that sent it, where the change touches its file", () => {
    const statements = [{ fingerprint: ITEMS, count: 9, failed: 0, code: { path: "/srv/shop/src/orders.js", line: 12, function: "list" } }];
    const head = [entryOf("GET /orders", [runOf({}, { statements })])];
    const changes = { files: [{ path: "src/orders.js", status: "modified" as const }] };
    const [found] = of({ head, base: [orders(0)], changes });
    expect(found?.at).toEqual({ path: "src/orders.js", line: 12 });
    expect(found && plain(found.message)).toContain("first from /srv/shop/src/orders.js:12 (list)");
    expect(of({ head, base: [orders(0)] })[0]).not.toHaveProperty("at");
  });

  it("asks only, where the base repeats it as often, or where nobody knows", () => {
    expect(said(of({ head: [orders(50)], base: [orders(50)] }))).toEqual([
      "question: GET /orders sends one statement 50 times (as before)",
    ]);
    expect(said(of({ head: [orders(50)] }))).toEqual([
      "question: GET /orders sends one statement 50 times (whether it did before is not known)",
    ]);
    expect(said(of({ head: [orders(50)], base: [orders(1)], before: lossy }))[0]).toMatch(/^question: /);
    expect(said(of({ head: [orders(50)], base: [orders(1)], before: unlisted }))[0]).toMatch(/^warning: /);
  });

  it.each([
    ["four times", [orders(4)]],
    ["different statements", [test({ a: 2, b: 2, c: 2, d: 2 })]],
    ["a test that prepares its rows", [test({ [PREPARE]: 40 })]],
    ["what happens outside of any test", [entryOf("x", [runOf({ [ITEMS]: 90 })], { kind: "outside" })]],
    ["totals of a suite, which has no callers", [entryOf("suite", [runOf({ [ITEMS]: 90 })], { kind: "suite" })]],
    [
      "one statement in each of many runs",
      [
        entryOf(
          "GET /orders",
          Array.from({ length: 20 }, () => runOf({ [ITEMS]: 1 })),
        ),
      ],
    ],
    ["transaction control and other verbs", [test({ "call refresh()": 9 })]],
  ])("is silent about %s", (_, head) => {
    expect(of({ head, base: [test({ [ORDERS]: 1 })] })).toEqual([]);
  });

  it("tells ten, the largest first, and how many more there are", () => {
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`select ${at} from x`, 10 + at]));
    const found = of({ head: [test(many)], base: [test({})] });
    expect(found).toHaveLength(10);
    expect(found[0]?.measured?.actual).toBe(23);
    expect(found[9] && plain(found[9].message)).toMatch(/ 4 more of this kind are not told\.$/u);
  });

  it("is silent where the configuration allows it, for that statement and entry alone", () => {
    const given = { head: [orders(50), test({ [ITEMS]: 60 })], base: [orders(0), test({})] };
    const allow = [{ entry: "GET /*", statement: "*", reason: "pages" }];
    expect(said(of({ ...given, allow }))).toEqual([
      "warning: lists orders: 0 → 60 queries; it sends one statement 60 times (0 at the base)",
    ]);
    expect(of({ ...given, allow: [{ entry: "*", statement: ITEMS, reason: "pages" }] })).toEqual([]);
    expect(of({ ...given, allow: [{ entry: "*", statement: ORDERS, reason: "pages" }] })).toHaveLength(1);
  });
});
