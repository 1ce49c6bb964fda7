import { describe, expect, it } from "vitest";
import { columnOf, indexLedBy, indexNamed, isPrefix, relationOf, uniqueWithin } from "../../src/sql/catalogue.js";
import { catalogue, index, relation } from "../rules/catalogue.js";

const orders = relation("orders", ["id bigint not null", "customer_id bigint", "number text"], {
  indexes: [
    index("orders_pkey", ["id"], { unique: true, primary: true }),
    index("orders_number", ["number", "customer_id"], { unique: true }),
    index("orders_open", ["customer_id"], { predicate: "(open)" }),
    index("orders_hash", ["customer_id"], { method: "hash" }),
    index("orders_lower", ["lower(number)", "id"]),
  ],
});

describe("relationOf", () => {
  it("finds a table by its name, with or without its schema", () => {
    const known = catalogue(orders, relation("shop.bills", ["id bigint"]));
    expect(relationOf(known, { schema: null, name: "orders" })).toBe(orders);
    expect(relationOf(known, { schema: "public", name: "orders" })).toBe(orders);
    expect(relationOf(known, { schema: null, name: "bills" })?.schema).toBe("shop");
    expect(relationOf(known, { schema: "other", name: "orders" })).toBeNull();
    expect(relationOf(known, { schema: null, name: "none" })).toBeNull();
  });

  it("takes the one in public of several, and guesses at none", () => {
    const ours = relation("shop.orders", []);
    const theirs = relation("old.orders", []);
    expect(relationOf(catalogue(ours, orders), { schema: null, name: "orders" })).toBe(orders);
    expect(relationOf(catalogue(ours, theirs), { schema: null, name: "orders" })).toBeNull();
    expect(relationOf(catalogue(ours, theirs), { schema: "old", name: "orders" })).toBe(theirs);
  });
});

describe("a relation's columns and indexes", () => {
  it("are found by their names", () => {
    expect(columnOf(orders, "number")?.type).toBe("text");
    expect(columnOf(orders, "none")).toBeNull();
    expect(indexNamed(catalogue(orders), { schema: null, name: "orders_number" })?.relation).toBe(orders);
    expect(indexNamed(catalogue(orders), { schema: "shop", name: "orders_number" })).toBeNull();
  });

  it("an index serves columns that lead it in any order, unless it is partial, invalid or not ordered", () => {
    expect(indexLedBy(orders, ["customer_id", "number"])?.name).toBe("orders_number");
    expect(indexLedBy(orders, ["number"])?.name).toBe("orders_number");
    expect(indexLedBy(orders, ["customer_id"])).toBeNull();
    const broken = relation("orders", [], { indexes: [index("i", ["customer_id"], { valid: false })] });
    expect(indexLedBy(broken, ["customer_id"])).toBeNull();
  });

  it("equality finds one row when a unique index has no other keys", () => {
    expect(uniqueWithin(orders, ["customer_id", "number", "id"])?.name).toBe("orders_pkey");
    expect(uniqueWithin(orders, ["customer_id", "number"])?.name).toBe("orders_number");
    expect(uniqueWithin(orders, ["number"])).toBeNull();
  });

  it("one index is the beginning of another when columns, operator classes and directions agree", () => {
    expect(isPrefix(index("a", ["x"]), index("b", ["x", "y"]))).toBe(true);
    expect(isPrefix(index("a", ["x", "y"]), index("b", ["x"]))).toBe(false);
    expect(isPrefix(index("a", ["y"]), index("b", ["x", "y"]))).toBe(false);
    const trigrams = { column: "x", expression: "x", operatorClass: "gin_trgm_ops", descending: false };
    expect(isPrefix({ ...index("a", []), keys: [trigrams] }, index("b", ["x", "y"]))).toBe(false);
  });
});
