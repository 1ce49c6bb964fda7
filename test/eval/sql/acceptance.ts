import type { Dialect } from "../../../src/model/statements.js";
import type { DialectParser } from "../../../src/sandbox/dialect-parser.js";
import { createParser as generic } from "../../../src/sandbox/generic-parser.js";
import { createParser as postgres } from "../../../src/sandbox/postgres-parser.js";
import { STATEMENT_BYTES } from "../../../src/sandbox/take-apart.js";
import { dialectOf, isSqlFile } from "../../../src/sql/dialect.js";
import { prepare } from "../../../src/sql/prepare.js";
import { split } from "../../../src/sql/split.js";
import { table } from "../tables.js";
import type { Corpus } from "./corpus.js";
import { percent, quantile } from "./figures.js";

type Reader = Pick<DialectParser, "one">;

interface Tally {
  statements: number;
  parsed: number;
  wholeFiles: number;
  files: number;
  readonly ms: number[];
}

// The grammar is not one of ours, and stands here for comparison only.
async function nodeSqlPostgres(): Promise<Reader> {
  const loaded = await import("node-sql-parser/build/postgresql.js");
  const parser = new loaded.default.Parser();
  return { one: (sql) => ({ tree: parser.astify(sql, { database: "postgresql" }) }) };
}

function accepts(parser: Reader, texts: readonly string[]): boolean {
  return texts.some((text) => {
    try {
      parser.one(text);
      return true;
    } catch {
      return false;
    }
  });
}

/** As a review does it: with parameters bound where there are some, else as written. */
function takeFile(sql: string, dialect: Dialect, parser: Reader, tally: Tally): void {
  const live = sql.slice(0, prepare(sql, dialect).filled.length);
  let all = true;
  for (const { start, end } of split(live, dialect)) {
    const source = live.slice(start, end);
    if (Buffer.byteLength(source) > STATEMENT_BYTES) continue;
    const { filled, bound } = prepare(source, dialect);
    const began = performance.now();
    const accepted = accepts(parser, dialect === "postgresql" ? [bound, filled] : [filled, bound]);
    tally.ms.push(performance.now() - began);
    tally.statements += 1;
    if (accepted) tally.parsed += 1;
    else all = false;
  }
  tally.files += 1;
  if (all) tally.wholeFiles += 1;
}

async function parsersOf(dialect: Dialect): Promise<readonly (readonly [string, Reader])[]> {
  if (dialect !== "postgresql") return [["node-sql-parser", await generic(dialect)]];
  return [
    ["**libpg-query**", await postgres()],
    ["node-sql-parser", await nodeSqlPostgres()],
  ];
}

const row = (name: string, dialect: string, parser: string, { statements, parsed, files, wholeFiles, ms }: Tally): readonly string[] => [
  name,
  dialect,
  parser,
  String(files),
  String(statements),
  percent(parsed / statements),
  percent(wholeFiles / files),
  quantile(ms, 0.5).toFixed(2),
  quantile(ms, 0.99).toFixed(1),
];

/** Which share of the statements in a repository's SQL files each parser accepts, by dialect. */
export async function acceptance(corpora: readonly Corpus[]): Promise<string> {
  const rows: (readonly string[])[] = [];
  for (const { name, files } of corpora) {
    const byDialect = new Map<Dialect, string[]>();
    for (const { path, text } of files) {
      const dialect = isSqlFile(path) ? dialectOf(path, "postgresql") : null;
      if (dialect !== null && text !== undefined && text.trim() !== "") byDialect.set(dialect, [...(byDialect.get(dialect) ?? []), text]);
    }
    for (const [dialect, texts] of byDialect) {
      for (const [parserName, parser] of await parsersOf(dialect)) {
        const tally: Tally = { statements: 0, parsed: 0, wholeFiles: 0, files: 0, ms: [] };
        for (const text of texts) takeFile(text, dialect, parser, tally);
        rows.push(row(name, dialect, parserName, tally));
      }
    }
  }
  return table(["repository", "dialect", "parser", "files", "statements", "accepted", "whole files", "p50 ms", "p99 ms"], rows);
}
