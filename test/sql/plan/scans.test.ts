import { describe, expect, it } from "vitest";
import { drivingTable, scansOf, sizeOf } from "../../../src/sql/plan/scans.js";
import { recordedPlan, shop, sizes } from "./plans.js";

const scans = (after: string, before: string | null = null) =>
  scansOf(recordedPlan(after), before === null ? null : recordedPlan(before), sizes, shop).map(
    ({ relation, rows, index, isNew }) => `${relation.name} ${rows} ${index ?? "-"} ${isNew ? "new" : "old"}`,
  );

describe("the tables that a plan reads whole", () => {
  it("are those of sequential scans, however few rows these return", () => {
    expect(scans("seq-scan")).toEqual(["orders 300000 - new"]);
  });

  it("are old where the plan before read them too", () => {
    expect(scans("order-limit-sort", "seq-scan")).toEqual(["orders 300000 - old"]);
  });

  it("are in the order of their size", () => {
    expect(scans("hash-join")).toEqual(["orders 300000 - new", "customers 20000 - new"]);
  });

  it("hold an index that is walked without a condition", () => {
    expect(scans("order-limit-filter")).toEqual(["orders 300000 orders_created_at_idx new"]);
  });

  it("hold an index whose first key has no condition, though it is called an index scan", () => {
    expect(scans("skip-scan")).toEqual(["orders 300000 orders_total_status_idx new"]);
  });

  it("are none where an index is asked for its first key", () => {
    expect(scans("index-scan")).toEqual([]);
    expect(scans("primary-key")).toEqual([]);
  });
});

describe("the driving table", () => {
  it.each([
    ["join-unindexed", "items"],
    ["order-limit-sort", "orders"],
  ])("of %s is %s", (name, table) => {
    expect(drivingTable(recordedPlan(name))?.name).toBe(table);
  });

  it("has the size that the plan was made with", () => {
    expect(sizeOf({ schema: "public", name: "items" }, sizes)?.rows).toBe(400_000);
    expect(sizeOf({ schema: "other", name: "items" }, sizes)).toBeNull();
    expect(sizeOf(null, sizes)).toBeNull();
  });
});
