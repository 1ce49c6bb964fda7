import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repaired } from "../../../src/sql/sent/repaired.js";

describe("repaired", () => {
  it.each([
    ["select now() - interval $1", "select now() - $1::interval"],
    ["select * from t where d > date $1 and x = $2", "select * from t where d > $1::date and x = $2"],
    ["select extract($1 from d) from t", "select date_part($1, d) from t"],
    ["select * from generate_series($1, $2)", "select * from generate_series($1::bigint, $2)"],
    ["select * from t where id = any(array[$1])", "select * from t where id = any($1)"],
    ["select * from t where id = ANY(ARRAY[$1, $2, $3]) limit $4", "select * from t where id = any($1) limit $4"],
  ])("makes %s plannable", (sql, plannable) => {
    expect(repaired(sql)).toBe(plannable);
  });

  it.each([
    "select date from t where date = $1",
    "select extract(epoch from d) from t",
    "select * from t where id = any($1)",
    "select * from t where id = any(array[a, $1])",
    "select array[$1, $2]",
    "select * from generate_series($1, $2, $3)",
    'select "interval" from t where x = $1',
    "",
  ])("leaves %s as it is", (sql) => {
    expect(repaired(sql)).toBe(sql);
  });

  it("takes any text", () => {
    const words = fc.array(fc.constantFrom("any", "(", "array", "[", "$1", ",", "]", ")", "interval", "extract", "from", "'", "x"), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, (given) => typeof repaired(given.join(" ")) === "string"),
      { numRuns: 50 },
    );
  });
});
