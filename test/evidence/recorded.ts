import type { EntryRun, RuntimeEntry, RuntimeRun, RuntimeStatement } from "../../src/model/runtime.js";

const verbOf = (sql: string): string => sql.split(" ")[0]?.toUpperCase() ?? "";
const tablesOf = (sql: string): readonly string[] =>
  [...sql.matchAll(/(?:from|join|into|update) (\w+)/gi)].flatMap(([, name]) => name ?? []).sort();

/** A statement whose fingerprint is its text. */
export const statementOf = (sql: string, more: Partial<RuntimeStatement> = {}): RuntimeStatement => ({
  fingerprint: sql,
  normalized: sql.replace(/\$\d+/g, "?"),
  sql,
  system: "postgresql",
  verb: verbOf(sql),
  tables: tablesOf(sql),
  ...more,
});

/** One run of an entry that sent these statements so often. */
export const runOf = (counts: Readonly<Record<string, number>>, more: Partial<EntryRun> = {}): EntryRun => ({
  statements: Object.entries(counts).map(([fingerprint, count]) => ({ fingerprint, count, failed: 0 })),
  noise: 0,
  otherSystems: [],
  calls: [],
  spans: 1,
  connections: 0,
  ...more,
});

export const entryOf = (key: string, runs: readonly EntryRun[], more: Partial<RuntimeEntry> = {}): RuntimeEntry => ({
  kind: /^[A-Z]+ \//.test(key) ? "endpoint" : "test",
  key,
  runs,
  ...more,
});

/** A complete record of one suite. */
export function recordOf(entries: readonly RuntimeEntry[], more: Partial<RuntimeRun> = {}): RuntimeRun {
  const fingerprints = entries.flatMap(({ runs }) => runs.flatMap(({ statements }) => statements.map(({ fingerprint }) => fingerprint)));
  return {
    suite: "smoke",
    source: "traces",
    instrumentations: [],
    services: [],
    statements: [...new Set(fingerprints)].map((sql) => statementOf(sql)),
    entries,
    totals: { statements: 0, noise: 0, failed: 0, outside: 0, spans: 0, orphans: 0, duplicates: 0 },
    completeness: { status: "complete" },
    files: ["smoke/traces.jsonl"],
    ...more,
  };
}
