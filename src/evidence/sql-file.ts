import type { Statement } from "../model/statements.js";
import { text } from "../model/text.js";
import { bindParameters } from "../sql/bound.js";
import { foreignDialect } from "../sql/foreign-dialect.js";
import { invisibleAt } from "../sql/invisible.js";
import { canonical } from "../sql/lexer.js";
import { lineOf, lineStarts } from "../sql/lines.js";
import { type Found, type GivenFile, nameIn, type Question } from "./found.js";
import { placeStatements } from "./placed-statements.js";
import type { ParsedStatement } from "./sources.js";

function bound(statement: Statement): Statement {
  if (statement.dialect !== "postgresql" || statement.state !== "parsed") return statement;
  const { sql } = bindParameters(statement.sql, statement.dialect, "identifier");
  return sql === statement.sql ? statement : { ...statement, bound: sql };
}

/** A statement of another database that happens to parse would be judged by the wrong rules. */
function ofItsDialect(statement: Statement): Statement {
  const foreign = foreignDialect(statement.sql, statement.dialect);
  if (foreign === null) return statement;
  const { path, line, endLine, sql, dialect, suppressions, start } = statement;
  const place = { path, line, endLine, sql, dialect, suppressions, ...(start !== undefined && { start }) };
  return { ...place, state: "not-checkable", reason: text`it is written for ${[foreign]}, which is not parsed` };
}

/** What a reader cannot see is named beside what was parsed. */
export function invisible(statement: Statement, line: (offset: number) => number): readonly Statement[] {
  const at = invisibleAt(statement.sql, statement.dialect);
  if (at === null) return [statement];
  const code = (statement.sql.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const { path, line: first, endLine, sql, dialect, suppressions, start } = statement;
  const place = { path, line: first, endLine, sql, dialect, suppressions, ...(start !== undefined && { start }) };
  const reason = text`it holds invisible characters (${[`U+${code}`]} at line ${line(at)}), so it may not be what it seems`;
  return [statement, { ...place, state: "not-checkable", reason }];
}

/** How a `.sql` file is asked about: as one text. */
export function sqlFileQuestion({ path, dialect, text: sql, paired }: GivenFile): Question {
  const found = (parsed: ParsedStatement, statement: Statement, previousEnd: number, starts: readonly number[]): readonly Found[] => {
    const fingerprint = "tree" in parsed ? (parsed.fingerprint ?? null) : null;
    const name = nameIn(sql.slice(previousEnd, parsed.end));
    const placed = bound(ofItsDialect({ ...statement, start: parsed.start }));
    return invisible(placed, (at) => lineOf(starts, parsed.start + at)).map((one) => ({
      statement: one,
      // Asked for where there is another side alone.
      get identity() {
        return `${one.state === "parsed"} ${canonical(statement.sql, dialect)}`;
      },
      fingerprint,
      name,
      place: null,
    }));
  };
  return {
    text: { path, dialect, sql, ...(paired && { fingerprints: paired }) },
    answered: (answer) => {
      if ("refused" in answer) return { unread: answer.refused };
      const starts = lineStarts(sql);
      return placeStatements(path, sql, dialect, answer.statements).flatMap((statement, index) => {
        const parsed = answer.statements[index];
        return parsed ? found(parsed, statement, answer.statements[index - 1]?.end ?? 0, starts) : [];
      });
    },
  };
}
