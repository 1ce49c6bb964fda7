import { describe, expect, it } from "vitest";
import { brokenOf, codes, fixture, runOf } from "./reading.js";
import { doubtsOf, entryOf, recordOf } from "./runtime/reading.js";

const SUITE = "(all statements)";

/** Calls by normalised text. */
async function calls(content: unknown): Promise<Readonly<Record<string, number>>> {
  const record = await recordOf(content);
  const texts = new Map(record.statements.map(({ fingerprint, normalized }) => [fingerprint, normalized]));
  const [run] = entryOf(record, SUITE).runs;
  return Object.fromEntries(run?.statements.map(({ fingerprint, count }) => [texts.get(fingerprint) ?? "", count]) ?? []);
}

const csv = (...rows: readonly string[]): string => `${rows.join("\n")}\n`;

describe("real views", () => {
  it.each(["pg15.csv", "pg15.json"])("%s", async (file) => {
    expect(await calls(fixture(`pg-stat-statements/${file}`))).toMatchObject({
      "select id, sku from items where order_id = ?": 26,
      "select id from items where sku = ? and order_id <> ?": 6,
      "select id from items where id in (?…)": 4,
      "update orders set customer = ? where id = ?": 1,
    });
    const record = await recordOf(fixture(`pg-stat-statements/${file}`));
    expect(record.source).toBe("statement-statistics");
    expect(record.totals.noise).toBeGreaterThan(2);
  });

  it("of PostgreSQL 18, whose lists are one statement", async () => {
    expect(await calls(fixture("pg-stat-statements/pg18.csv"))).toMatchObject({
      "select id, sku from items where order_id = ?": 10,
      "select id from items where id in (?…)": 2,
    });
  });

  it("have the same fingerprints as traces of the same suite", async () => {
    const prints = async (file: string) => new Set((await recordOf(fixture(file))).statements.map(({ fingerprint }) => fingerprint));
    const [view, traces] = [await prints("pg-stat-statements/pg15.csv"), await prints("otlp-json/pg.jsonl")];
    const ofFailed = [...traces].filter((fingerprint) => !view.has(fingerprint));
    expect(ofFailed).toHaveLength(1);
  });
});

describe("columns", () => {
  it.each([
    [
      "of PostgreSQL 13, without toplevel",
      csv("userid,dbid,queryid,query,plans,total_plan_time,calls,rows", "10,5,1,select a from t,0,0,3,6"),
    ],
    ["in another order, and quoted", csv('"calls","rows","query","queryid"', '3,6,"select a from t",5866497828237067251')],
    [
      "as JSON, with numbers as texts",
      JSON.stringify([{ queryid: "5866497828237067251", calls: "3", rows: "6", query: "select a from t" }]),
    ],
    [
      "as JSON, with ids that JavaScript cannot hold",
      '[{"queryid": 5866497828237067251, "calls": 3, "rows": 6, "query": "select a from t"}]',
    ],
  ])("%s", async (_, content) => {
    const record = await recordOf(content);
    expect(entryOf(record, SUITE).runs[0]?.statements).toEqual([expect.objectContaining({ count: 3, rows: 6, failed: 0 })]);
    expect(record.statements[0]?.normalized).toBe("select a from t");
  });

  it("leave out statements inside of functions", async () => {
    const content = csv("queryid,toplevel,calls,query", "1,t,2,select a from t", "2,f,50,select b from t");
    expect(await calls(content)).toEqual({ "select a from t": 2 });
  });

  it("join texts over several lines", async () => {
    expect(await calls(csv("queryid,calls,query", '1,2,"select a', 'from t where b = ""x"""', "2,3,select c from t"))).toEqual({
      'select a from t where b = "x"': 2,
      "select c from t": 3,
    });
  });

  it("without a text are counted, and named as incomplete", async () => {
    const record = await recordOf(csv("queryid,calls,query", "1,2,", "2,3,<insufficient privilege>"));
    expect(record.statements.map(({ incomplete }) => incomplete !== undefined)).toEqual([true]);
    expect(record.totals.statements).toBe(5);
  });
});

describe("damage", () => {
  it("makes a record partial", async () => {
    const content = csv("queryid,calls,query", "1,2,select a from t", "1,many,select b from t", "1,2");
    expect(codes(await runOf(content))).toEqual(["unreadable-lines", "unreadable-rows"]);
    expect(doubtsOf(await recordOf(content))).toEqual(["unreadable"]);
  });

  it("of a view without rows is an error", async () => {
    expect((await brokenOf(csv("queryid,calls,query"))).code).toBe("no-statements");
  });
});
