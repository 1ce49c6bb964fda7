import { expect, it } from "vitest";
import { StatementBook } from "../../../src/formats/runtime/statement-book.js";

const system = "postgresql";

it("takes a text apart once, and knows one statement in texts with different literals", () => {
  const book = new StatementBook();
  const first = book.sent("select a from t where b = 1", system, "q");
  expect(book.sent("select a from t where b = 1", system, "q")).toBe(first);
  expect(book.sent("select a from t where b = 2", system, "q")).toBe(first);
});

it("keeps each statement once", () => {
  const book = new StatementBook();
  for (const sql of ["select a from t where b = 1", "select a from t where b = 2", "select c from t"])
    for (const { statement } of book.sent(sql, system, "q")) book.keep(statement);
  expect(book.statements().map(({ normalized }) => normalized)).toEqual(["select a from t where b = ?", "select c from t"]);
});

it("stops looking at texts where there are too many, and says so", () => {
  const book = new StatementBook(50);
  book.sent("select a from t where b = 1", system, "q");
  expect(book.overflowed).toBe(false);
  expect(book.sent("select a from t where b = 2", system, "q")[0]?.statement.incomplete).toBeDefined();
  expect(book.overflowed).toBe(true);
  expect(book.sent("select a from t where b = 1", system, "q")[0]?.statement.incomplete).toBeUndefined();
});
