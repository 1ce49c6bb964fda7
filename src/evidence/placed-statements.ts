import type { Dialect, Statement } from "../model/statements.js";
import { text } from "../model/text.js";
import { suppressionsOf } from "../sql/suppressions.js";
import type { ParsedStatement } from "./sources.js";

/** The 1-based line of each offset; offsets in ascending order. */
function linesAt(sql: string, offsets: readonly number[]): readonly number[] {
  let line = 1;
  let next = sql.indexOf("\n");
  return offsets.map((offset) => {
    for (; next >= 0 && next < offset; next = sql.indexOf("\n", next + 1)) line += 1;
    return line;
  });
}

/** The statements of a file with their lines and the suppressions that belong to them, in their order. */
export function placeStatements(path: string, sql: string, dialect: Dialect, statements: readonly ParsedStatement[]): readonly Statement[] {
  const places = statements.filter((statement, index) => statement.start !== statements[index - 1]?.start);
  const suppressions = suppressionsOf(sql, dialect, places);
  const byStart = new Map(places.map((place, index) => [place.start, suppressions[index]]));
  const starts = linesAt(
    sql,
    statements.map((statement) => statement.start),
  );
  const ends = linesAt(
    sql,
    statements.map((statement) => statement.end),
  );
  return statements.map((statement, index) => {
    const line = starts[index] ?? 1;
    const place = {
      path,
      dialect,
      start: statement.start,
      line,
      endLine: ends[index] ?? line,
      suppressions: byStart.get(statement.start) ?? [],
    };
    const source = { ...place, sql: sql.slice(statement.start, statement.end) };
    return "tree" in statement
      ? { ...source, state: "parsed", tree: statement.tree }
      : { ...source, state: "not-parsed", reason: text`${statement.error}` };
  });
}
