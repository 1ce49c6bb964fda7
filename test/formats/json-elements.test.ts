import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokenJson, JsonScanner } from "../../src/formats/json-elements.js";

/** What a scanner finds at paths, of a text that comes in pieces of a size. */
function found(text: string, wanted: (path: string) => boolean, size = text.length): readonly (readonly [string, unknown])[] {
  const elements: [string, unknown][] = [];
  const scanner = new JsonScanner({
    wanted,
    element: (path, json) => elements.push([path, JSON.parse(json)]),
    overlong: () => elements.push(["overlong", null]),
  });
  for (let at = 0; at < text.length; at += size) scanner.push(text.slice(at, at + size));
  return elements;
}

describe("elements of a JSON text", () => {
  it("are found by their path, whatever is around them", () => {
    const text = '{"a":[{"b":{"x":1}},{"b":{"x":"}\\"{"}}],"b":{"x":3},"c":"{\\"b\\":{}}","b\\"":{}}';
    expect(found(text, (path) => path.endsWith("/b"))).toEqual([
      ["/a/*/b", { x: 1 }],
      ["/a/*/b", { x: '}"{' }],
      ["/b", { x: 3 }],
    ]);
  });

  it("are the same in pieces of any size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (values, size) => {
          const text = JSON.stringify({ first: values, second: values });
          const expected = ["first", "second"].flatMap((key) => values.map((value) => [`/${key}/*`, JSON.parse(JSON.stringify(value))]));
          expect(found(text, (path) => path.endsWith("/*"), size)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("beyond a megabyte are passed over, and what follows is found", () => {
    const text = JSON.stringify([{ a: "x".repeat(1_000_001) }, { a: 1 }]);
    expect(found(text, (path) => path === "/*", 60_000)).toEqual([
      ["overlong", null],
      ["/*", { a: 1 }],
    ]);
  });

  it.each(["[}", "{]", "}", "[".repeat(300), `[{"a":${"[".repeat(300)}`])("are looked for in vain in %.20s", (text) => {
    expect(() => found(text, (path) => path === "/*")).toThrow(BrokenJson);
  });
});
