import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/registry.js";
import { unknownFormat } from "../../src/formats/unrecognized.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, fixture, sentence, unrecognizedOf } from "./reading.js";

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
    ["Locust's task ratios", { per_class: { User: { ratio: 1 } }, total: {} }],
    ["give the file _stats.csv beside it", fixture("locust-csv/nobody/own-stats_history.csv")],
    ["Locust's _failures.csv", fixture("locust-csv/nobody/own-failures.csv")],
    ["Locust's _exceptions.csv", fixture("locust-csv/nobody/own-exceptions.csv")],
    ["Gatling's assertions.json: give js/stats.json", fixture("gatling-stats/nobody/handmade-assertions.json")],
    ["Gatling's global_stats.json: give js/stats.json", fixture("gatling-stats/nobody/handmade-global_stats.json")],
    ["the binary simulation.log of Gatling 3.12", new Uint8Array([0, 0, 0, 0, 6, ...new TextEncoder().encode("3.13.1"), 0, 0])],
    ["the file of ab -g", fixture("ab/nobody/own-gnuplot.tsv")],
    ["oha's text output", fixture("hey/nobody/handmade-oha.txt")],
    ["k6's text summary", "\n  █ THRESHOLDS \n\n    http_req_duration\n    ✓ 'p(95)<500' p(95)=21ms\n"],
    ["k6's text summary", "     ✓ http_req_duration..............: avg=20ms min=1ms\n"],
    ["the stream of k6 --out csv", "metric_name,timestamp,metric_value,check\nhttp_reqs,1,1,\n"],
    ["a report of artillery 1", { aggregate: { scenariosCreated: 3, latency: {} } }],
    ["a JUnit report", '<?xml version="1.0"?><testsuites><testsuite/></testsuites>'],
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
