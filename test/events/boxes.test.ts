import { expect, test } from "vitest";
import { headOf, turnedBoxes } from "../../src/events/boxes.js";

const box = (mark: string, basis: string, item = "resources/timeouts") => `- [${mark}] **A line** <!-- item:${item} ${basis} --> — why`;
const turned = { item: "resources/timeouts", ticked: true, basis: "abc" } as const;

test("a box is turned when it stood otherwise before, and rests on what was shown before", () => {
  expect(turnedBoxes(box("x", "fff"), box(" ", "abc"))).toEqual([turned]);
  expect(turnedBoxes(box("x", "abc"), box("x", "abc"))).toEqual([]);
});

test("a line that was put in by the edit is no box", () => {
  expect(turnedBoxes(`${box("x", "abc")}\n${box("x", "abc", "queries/bounded")}`, box("x", "abc"))).toEqual([]);
});

test("without the text before, the boxes are taken as they stand", () => {
  expect(turnedBoxes(box("x", "abc"), undefined)).toEqual([turned]);
});

test("a box belongs to the head that showed it: to the present one, else to the last", () => {
  const boxes = (sha: string, basis: string) => ({ sha, basis: { "resources/timeouts": basis } });
  const published = [boxes("h1", "abc"), boxes("h2", "abc"), boxes("h3", "def")];
  expect(headOf(turned, published, "h1")).toBe("h1");
  expect(headOf(turned, published, "h3")).toBe("h2");
});

test.each([
  ["that we never showed", { ...turned, basis: "123" }],
  ["of a line that had none", { ...turned, item: "resources/bounded" } as const],
  ["without a basis", { ...turned, basis: null }],
])("a box %s belongs to no head", (_, given) => {
  expect(headOf(given, [{ sha: "h1", basis: { "resources/timeouts": "abc" } }], "h1")).toBeNull();
});
