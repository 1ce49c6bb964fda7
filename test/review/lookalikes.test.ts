import { expect, test } from "vitest";
import { lookalikes } from "../../src/review/lookalikes.js";

test.each([
  ["another case", "Perf-Override"],
  ["a space behind", "perf-override "],
  ["Cyrillic letters", "реrf-оvеrridе"],
  ["a dotless i", "perf-overrıde"],
  ["another hyphen", "perf‑override"],
  ["a letter of no width", "perf-over\u200bride"],
  ["full width", "ｐｅｒｆ-override"],
  ["an emoji", "🚀 perf-override"],
])("a label with %s looks like the configured one (O07)", (_, name) => {
  expect(lookalikes("perf-override", [name])).toEqual([name]);
});

test("the label itself and others do not", () => {
  expect(lookalikes("perf-override", ["perf-override", "perf", "docs", "override-perf"])).toEqual([]);
});
