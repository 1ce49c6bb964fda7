import { describe, expect, it } from "vitest";
import { usableFiles } from "../../src/evidence/results.js";
import { text } from "../../src/model/text.js";
import { results, time } from "./facts.js";

describe("usable result files", () => {
  it("are those whose run proves something, in their order", () => {
    const all = results([time(1)], { measurements: [time(2)], noData: text`no request succeeded` }, [time(3)]);
    expect(usableFiles(all).map(({ file }) => file)).toEqual(["run-1.json", "run-3.json"]);
  });
});
