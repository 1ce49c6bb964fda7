import { describe, expect, it } from "vitest";
import { Parser } from "yaml";
import { limits, refuseDepth, refuseText, refuseTokens } from "../../src/config/yaml-scan.js";
import { plain } from "../../src/model/text.js";

const said = (refusal: ReturnType<typeof refuseText>): string | undefined => refusal && plain(refusal.message);

const depthOf = (source: string): string | undefined => {
  const refusal = [...new Parser().parse(source)].map(refuseDepth).find((found) => found !== undefined);
  return said(refusal);
};

const nested = (levels: number): string => Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:`).join("\n");

describe("refuseText", () => {
  it("counts 64 KB in bytes of UTF-8 (C03)", () => {
    expect(refuseText("a".repeat(limits.bytes))).toBeUndefined();
    expect(said(refuseText("a".repeat(limits.bytes + 1)))).toBe("the configuration is larger than 64 KB");
    expect(said(refuseText("é".repeat(limits.bytes / 2 + 1)))).toBe("the configuration is larger than 64 KB");
  });

  it("says where bytes were no UTF-8 (C03)", () => {
    expect(refuseText("a: \uFFFD")).toMatchObject({ offset: 3, message: ["the configuration is not valid UTF-8"] });
  });

  it.each([
    ["lines", "\n".repeat(limits.lines - 1), "\n".repeat(limits.lines), "the configuration has more than 4,000 lines"],
    ["backslashes", "\\".repeat(limits.escapes - 1), "\\".repeat(limits.escapes), "the configuration holds more than 500 backslashes"],
  ])("bounds the number of %s", (_, allowed, refused, message) => {
    expect(refuseText(allowed)).toBeUndefined();
    expect(said(refuseText(refused))).toBe(message);
  });
});

describe("refuseTokens", () => {
  it.each([
    ["a: &x 1", "YAML anchors are not read", 3],
    ["a: *x", "YAML aliases are not read", 3],
    ["a: !!js/function x", "YAML tags are not read", 3],
    ["a: !x 1", "YAML tags are not read", 3],
    ["%YAML 1.1\n---\na: 1", "YAML directives are not read", 0],
    ["# one\nb: 2\na: &x 1", "YAML anchors are not read", 14],
  ])("refuses %j", (source, message, offset) => {
    const refusal = refuseTokens(source);
    expect(said(refusal)).toBe(message);
    expect(refusal?.offset).toBe(offset);
  });

  it.each(['a: "&x"', "a: 'b & c *d !e %f'", "a: b & c", "a: |\n  &x\n  *y\n", "# &x *y !z\n", 'a: ["*perf*"]', "a: 10%"])(
    "leaves these characters alone inside a value: %j",
    (source) => expect(refuseTokens(source)).toBeUndefined(),
  );

  it("stops at its number of tokens instead of reading on (C04)", () => {
    expect(said(refuseTokens("- ".repeat(limits.tokens)))).toBe("the configuration holds more than 6,000 YAML tokens, about 250 endpoints");
  });
});

describe("refuseDepth", () => {
  it("allows 16 levels and refuses the next (C04)", () => {
    expect(depthOf(nested(limits.nesting - 1))).toBeUndefined();
    expect(depthOf(nested(limits.nesting + 1))).toBe("the configuration is nested too deeply");
  });

  it.each(["[".repeat(3000), "{".repeat(3000), "- ".repeat(2000), "? ".repeat(2000), "a: ".repeat(2000)])(
    "refuses %j… without descending into it",
    (source) => expect(depthOf(source)).toBe("the configuration is nested too deeply"),
  );
});
