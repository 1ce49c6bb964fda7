import { describe, expect, it } from "vitest";
import { countRuntime } from "../../src/evidence/runtime.js";
import type { CountedEntry, CountedSuite } from "../../src/model/counts.js";
import type { RuntimeRun } from "../../src/model/runtime.js";
import { plain } from "../../src/model/text.js";
import { entryOf, recordOf, runOf } from "./recorded.js";

const ORDERS = "select * from orders";
const ITEMS = "select * from items where order_id = $1";

function suiteOf(head: RuntimeRun, base: RuntimeRun | null): CountedSuite {
  const counted = countRuntime([head], base && { sha: "b".repeat(40), distance: 0, runs: [base] });
  if (counted.status === "absent" || !counted.value.suites[0]) throw new Error("nothing was counted");
  return counted.value.suites[0];
}

function entry(head: RuntimeRun["entries"], base: RuntimeRun["entries"] | null): CountedEntry {
  const [first] = suiteOf(recordOf(head), base && recordOf(base)).entries;
  if (!first) throw new Error("there is no entry");
  return first;
}

const orders = (items: number, more = {}) => entryOf("GET /orders", [runOf({ [ORDERS]: 1, [ITEMS]: items }, more)]);

describe("countRuntime", () => {
  it("gives the exact numbers of both sides, and the statements that account for the difference", () => {
    const found = entry([orders(50)], [orders(0)]);
    expect(found).toMatchObject({ decision: "more", queries: { head: 51, base: 1 }, runs: { head: [51], base: [1] }, alike: false });
    expect(found.statements.map(({ statement, head, base }) => [statement.sql, head, base])).toEqual([
      [ITEMS, 50, 0],
      [ORDERS, 1, 1],
    ]);
  });

  it("tells the same statements from as many others", () => {
    expect(entry([orders(3)], [orders(3)])).toMatchObject({ decision: "same", alike: true });
    const others = entryOf("GET /orders", [runOf({ [ORDERS]: 2, [ITEMS]: 2 })]);
    expect(entry([others], [orders(3)])).toMatchObject({ decision: "same", alike: false });
    expect(entry([orders(1)], [orders(3)])).toMatchObject({ decision: "fewer", queries: { head: 2, base: 4 } });
  });

  it("shows the run that grew most, where an entry ran several times", () => {
    const runs = (...counts: number[]) => [
      entryOf(
        "GET /orders",
        counts.map((count) => runOf({ [ITEMS]: count })),
      ),
    ];
    expect(entry(runs(9, 4), runs(1, 9))).toMatchObject({ decision: "more", queries: { base: 1, head: 4 } });
  });

  it("names entries that only one side has, and compares none of them", () => {
    const { entries } = suiteOf(
      recordOf([orders(1), entryOf("lists", [runOf({ [ORDERS]: 7 })])]),
      recordOf([entryOf("gone", [runOf({ [ORDERS]: 2 })])]),
    );
    expect(entries.map(({ key, decision, queries }) => [key, decision, queries.base, queries.head])).toEqual([
      ["GET /orders", "new", null, 2],
      ["lists", "new", null, 7],
      ["gone", "missing", 2, 0],
    ]);
  });

  it("never calls it better that no statement was seen where the base sent some", () => {
    const found = entry([entryOf("GET /orders", [runOf({})])], [orders(3)]);
    expect(found.decision).toBe("not-compared");
    expect(found.reason && plain(found.reason)).toBe("not checkable: no database spans here, where the base has some");
    expect(entry([entryOf("GET /orders", [runOf({}, { noise: 1 })])], [orders(3)]).decision).toBe("fewer");
  });

  it("keeps services apart, and leaves out what has no name on both sides", () => {
    const of = (service: string, count: number) => entryOf("GET /orders", [runOf({ [ORDERS]: count })], { service });
    const outside = entryOf("(outside any test)", [runOf({ [ORDERS]: 9 })], { kind: "outside" });
    const { entries } = suiteOf(recordOf([of("a", 1), of("b", 2), outside]), recordOf([of("b", 1), of("a", 1)]));
    expect(entries.map(({ service, decision }) => [service, decision])).toEqual([
      ["a", "same"],
      ["b", "more"],
    ]);
  });

  it("says why nothing is compared: no base, another suite, other instrumentation", () => {
    const manifest = (name: string) => ({
      schemaVersion: 1 as const,
      repository: "acme/shop",
      headSha: "a".repeat(40),
      suite: "smoke",
      sampler: "always_on",
      instrumentations: [{ name }],
      files: [],
    });
    const limits = (head: RuntimeRun, base: RuntimeRun | null) => suiteOf(head, base).limits.map(plain);
    expect(limits(recordOf([orders(1)]), null)).toEqual(["no record of the merge base or its nearest ancestors is known"]);
    expect(limits(recordOf([orders(1)]), recordOf([orders(1)], { suite: "unit" }))).toEqual(["the base has no record of this suite"]);
    const other = suiteOf(recordOf([orders(1)], { manifest: manifest("pg") }), recordOf([orders(9)], { manifest: manifest("knex") }));
    expect(other.limits.map(plain)).toEqual(["other instrumentation than at the base: counts are not compared"]);
    expect(other.entries[0]).toMatchObject({ decision: "new", queries: { base: null } });
  });

  it("is absent, with the reason, where no record was handed in", () => {
    expect(countRuntime([], null).status).toBe("absent");
  });
});

describe("new and changed statements", () => {
  const of = (counts: Readonly<Record<string, number>>) => recordOf([entryOf("lists", [runOf(counts)])]);

  it("lists what the base did not send, with the entry that sends it most", () => {
    const head = recordOf([entryOf("shows", [runOf({ [ITEMS]: 1 })]), entryOf("lists", [runOf({ [ORDERS]: 1, [ITEMS]: 10 })])]);
    const { fresh } = suiteOf(head, of({ [ORDERS]: 1 }));
    expect(fresh).toMatchObject([{ statement: { sql: ITEMS }, entry: "lists", times: 10, others: 1 }]);
    expect(fresh[0]).not.toHaveProperty("before");
  });

  it("names the request before the test that makes it", () => {
    const head = recordOf([entryOf("shows", [runOf({ [ITEMS]: 4 })]), entryOf("GET /orders", [runOf({ [ITEMS]: 4 })])]);
    expect(suiteOf(head, of({ [ORDERS]: 1 })).fresh).toMatchObject([{ entry: "GET /orders", times: 4, others: 1 }]);
  });

  it("pairs a new statement with the one whose place it took", () => {
    const { fresh, gone } = suiteOf(of({ "select id from orders": 1 }), of({ [ORDERS]: 1 }));
    expect(fresh).toMatchObject([{ statement: { sql: "select id from orders" }, before: { sql: ORDERS } }]);
    expect(gone.map(({ sql }) => sql)).toEqual([ORDERS]);
  });

  it("pairs none where several could be meant", () => {
    const { fresh } = suiteOf(of({ "select id from orders": 1, "select status from orders": 1 }), of({ [ORDERS]: 1 }));
    expect(fresh.map(({ before }) => before)).toEqual([undefined, undefined]);
  });

  it("leaves out what has no plan worth a look, and what was cut", () => {
    const head = of({ "insert into orders": 3, "create table x": 1, [ITEMS]: 1 });
    const cut = { ...head, statements: head.statements.map((one) => (one.sql === ITEMS ? { ...one, incomplete: ["it was cut"] } : one)) };
    expect(suiteOf(cut, of({})).fresh).toEqual([]);
  });

  it("lists none where the instrumentation is of another version", () => {
    const version = (one: RuntimeRun, number: string): RuntimeRun => ({ ...one, instrumentations: [{ name: "pg", version: number }] });
    const { fresh, limits, entries } = suiteOf(version(of({ [ITEMS]: 2 }), "2"), version(of({ [ORDERS]: 1 }), "1"));
    expect(fresh).toEqual([]);
    expect(entries[0]?.decision).toBe("more");
    expect(limits.map(plain)).toEqual(["instrumentation of another version than at the base: new statements are not listed"]);
  });
});

describe("two sizes of data", () => {
  const scaled = (small: number, large: number) => [
    entryOf("lists", [runOf({ [ORDERS]: 1, [ITEMS]: small }, { scale: 2 }), runOf({ [ORDERS]: 1, [ITEMS]: large }, { scale: 10 })]),
  ];

  it("shows which statement grows with them", () => {
    const { slope } = entry(scaled(2, 10), scaled(1, 1));
    expect(slope).toMatchObject({ scales: [2, 10], counts: [3, 11], wasThere: false });
    expect(slope?.growing).toMatchObject([{ statement: { sql: ITEMS }, counts: [2, 10] }]);
  });

  it("knows that it grew before", () => {
    expect(entry(scaled(2, 10), scaled(2, 10)).slope).toMatchObject({ wasThere: true });
    expect(entry(scaled(2, 10), null).slope).toMatchObject({ wasThere: null });
  });

  it("grows with nothing where the counts are equal", () => {
    expect(entry(scaled(1, 1), null).slope).toMatchObject({ counts: [2, 2], growing: [] });
    expect(entry([orders(3, { scale: 2 })], null)).not.toHaveProperty("slope");
  });
});
