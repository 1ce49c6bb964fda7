import { describe, expect, test } from "vitest";
import { artifactCaps, DEFAULT_RESULT_CAP, parseResultCap } from "../../src/worker/result-cap.js";

describe("the operator's cap of results", () => {
  test.each([
    ["200MB", 200_000_000],
    ["1GB", 1_000_000_000],
    ["4000MB", 4_000_000_000],
  ])("%s is a size", (written, bytes) => {
    expect(parseResultCap(written)).toBe(bytes);
  });

  test.each(["1", "1gb", "1 GB", "1.5GB", "1GiB", "-1GB", "GB", "0x1GB", "1GB ", "999999MB", "1GB\n"])("%j is none", (written) => {
    expect(parseResultCap(written)).toEqual({ problem: "REDLINE_RESULT_CAP is not a size, such as 500MB or 1GB" });
  });

  test("does not lower what is read, and has an end", () => {
    expect(parseResultCap("199MB")).toEqual({ problem: "REDLINE_RESULT_CAP is below 200MB, which is the cap without it" });
    expect(parseResultCap("0GB")).toHaveProperty("problem");
    expect(parseResultCap("5GB")).toEqual({ problem: "REDLINE_RESULT_CAP is above 4GB, the most that is taken" });
  });

  test("without the setting is 50 MB zipped, 200 MB unpacked, and 50 MB for a file that is read as a whole", () => {
    expect(artifactCaps(DEFAULT_RESULT_CAP)).toMatchObject({
      zipBytes: 50_000_000,
      unpackedBytes: 200_000_000,
      deadlineMs: 20_000,
      file: { whole: 50_000_000, streamed: 200_000_000 },
    });
  });

  test("raises everything but what is read as a whole", () => {
    expect(artifactCaps(1_000_000_000)).toMatchObject({
      zipBytes: 250_000_000,
      unpackedBytes: 1_000_000_000,
      deadlineMs: 100_000,
      file: { whole: 50_000_000, streamed: 1_000_000_000 },
    });
  });
});
