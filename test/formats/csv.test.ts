import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/formats/csv.js";
import { FormatError } from "../../src/model/measurement.js";
import { bytesOf, stream } from "./reading.js";

const rowsOf = (content: unknown) => readCsv(stream(bytesOf(content)));
const codeOf = (content: unknown) =>
  rowsOf(content).then(
    () => "read",
    (error: unknown) => (error instanceof FormatError ? error.code : error),
  );

describe("a table of results", () => {
  test("is its rows, quoted as RFC 4180 says", async () => {
    expect(await rowsOf('a,b\r\n"x, ""y""",2\r\n\r\n')).toEqual([
      ["a", "b"],
      ['x, "y"', "2"],
    ]);
  });

  test.each([
    ["truncated", 'a,b\n1,"2'],
    ["truncated", "a,b\n1,2\n3"],
    ["not-csv", "a,b\n1\n3,4"],
    ["not-csv", 'a,b\n1,2"3"\n'],
    ["not-csv", `a,b\n${"x".repeat(200_000)},2\n`],
    ["not-utf-8", new Uint8Array([0x61, 0xff, 0xfe, 0x0a])],
    ["too-many", `a\n${"1\n".repeat(20_001)}`],
  ])("is refused as %s", async (code, content) => {
    expect(await codeOf(content)).toBe(code);
  });

  test("property: what was quoted comes back", async () => {
    const cells = fc.array(fc.array(fc.string({ maxLength: 8 }), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        const written = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
        expect(await rowsOf(`${written}\n`)).toEqual(rows);
      }),
    );
  });
});
