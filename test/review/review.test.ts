import { describe, expect, it } from "vitest";
import type { Sources } from "../../src/evidence/sources.js";
import type { Results } from "../../src/model/evidence.js";
import { plain, text } from "../../src/model/text.js";
import { review } from "../../src/review/review.js";

const sources = (
  yaml: string,
  results: Results | null = null,
  sql: Partial<Pick<Sources, "parseSql" | "snapshot" | "tree">> = {},
): Sources => ({
  configuration: async () => ({ path: ".github/redline.yml", text: yaml }),
  statistics: async (path) => ({ path, text: null }),
  snapshot: async () => ({
    draft: false,
    base: { ref: "main", sha: "b" },
    mergeBase: { sha: "b" },
    head: { sha: "a" },
    files: [{ path: "README.md", status: "modified", base: "a", head: "b" }],
  }),
  parseSql: async () => [],
  readSources: async () => [],
  readFacts: async () => [],
  planner: null,
  tree: async () => ({ status: "absent", reason: text`none` }),
  results: async () => (results ? { status: "collected", value: results } : { status: "absent", reason: text`none` }),
  baseline: async () => ({ status: "absent", reason: text`none` }),
  attestations: async () => [],
  override: async () => ({ override: null }),
  ...sql,
});
const reviewed = (...given: Parameters<typeof sources>) =>
  review(sources(...given), {
    waitUntil: () => null,
    today: "2026-01-05",
    onRuleError: (_, error) => {
      throw error;
    },
  });

describe("a review", () => {
  it("names a configured rule that does not exist, and goes on", async () => {
    const { problems, verdict } = await reviewed("rules: { queries/no-such-rule: warning, queries/order-by-random: off }\n");
    expect(problems.map(({ code, message }) => `${code}: ${plain(message)}`)).toEqual([
      "unknown-rule: there is no rule queries/no-such-rule",
    ]);
    expect(verdict.conclusion).toBe("success");
  });

  it("asks for the dialect where the tools' files name several databases", async () => {
    const files = [
      ["a/knexfile.js", "mysql"],
      ["b/knexfile.js", "sqlite3"],
    ].map(([path = "", client]) => ({ path, sha: path, text: `module.exports = { client: '${client}' };` }));
    const head = "SELECT 1;";
    const { problems } = await reviewed("mode: advisory\n", null, {
      snapshot: async () => ({
        draft: false,
        base: { ref: "main", sha: "b" },
        mergeBase: { sha: "b" },
        head: { sha: "a" },
        files: [{ path: "q/one.sql", status: "added", head }],
      }),
      parseSql: async () => [{ statements: [{ start: 0, end: 8, tree: { SelectStmt: {} } }] }],
      tree: async () => ({ status: "collected", value: { files } }),
    });
    expect(problems.map(({ code, message, remedy }) => `${code}: ${plain(message)}; ${plain(remedy ?? [])}`)).toEqual([
      "dialect-unclear: SQL was read as PostgreSQL's, although the repository names several databases: mysql in a/knexfile.js, sqlite in b/knexfile.js; set database.dialect, or keep each database's SQL in a folder of its name",
    ]);
  });

  it("does not open on a run that proves nothing", async () => {
    const run = { format: "autocannon", measurements: [], noData: text`all ${500} responses were 403`, problems: [] };
    const { problems, verdict } = await reviewed("mode: blocking\n", { files: [{ file: "load.json", run }] });
    expect(problems).toMatchObject([{ level: "error", code: "no-data", file: "load.json" }]);
    expect(verdict.conclusion).toBe("action_required");
  });

  it("names every changed statement and file that nobody could parse, with its line", async () => {
    const head = "SELEC 1;\nSELECT 1;\nSELEC 2;";
    const at = (word: string) => ({ start: head.indexOf(word), end: head.indexOf(word) + 7 });
    const broken = (word: string) => ({ ...at(word), error: "syntax error" });
    const { problems, verdict } = await reviewed("mode: blocking\n", null, {
      snapshot: async () => ({
        draft: false,
        base: { ref: "main", sha: "b" },
        mergeBase: { sha: "b" },
        head: { sha: "a" },
        files: [
          { path: "a.sql", status: "added", head },
          { path: "b.sql", status: "added", unread: "binary" },
        ],
      }),
      parseSql: async () => [{ statements: [broken("SELEC 1"), { ...at("SELECT 1"), tree: {} }, broken("SELEC 2")] }],
    });
    expect(problems.map(({ level, code, file, line }) => [level, code, file, line])).toEqual([
      ["warning", "sql-not-parsed", "a.sql", 1],
      ["warning", "sql-not-parsed", "a.sql", 3],
      ["warning", "sql-not-read", "b.sql", undefined],
    ]);
    expect(verdict.conclusion).toBe("success");
  });

  it("lists what it looked at, with counts", async () => {
    const { evidence } = await reviewed("mode: advisory\n");
    expect(evidence).toEqual([{ kind: "files", source: "changed files", n: 1 }]);
  });
});
