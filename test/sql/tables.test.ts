import { describe, expect, it } from "vitest";
import { includesTable, quoted, quotedTable, rowsOf, tableName } from "../../src/sql/tables.js";

const table = (name: string, schema: string | null = null) => ({ schema, name });

describe("table names", () => {
  it("fit with or without a schema, and not across two schemas", () => {
    expect(includesTable(["public.orders"], table("orders"))).toBe(true);
    expect(includesTable(["orders"], table("orders", "public"))).toBe(true);
    expect(includesTable(["a.orders"], table("orders", "b"))).toBe(false);
    expect(includesTable(["orders"], table("order"))).toBe(false);
  });

  it("fit where a template's placeholder stands for the schema, and not across two tables", () => {
    const created = [tableName(table("orders", "hole______"))];
    expect(includesTable(created, table("orders", "hole______"))).toBe(true);
    expect(includesTable(created, table("orders", "auth"))).toBe(true);
    expect(includesTable(created, table("users", "hole______"))).toBe(false);
    expect(includesTable([tableName(table("hole___"))], table("hole___"))).toBe(true);
    expect(rowsOf({ "auth.orders": 7 }, table("orders", "hole______"))).toBe(7);
  });

  it("find the rows of a table, and nothing under names that every object has", () => {
    expect(rowsOf({ "public.orders": 7 }, table("orders"))).toBe(7);
    expect(rowsOf({ orders: 0 }, table("orders", "shop"))).toBe(0);
    expect(rowsOf({ orders: 7 }, table("constructor"))).toBeNull();
  });

  it("are quoted where SQL would read them otherwise", () => {
    expect([quoted("orders"), quoted("Orders"), quoted('a"b'), quoted("1a")]).toEqual(["orders", '"Orders"', '"a""b"', '"1a"']);
    expect(quotedTable(table("Orders", "shop"))).toBe('shop."Orders"');
  });
});
