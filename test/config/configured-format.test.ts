import { describe, expect, test } from "vitest";
import { configuredFormat } from "../../src/config/configured-format.js";

describe("the configured format of a file", () => {
  const formats = { "load-*.json": "k6-summary", "redline-perf/**/*.txt": "go-bench", "*.txt": "libtest" };

  test.each([
    ["load-1.json", "k6-summary"],
    ["redline-perf/out/load-1.json", "k6-summary"],
    ["redline-perf/out/a.txt", "go-bench"],
    ["other/a.txt", "libtest"],
    ["unload-1.json", undefined],
    ["load-1.json/x", undefined],
  ])("%s is %s", (path, format) => {
    expect(configuredFormat(formats, path)).toBe(format);
  });

  test("is nothing without configuration", () => {
    expect(configuredFormat(undefined, "a.json")).toBeUndefined();
  });
});
