import type { Statement, StatementFile } from "../model/statements.js";

/** Statements are copied on their way, their places are not. */
export const isThere = (one: Statement, statement: Statement): boolean =>
  one === statement || (one.start !== undefined && one.start === statement.start);

/** All that a file runs, changed or not, in its order. */
export const allStatements = ({ whole, statements }: StatementFile): readonly Statement[] => whole ?? statements;

/** What a file runs before one of its statements, changed or not. */
export function statementsBefore(statement: Statement, file: StatementFile): readonly Statement[] {
  const all = allStatements(file);
  const place = all.findIndex((one) => isThere(one, statement));
  return place < 0 ? all : all.slice(0, place);
}
