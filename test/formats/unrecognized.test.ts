import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/registry.js";
import { unknownFormat } from "../../src/formats/unrecognized.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, sentence, unrecognizedOf } from "./reading.js";

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));

describe("a file that is nobody's", () => {
  test.each<[string, unknown]>([
    ["an empty JSON object", "{}"],
    ["an empty JSON object", "{\n}\n"],
    ["an empty JSON array", "[]"],
    ["webpack's stats.json", { hash: "a", assets: [], modules: [] }],
    ["an HTML page", "\n<!DOCTYPE html><html></html>"],
    ["XML", '<?xml version="1.0"?><results/>'],
    ["the files inside", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0])],
    ["the file inside", new Uint8Array([0x1f, 0x8b, 8, 0])],
    ["a binary file", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
    ["save as UTF-8", utf16("hello")],
    ["the newer machine-readable summary of k6", { version: "1.0.0", results: { metrics: [], checks: {} } }],
    ["Lighthouse's budgets.json", [{ path: "/*", resourceSizes: [] }]],
  ])("is called what it is: %s", async (says, content) => {
    const problem = await unrecognizedOf(content);
    expect(problem).toMatchObject({ level: "warning", code: "unknown-format", file: "results.json" });
    expect(sentence(problem)).toContain(says);
  });

  test("gets the list of what is accepted", async () => {
    const problem = await unrecognizedOf("just some log\nlines");
    expect(sentence(problem)).toBe("not read: not a result file of a known format");
    const remedy = plain(problem.remedy ?? []);
    for (const { title } of formats) expect(remedy).toContain(title);
  });

  test("a file that two formats claim is nobody's, and both are named", () => {
    const [first, second] = formats;
    const problem = unknownFormat("r.json", bytesOf({}), [first!, second!], formats);
    expect(sentence(problem)).toBe(`not read: the file could be any of ${first!.title}, ${second!.title}`);
  });
});
