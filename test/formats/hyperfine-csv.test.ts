import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hyperfineCsv } from "../../src/formats/hyperfine-csv.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, runOf, sentence } from "./reading.js";

const HEADER = "command,mean,stddev,median,user,system,min,max";
const table = (...rows: string[]) => `${[HEADER, ...rows].join("\n")}\n`;

describe("what hyperfine --export-csv wrote", () => {
  test("the same names and figures as the JSON, without the single times", async () => {
    const { measurements, tool } = await runOf(fixture("hyperfine-csv/parameters.csv"));
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["sleep 0.001 (d=1)", "sleep 0.002 (d=2)"]);
    expect(measurements[0]).toMatchObject({ metric: "time", unit: "s", statistic: "min", better: "lower" });
    expect(measurements[0]?.typical).toBeGreaterThanOrEqual(measurements[0]?.value ?? Number.NaN);
    expect(measurements[0]).not.toHaveProperty("processes");
    expect(tool).toBe("hyperfine");
  });

  test("a minimum of 0 is below what can be seen", async () => {
    const run = await runOf(fixture("hyperfine-csv/below-resolution.csv"));
    expect(run.measurements).toEqual([]);
    expect(codes(run)).toEqual(["below-resolution"]);
    expect(run.noData).toBeDefined();
  });

  test("quoted commands with commas, quotes and line breaks are one name, CRLF or not", async () => {
    const content = table('"a, ""b""\nc",2,1,2,0,0,1,3');
    for (const each of [content, content.replaceAll("\n", "\r\n")]) {
      const [first] = (await runOf(each)).measurements;
      expect(first).toMatchObject({ value: 1, typical: 2 });
      expect(first?.benchmark.replace("\r", "")).toBe('a, "b"\nc');
    }
  });

  test("an empty deviation is normal after one run, an empty minimum is missing", async () => {
    expect(codes(await runOf(table("a,2,,2,0,0,2,2")))).toEqual([]);
    expect(codes(await runOf(table("a,2,,2,0,0,,2")))).toEqual(["invalid-value"]);
    expect(codes(await runOf(table("a,2,,2,0,0,NaN,2")))).toEqual(["invalid-value"]);
  });
});

describe("a table that is no result", () => {
  test("without a row has no data", async () => {
    expect(plain((await runOf(table())).noData ?? [])).toBe("no benchmark ran");
  });

  test("cut in the middle is broken", async () => {
    const bytes = fixture("hyperfine-csv/parameters.csv");
    expect(await brokenOf(bytes.subarray(0, -30))).toMatchObject({ code: "truncated" });
    expect(await brokenOf(table("a,1"))).toMatchObject({ code: "not-csv", line: 2 });
    expect(await brokenOf(table('"a,1,1,1,1,1,1,1'))).toMatchObject({ code: "not-csv" });
  });

  test("of somebody else is left alone", () => {
    for (const other of ["command,mean", "name,iterations,real_time,cpu_time\n", `"${HEADER}"`, `x\n${HEADER}`])
      expect(hyperfineCsv.recognizes(bytesOf(other))).toBe(false);
  });

  test("names a duplicate", async () => {
    const run = await runOf(table("a,2,,2,0,0,2,2", "a,1,,1,0,0,1,1"));
    expect(run.problems.map(sentence)).toEqual(["a: time stands 2 times in this file, and none of them is judged"]);
  });

  test("property: commands and times come back, whatever the commands are", async () => {
    const rows = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), min: fc.double({ min: 1e-9, max: 1e6, noNaN: true }) }), {
      selector: ({ name }) => name,
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const content = table(...list.map(({ name, min }) => `"${name.replaceAll('"', '""')}",1,0,${min},0,0,${min},1`));
        const { measurements } = await runOf(content);
        expect(measurements.map(({ benchmark, value }) => [benchmark, value])).toEqual(list.map(({ name, min }) => [name, min]));
      }),
    );
  });
});
