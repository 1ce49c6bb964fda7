import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_DEPTH, MAX_VALUES, outline, withoutBareWords } from "../../src/formats/json-outline.js";

const closed = (source: string): string => {
  const { kept, open } = outline(source);
  return source.slice(0, kept) + open.toReversed().join("");
};

const isContainer = (value: unknown) => typeof value === "object" && value !== null;
const containers = fc.jsonValue().filter(isContainer);

describe("the outline of a JSON text", () => {
  test("counts the depth and no fewer entries than there are", () => {
    expect(outline('{"a": [1, 2, {"b": []}]}')).toMatchObject({ depth: 4, complete: true });
    expect(outline("[1,2,3]").values).toBeGreaterThanOrEqual(3);
  });

  test("brackets, commas and words inside strings count for nothing", () => {
    expect(outline('["[[[{,NaN", "\\"]", "\\\\"]')).toMatchObject({ depth: 1, values: 3, complete: true, bare: [] });
  });

  test("ends with the first value", () => {
    expect(outline('{"a":1}\n{"b":2}')).toMatchObject({ kept: 7, complete: true });
  });

  test("stops just above the caps, whatever follows", () => {
    expect(outline("[".repeat(5_000)).depth).toBe(MAX_DEPTH + 1);
    expect(outline(`[${"1,".repeat(MAX_VALUES + 10)}`).values).toBe(MAX_VALUES + 1);
    expect(outline("N".repeat(MAX_VALUES + 10)).bare.length).toBe(MAX_VALUES + 1);
  });

  test.each([
    ['{"a": 1, "b": [1, 2', '{"a": 1, "b": [1]}'],
    ['{"a": {"b": "cut he', '{"a": {}}'],
    ['{"a": [1, 2]', '{"a": [1, 2]}'],
    ['{"a": 1, "tru', '{"a": 1}'],
    ["[", "[]"],
  ])("%s is closed as %s", (cut, expected) => {
    expect(closed(cut)).toBe(expected);
  });

  test("property: a whole value is complete and kept to its last bracket", () => {
    fc.assert(
      fc.property(containers, (value) => {
        const source = JSON.stringify(value);
        expect(outline(source)).toMatchObject({ complete: true, kept: source.length, open: [] });
      }),
    );
  });

  test("property: a value cut anywhere behind its first bracket parses once it is closed", () => {
    fc.assert(
      fc.property(containers, fc.nat(), (value, at) => {
        const source = JSON.stringify(value, null, 1);
        expect(isContainer(JSON.parse(closed(source.slice(0, 1 + (at % source.length)))))).toBe(true);
      }),
    );
  });

  test("property: any text has an outline", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (source) => {
        expect(outline(source).kept).toBeLessThanOrEqual(source.length);
      }),
    );
  });
});

describe("bare words of Python's JSON", () => {
  const clean = (source: string) => withoutBareWords(source, outline(source).bare);

  test.each([
    ["[NaN, Infinity, -Infinity]", "[null, null, null]"],
    ['{"NaN": "Infinity", "a": NaN}', '{"NaN": "Infinity", "a": null}'],
    ["[-NaN]", "[null]"],
    ["[Nope, Ink]", "[Nope, Ink]"],
  ])("%s reads as %s", (source, expected) => {
    expect(clean(source)).toBe(expected);
  });

  test("property: JSON without them stays as it is", () => {
    fc.assert(
      fc.property(containers, (value) => {
        expect(clean(JSON.stringify(value))).toBe(JSON.stringify(value));
      }),
    );
  });
});
