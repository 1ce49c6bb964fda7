import { expect, test } from "vitest";
import { statement, text } from "../../src/model/text.js";
import { clipped, plainly } from "../../src/report/plain.js";

test("foreign parts are made visible, ours stay", () => {
  expect(plainly([...text`a\n${"b\u001B[31m\nc"} `, { label: "run\u0007 1", url: "u" }])).toBe("a\nbU+001B[31m⏎c runU+0007 1");
});

test("a statement to be copied is kept where a name would be cut, and is bounded too", () => {
  const sql = `ALTER TABLE orders ADD CONSTRAINT ${"x".repeat(200)} FOREIGN KEY (a) REFERENCES p (id) NOT VALID;`;
  expect(plainly(text`${statement(sql)}`)).toBe(sql);
  expect(plainly(text`${sql}`)).toHaveLength(121);
  expect(plainly(text`${statement("y".repeat(10_000))}`)).toBe(`${"y".repeat(600)}…`);
});

test("clips to so many units without cutting a pair in two", () => {
  expect(clipped("abc", 3)).toBe("abc");
  expect(clipped("abcd", 3)).toBe("ab…");
  expect(clipped("a𝒳𝒳", 3)).toBe("a…");
});
