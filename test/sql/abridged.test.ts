import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { abridged } from "../../src/sql/abridged.js";

const COLUMNS = Array.from({ length: 12 }, (_, at) => `"Order"."column_${at}" as "Order_column_${at}"`).join(", ");

describe("abridged", () => {
  it.each([
    [`select ${COLUMNS} from "orders" "Order" where "Order"."id" = ?`, 'select … from "orders" "Order" where "Order"."id" = ?'],
    [`select (select max(x) from items), ${COLUMNS} from orders`, "select … from orders"],
    [`SELECT ${COLUMNS} FROM orders`, "SELECT … FROM orders"],
  ])("leaves the columns of a long select out", (sql, short) => {
    expect(abridged(sql)).toBe(short);
  });

  it.each(["select a from b", `update orders set ${COLUMNS}`, `select ${COLUMNS}`, `select ' from ', ${COLUMNS}`, ""])(
    "leaves %s",
    (sql) => {
      expect(abridged(sql)).toBe(sql);
    },
  );

  it("is never longer than the statement, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (sql) => abridged(sql).length <= sql.length),
      { numRuns: 50 },
    );
  });
});
