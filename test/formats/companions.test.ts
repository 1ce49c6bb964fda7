import { describe, expect, test } from "vitest";
import { claimOf, companions } from "../../src/formats/companions.js";
import { bytesOf, fixture, read } from "./reading.js";

describe("files that only belong to a result file", () => {
  test("are those that its format names, in the same folder", () => {
    const belongs = companions([{ path: "fib/new/estimates.json", format: "criterion-estimates" }]);
    for (const name of ["benchmark", "sample", "tukey"]) expect(belongs(`fib/new/${name}.json`)).toBe(true);
    for (const path of ["sample.json", "fib/sample.json", "fib/new/other.json", "sum/new/sample.json"]) expect(belongs(path)).toBe(false);
  });

  test("are none beside a file of another format, or of no known one", () => {
    for (const format of ["hyperfine", "unread", "constructor"])
      expect(companions([{ path: "estimates.json", format }])("sample.json")).toBe(false);
  });

  test("a file is claimed by the format that read it, and by none when it is nobody's or broken", async () => {
    expect(claimOf("a.json", await read(fixture("hyperfine/parameters.json")))).toEqual([{ path: "a.json", format: "hyperfine" }]);
    expect(claimOf("a.json", await read(bytesOf("{}")))).toEqual([]);
    expect(claimOf("a.json", await read(bytesOf("")))).toEqual([]);
  });
});
