import { expect, test } from "vitest";
import { text } from "../../src/model/text.js";
import { clipped, plainly } from "../../src/report/plain.js";

test("foreign parts are made visible, ours stay", () => {
  expect(plainly([...text`a\n${"b\u001B[31m\nc"} `, { label: "run\u0007 1", url: "u" }])).toBe("a\nbU+001B[31m⏎c runU+0007 1");
});

test("clips to so many units without cutting a pair in two", () => {
  expect(clipped("abc", 3)).toBe("abc");
  expect(clipped("abcd", 3)).toBe("ab…");
  expect(clipped("a𝒳𝒳", 3)).toBe("a…");
});
