import { expect, it } from "vitest";
import { runtimeLines } from "../../src/cli/runtime-lines.js";
import { fixture } from "../formats/reading.js";
import { recordOf } from "../formats/runtime/reading.js";

it("tells what was recorded, entry by entry", async () => {
  const lines = runtimeLines(await recordOf(fixture("otlp-json/pg.jsonl")));
  expect(lines[0]).toBe("  45 statements (1 failed, 1 outside any test), 3 noise, 110 spans (0 orphans)");
  expect(lines[1]).toBe("  test lists orders, item by item  (test)  11 statements");
});

it("shows no control characters of a name", async () => {
  const log = '{"format":"redline-query-log","version":1}\n{"entry":"a\\u001b[31m"}';
  expect(runtimeLines(await recordOf(log)).join("")).not.toContain("\u001b");
});

it("is nothing for a file that measures", () => {
  expect(runtimeLines(undefined)).toEqual([]);
});
