import { describe, expect, it } from "vitest";
import { brokenOf, fixture } from "./reading.js";
import { countsOf, doubtsOf, entryOf, recordOf } from "./runtime/reading.js";

const SUITE = "(all statements)";

const message = (sql: string, more: object = {}): string =>
  `duration: 0.016 ms  plan:\n${JSON.stringify({ "Query Text": sql, ...more, Plan: { "Node Type": "Seq Scan", Filter: "(b = 'zq-secret')" } }, null, 2)}`;

const jsonlog = (...messages: readonly string[]): string =>
  messages
    .map(
      (one, at) =>
        `${JSON.stringify({ timestamp: "2026-11-26 02:37:12.387 UTC", session_id: `6b.${at % 2}`, error_severity: "LOG", message: one })}\n`,
    )
    .join("");

const stderr = (...messages: readonly string[]): string =>
  messages.map((one) => `2026-11-26 02:37:12.387 UTC [42] LOG:  ${one.replaceAll("\n", "\n\t")}\n`).join("");

describe("real logs", () => {
  it.each(["pg15-jsonlog.json", "pg15-csvlog.csv", "pg15-stderr.log"])("%s: what the tests sent, by session", async (file) => {
    const record = await recordOf(fixture(`auto-explain/${file}`));
    const texts = new Map(record.statements.map(({ fingerprint, normalized }) => [fingerprint, normalized]));
    const [suite] = entryOf(record, SUITE).runs;
    const counts = Object.fromEntries(suite?.statements.map(({ fingerprint, count }) => [texts.get(fingerprint), count]) ?? []);
    expect(counts).toMatchObject({
      "select id, sku from items where order_id = ?": 26,
      "select id from items where sku = ? and order_id <> ?": 6,
      "select id from items where id in (?…)": 4,
    });
    expect(record.entries.filter(({ kind }) => kind === "session").length).toBeGreaterThan(1);
    expect(record.source).toBe("plan-log");
    expect(doubtsOf(record)).toEqual(["source"]);
  });

  it("say the same in each form", async () => {
    const [json, csv, plain] = await Promise.all(
      ["pg15-jsonlog.json", "pg15-csvlog.csv", "pg15-stderr.log"].map(async (file) => {
        const { sha256: _, ...record } = await recordOf(fixture(`auto-explain/${file}`));
        return record;
      }),
    );
    expect(csv).toEqual(json);
    expect(plain).toEqual(json);
  });
});

describe("what is taken of a message", () => {
  it.each([
    ["jsonlog", jsonlog],
    ["stderr", stderr],
  ])("%s: the text, and no value of a parameter or plan", async (_, write) => {
    const record = await recordOf(write(message("select a from t where b = 'zq-secret'", { "Query Parameters": "$1 = 'zq-secret'" })));
    expect(record.statements[0]?.normalized).toBe("select a from t where b = ?");
    expect(JSON.stringify(record)).not.toContain("zq-secret");
  });

  it("is counted once where a text of several statements is logged with each", async () => {
    const batch = message("select a from t; begin; select b from u;");
    const record = await recordOf(jsonlog(batch, "duration: 1 ms", batch, "a statement that failed"));
    expect(countsOf(entryOf(record, SUITE))).toEqual([1, 1]);
    expect(record.totals.noise).toBe(1);
  });

  it("are quotes and backslashes as they were", async () => {
    const record = await recordOf(stderr(message("select \"a\\b\" from t where c = E'\\'' ")));
    expect(record.statements[0]?.normalized).toBe('select "a\\b" from t where c = ?');
  });
});

describe("what is refused", () => {
  it.each([
    [jsonlog("database system is ready to accept connections"), "no-plans"],
    [jsonlog("duration: 0.016 ms  plan:\nQuery Text: select a from t\nSeq Scan on t"), "text-format"],
    [stderr("duration: 0.016 ms  plan:\nQuery Text: select a from t\nSeq Scan on t"), "text-format"],
  ])("%.60s", async (content, code) => expect((await brokenOf(content)).code).toBe(code));
});
