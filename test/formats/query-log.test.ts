import { describe, expect, it } from "vitest";
import { brokenOf, codes, fixture, runOf } from "./reading.js";
import { countsOf, doubtsOf, entryOf, recordOf } from "./runtime/reading.js";

const HEADER = '{"format":"redline-query-log","version":1}';
const log = (...lines: readonly object[]): string => [HEADER, ...lines.map((line) => JSON.stringify(line))].join("\n");

describe("a query log", () => {
  it("counts statements by entry and run", async () => {
    const record = await recordOf(fixture("query-log/handmade-orders.jsonl"));
    const orders = entryOf(record, "GET /orders");
    expect([orders.kind, orders.endpoint]).toEqual(["endpoint", "GET /orders"]);
    expect(orders.runs.map(({ statements }) => statements.map(({ count }) => count))).toEqual([[1, 10], [1]]);
    expect(orders.runs[0]?.statements[1]?.rows).toBe(30);
    expect(record.totals).toMatchObject({ statements: 13, noise: 1, failed: 1 });
    expect(doubtsOf(record)).toEqual([]);
  });

  it("has entries that sent nothing", async () => {
    const record = await recordOf(fixture("query-log/handmade-orders.jsonl"));
    expect(countsOf(entryOf(record, "test sends nothing"))).toEqual([]);
  });

  it("tells how much data a run had", async () => {
    const record = await recordOf(log({ entry: "a", run: 1, scale: 2 }, { entry: "a", run: 2, scale: 10, statement: "select a from t" }));
    expect(entryOf(record, "a").runs.map(({ scale }) => scale)).toEqual([2, 10]);
  });

  it("names lines that are not as the format says, and is partial", async () => {
    const content = log({ entry: "a" }, { statement: "select 1" }, { entry: "a", count: -1 });
    expect(codes(await runOf(content))).toEqual(["unreadable-lines"]);
    expect(doubtsOf(await recordOf(content))).toEqual(["unreadable"]);
  });

  it.each([
    ['{"format":"redline-query-log","version":2}\n{"entry":"a"}', "unknown-version"],
    [HEADER, "no-statements"],
  ])("refuses %s", async (content, code) => expect((await brokenOf(content)).code).toBe(code));
});
