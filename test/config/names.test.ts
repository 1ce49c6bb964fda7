import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesName } from "../../src/config/names.js";

describe("the name of a benchmark", () => {
  it.each([
    ["test_a", "test_a", true],
    ["test_a", "test_ab", false],
    ["test_*", "test_", true],
    ["*", "", true],
    ["*[large]", "tests/b.py::test_x[large]", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c-b", false],
    ["aba*aba", "aba", false],
    ["a.c", "abc", false],
  ])("%s fits %s: %s", (pattern, name, fits) => expect(matchesName(pattern, name)).toBe(fits));

  it("is fitted by any pattern made of it by replacing parts with stars", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), fc.nat(50), (name, a, b) => {
        const [from, to] = [Math.min(a, b, name.length), Math.min(Math.max(a, b), name.length)];
        if (name.includes("*")) return;
        expect(matchesName(`${name.slice(0, from)}*${name.slice(to)}`, name)).toBe(true);
      }),
    );
  });
});
