import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readYaml } from "../../src/config/yaml-tree.js";
import { plain } from "../../src/model/text.js";

const treeOf = (source: string) => {
  const tree = readYaml(source);
  if (!("value" in tree)) throw new Error(tree.refusals.map((refusal) => plain(refusal.message)).join("\n"));
  return tree;
};

const messages = (source: string): readonly string[] => readYaml(source).refusals.map((refusal) => plain(refusal.message));

describe("readYaml", () => {
  it("reads maps, lists and scalars by the rules of YAML 1.2", () => {
    expect(treeOf("a: [1, x, true, null, yes, 0.5]\nb: {c: 'd'}\n").value).toEqual({ a: [1, "x", true, null, "yes", 0.5], b: { c: "d" } });
  });

  it.each(["", "\n", "# only a comment\n", "---\n", "\uFEFF"])("finds nothing in %j", (source) => {
    expect([undefined, null]).toContain(treeOf(source).value);
  });

  it("keeps the place of every key and list entry, and falls back to what is around it", () => {
    const source = "a:\n  b: 1\n  c: [x, y]\n";
    const { offsetOf } = treeOf(source);
    expect(offsetOf(["a", "b"])).toBe(source.indexOf("b"));
    expect(offsetOf(["a", "c", 1])).toBe(source.indexOf("y"));
    expect(offsetOf(["a", "missing", "deeper"])).toBe(0);
    expect(offsetOf(["a", "c", 7])).toBe(source.indexOf("c"));
    expect(offsetOf([])).toBe(0);
  });

  it.each([
    ["a: 1\na: 2", "the key a is given twice"],
    ["{a: 1, a: 2}", "the key a is given twice"],
    ["1: x\n'1': y", "the key 1 is given twice"],
    ["<<: {a: 1}", "the key << is not read"],
    ["__proto__: {polluted: true}", "the key __proto__ is not read"],
    ["? [a]\n: 1", "a key is not a text"],
    ["a: 0o17", "0o17 is not a plain decimal number"],
    ["a: 0xFF", "0xFF is not a plain decimal number"],
    ["a: 017", "017 is not a plain decimal number"],
    ["a: 1e999", "1e999 is not a plain decimal number"],
    ["a: 1e3", "1e3 is not a plain decimal number"],
    ["a: .inf", ".inf is not a plain decimal number"],
    ["a: -.INF", "-.INF is not a plain decimal number"],
    ["a: .nan", ".nan is not a plain decimal number"],
    ["a: 99999999999999999999", "99999999999999999999 is not a plain decimal number"],
    ["a: 1\n---\nb: 2", "a second document begins here"],
  ])("refuses %j: %s", (source, message) => expect(messages(source)).toEqual([message]));

  it("reports every repeated key and every odd number, not only the first (C04)", () => {
    expect(messages("a: 0x1\na: 1\nb: 0x2\na: 3\n")).toHaveLength(4);
  });

  it.each(["a: [1", "a: 'x", "a: b: c", "\ta: 1", "a: @x", "- a\nb: 1"])("names what is not YAML at all: %j", (source) => {
    expect(messages(source)[0]).toMatch(/^the configuration is not valid YAML: /u);
  });

  it("leaves the prototype of everything alone (C04)", () => {
    readYaml("__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n");
    expect({}).not.toHaveProperty("polluted");
  });

  it("gives back what was written as YAML", () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/u);
    const scalar = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.integer({ min: -1e6, max: 1e6 }));
    const value = fc.oneof(fc.dictionary(key, fc.oneof(scalar, fc.array(scalar))), fc.array(fc.dictionary(key, scalar)));
    fc.assert(
      fc.property(
        value.filter((generated) => !JSON.stringify(generated).includes("\\")),
        (generated) => {
          expect(treeOf(stringify(generated, { aliasDuplicateObjects: false })).value).toEqual(structuredClone(generated));
        },
      ),
    );
  });
});
