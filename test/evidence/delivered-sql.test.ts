import { describe, expect, it } from "vitest";
import { deliveredSchema, withoutSql } from "../../src/evidence/delivered-sql.js";
import type { ResultFile } from "../../src/model/evidence.js";
import { plain, text } from "../../src/model/text.js";

const sql = (file: string, content: string): ResultFile => ({ file, run: { format: "sql", measurements: [], problems: [], sql: content } });
const k6: ResultFile = { file: "k6.json", run: { format: "k6-summary", measurements: [], problems: [] } };
const unread: ResultFile = {
  file: "a/redline-schema.sql",
  run: { format: "sql", measurements: [], problems: [{ level: "warning", code: "sql-not-read", message: text`no` }] },
};

describe("the SQL among the head's results", () => {
  it("is taken out of them, schema and migrations apart, under paths that no repository has", () => {
    const files = [sql("db/redline-schema.sql", "S"), k6, sql("db/redline-migration-2.sql", "M")];
    const { results, sql: taken, problems } = withoutSql({ status: "collected", value: { files } });
    expect(results).toEqual({ status: "collected", value: { files: [k6] } });
    expect(taken).toEqual({
      schema: { path: "artifact://db/redline-schema.sql", text: "S" },
      migrations: [{ path: "artifact://db/redline-migration-2.sql", text: "M" }],
    });
    expect(problems).toEqual([]);
  });

  it("is the newest of each file: a run that is repeated hands the same in again", () => {
    const files = [sql("redline-migration.sql", "old"), sql("redline-schema.sql", "old"), sql("redline-migration.sql", "new")];
    expect(withoutSql({ status: "collected", value: { files } }).sql.migrations.map(({ text: content }) => content)).toEqual(["new"]);
    expect(deliveredSchema([...files, unread, sql("b/redline-schema.sql", "b")])?.text).toBe("b");
    expect(deliveredSchema([k6])).toBeNull();
  });

  it("is no result: with nothing else there are none, and what was not read is told", () => {
    const { results, problems, sql: taken } = withoutSql({ status: "collected", value: { files: [unread] } });
    expect(results.status === "absent" && plain(results.reason)).toBe("only SQL was handed in, and no result file");
    expect(problems).toHaveLength(1);
    expect(taken.schema).toBeNull();
  });

  it("leaves results alone that hold none", () => {
    const value = { files: [k6], problems: [] };
    expect(withoutSql({ status: "collected", value }).results).toEqual({ status: "collected", value });
    const absent = { status: "absent", reason: text`none` } as const;
    expect(withoutSql(absent).results).toBe(absent);
    expect(withoutSql({ status: "collected", value: { files: [], problems: [] } }).results.status).toBe("collected");
  });
});
