import { extractStatements, type Readers } from "../../../src/evidence/extracted.js";
import { plannedText } from "../../../src/evidence/planned.js";
import type { PlannerSession } from "../../../src/evidence/planner.js";
import type { Statement } from "../../../src/model/statements.js";
import { plain } from "../../../src/model/text.js";
import { isPlannable } from "../../../src/sql/query-kind.js";
import type { Statistics } from "../../../src/sql/statistics-file.js";
import type { ParsedStatement } from "../../../src/sql/tables.js";
import { table } from "../tables.js";
import { type Corpus, isProgram } from "./corpus.js";
import { cell, counted, percent, quantile } from "./figures.js";
import { defaults } from "./judged.js";

/** Nothing is known of production: ten million rows each. */
export const ASSUMED: Statistics = { relations: [], columns: [], settings: {}, assumedRows: 10_000_000 };

/** The static queries of a repository, and how many are not. */
export interface Queries {
  /** SELECT, INSERT, UPDATE, DELETE and MERGE that stand whole in the text, parsed as PostgreSQL's, outside of tests. */
  readonly whole: readonly ParsedStatement[];
  /** Put together at run time, lone conditions, or refused by the parser. */
  readonly others: number;
  /** Files that could not be read in time, with the reason. */
  readonly unread: readonly string[];
}

const isStatic = (statement: Statement): statement is ParsedStatement =>
  statement.state === "parsed" && statement.dialect === "postgresql" && !statement.condition && isPlannable(statement.tree);

/** Queries of PostgreSQL in SQL files and in string literals of source code, tests left out. */
export async function queriesOf({ files }: Corpus, readers: Readers): Promise<Queries> {
  const texts = files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  const extracted = await extractStatements(texts, readers, defaults());
  const all = extracted
    .filter(({ path, kind, dialect }) => kind === "query" && dialect === "postgresql" && isProgram(path))
    .flatMap(({ statements }) => statements);
  const whole = all.flatMap((statement) => (isStatic(statement) ? [statement] : []));
  const unread = extracted.flatMap((file) => (file.unread ? [`${file.path}: ${plain(file.unread)}`] : []));
  return { whole, unread, others: all.filter((statement) => statement.state !== "parsed" || statement.condition).length };
}

export interface ExplainedCorpus {
  readonly row: readonly string[];
  readonly statements: number;
  /** Why statements were not planned, each with one of them. */
  readonly failures: readonly { readonly why: string; readonly place: string }[];
}

const placeOf = ({ path, line }: ParsedStatement): string => `${path}:${line}`;

/** EXPLAINs all whole queries at the head. */
export async function explainAll(corpus: Corpus, session: PlannerSession, { whole, others }: Queries): Promise<ExplainedCorpus> {
  const took: number[] = [];
  const failures: { why: string; place: string }[] = [];
  // The first request makes the tables as large as production's.
  await session.explain({ side: "head", statistics: ASSUMED, candidates: [], questions: [{ id: 0, sql: "SELECT 1" }] });
  for (const [id, statement] of whole.entries()) {
    const began = performance.now();
    const [answer] = await session.explain({
      side: "head",
      statistics: ASSUMED,
      candidates: [],
      questions: [{ id, sql: plannedText(statement) }],
    });
    took.push(performance.now() - began);
    if (!answer || "failed" in answer) failures.push({ why: answer ? plain(answer.failed) : "no answer", place: placeOf(statement) });
  }
  const planned = whole.length - failures.length;
  const row = [
    corpus.name,
    String(whole.length),
    String(others),
    String(planned),
    percent(planned / whole.length),
    quantile(took, 0.5).toFixed(1),
    quantile(took, 0.99).toFixed(0),
  ];
  return { row, statements: whole.length, failures };
}

const HEAD = ["repository", "static queries", "fragments, conditions and others", "planned", "", "p50 ms", "p99 ms"] as const;

const WHAT =
  "Static queries are SELECT, INSERT, UPDATE, DELETE and MERGE of PostgreSQL that stand whole in .sql files or in string literals, outside of migrations and tests. What is put together at run time is counted beside them, and not planned.";

/** The commonest reasons, names in them left out. */
function failuresTable(explained: readonly ExplainedCorpus[]): string {
  const all = explained.flatMap(({ failures }) => failures);
  const kind = (why: string): string => why.replace(/"[^"]*"/g, '"…"').slice(0, 90);
  const rows = counted(all.map(({ why }) => kind(why)))
    .slice(0, 15)
    .map(([why, count]) => [cell(why), String(count), cell(all.find((one) => kind(one.why) === why)?.place ?? "")]);
  return table(["why not", "queries", "one of them"], rows);
}

/** How many queries of each repository, and of all of them, PostgreSQL plans; and why not the others. */
export function explainedTable(explained: readonly ExplainedCorpus[]): string {
  const statements = explained.reduce((sum, one) => sum + one.statements, 0);
  const planned = statements - explained.reduce((sum, { failures }) => sum + failures.length, 0);
  const all = ["**all**", String(statements), "", String(planned), percent(planned / statements), "", ""];
  const rows = [...explained.map(({ row }) => row), all];
  return [WHAT, table(HEAD, rows), failuresTable(explained)].join("\n\n");
}
