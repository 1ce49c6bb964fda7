import { describe, expect, it } from "vitest";
import { readResultFile } from "../../src/formats/read.js";
import { isSqlFileName, withinSqlCap } from "../../src/formats/sql-file.js";
import type { ParsedRun } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, stream } from "./reading.js";

const read = async (name: string, content: unknown) => {
  const result = await readResultFile(name, stream(bytesOf(content), 60_000));
  if (!("run" in result)) throw new Error("not read");
  return { ...result.run, problems: result.run.problems.map(({ level, message }) => `${level}: ${plain(message)}`) };
};

describe("SQL that a workflow hands in", () => {
  it.each([
    ["redline-schema.sql", true],
    ["ci/out/redline-migration.sql", true],
    ["redline-migration-0042_orders.sql", true],
    ["schema.sql", false],
    ["my-redline-schema.sql", false],
    ["redline-schema.sql/results.json", false],
    ["redline-schema.sqlite", false],
  ])("is known by its name: %s", (name, expected) => expect(isSqlFileName(name)).toBe(expected));

  it("is kept as text, without a byte order mark, and measures nothing", async () => {
    const sql = "CREATE TABLE größe (id int);\n".repeat(4000);
    expect(await read("out/redline-schema.sql", `\uFEFF${sql}`)).toEqual({ format: "sql", measurements: [], problems: [], sql });
    expect(await read("redline-migration.sql", "")).toMatchObject({ sql: "" });
  });

  it.each([
    ["is larger than 512 KB", "x".repeat(512 * 1024 + 1), "warning: not read: it is larger than 512 KB"],
    ["is binary", "a\0b", "warning: not read: it is binary"],
    ["is no UTF-8", Uint8Array.of(0x41, 0xc3, 0x28), "warning: not read: it is not UTF-8"],
  ])("is named and left out when it %s", async (_, content, problem) => {
    const run = await read("redline-migration.sql", content);
    expect(run.problems).toEqual([problem]);
    expect(run.sql).toBeUndefined();
  });

  it("is read up to twenty files, and the rest is named once; results are not counted", () => {
    const sql = Array.from({ length: 30 }, (_, index): { file: string; run: ParsedRun } => ({
      file: `redline-migration-${index}.sql`,
      run: { format: "sql", measurements: [], problems: [], sql: "SELECT 1" },
    }));
    const result: (typeof sql)[number] = { file: "k6.json", run: { format: "k6-summary", measurements: [], problems: [] } };
    const kept = withinSqlCap([...sql, result]);
    expect(kept).toHaveLength(22);
    expect(kept.filter(({ run }) => "sql" in run && run.sql !== undefined)).toHaveLength(20);
    expect(plain(kept[20]?.run.problems[0]?.message ?? [])).toBe("not read: more than 20 files of SQL were handed in");
    expect(withinSqlCap(kept.slice(0, 20))).toEqual(sql.slice(0, 20));
  });
});
