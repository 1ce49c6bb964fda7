import { describe, expect, it } from "vitest";
import { isCondition, sqlLikeness } from "../../src/source/sql-words.js";

describe("sqlLikeness", () => {
  it.each([
    "SELECT a FROM b WHERE c",
    "-- name: X :one\nselect * from t",
    "/* x */ WITH a AS (SELECT 1) DELETE FROM b USING a",
    "insert into t (a) values ($1)",
    "update t set a = ?",
    "CREATE UNIQUE INDEX a ON b (c)",
    "TRUNCATE orders, lines",
    "(select a from b) union (select 1)",
  ])("takes %j for SQL", (text) => expect(sqlLikeness(text)).toBe("yes"));

  it.each(["select the best from these", "delete from the list"])("cannot tell %j from English", (text) =>
    expect(sqlLikeness(text)).toBe("maybe"),
  );

  it.each(["Select an item from the list", "Update your profile and set a password"])("takes %j for English", (text) =>
    expect(sqlLikeness(text)).toBe("unlikely"),
  );

  it.each(["truncate text-sm font-bold", "select me", "SELECT", "with a view of the sea as (ever)", "created table of contents"])(
    "takes %j for neither",
    (text) => expect(["no", "maybe"]).toContain(sqlLikeness(text)),
  );
});

describe("isCondition", () => {
  it.each(["email = ?", "name IS NULL", "a in (?)"])("is %j", (text) => expect(isCondition(text)).toBe(true));
  it.each(["email", "orders.id", "a="])("is not %j", (text) => expect(isCondition(text)).toBe(false));
});
