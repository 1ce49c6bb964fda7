import type { Observation } from "../model/catalogue.js";
import type { Statements } from "../model/statements.js";
import type { ParsedStatement } from "../sql/tables.js";
import type { PlannerSession } from "./planner.js";

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const ownPlace = ({ path, start = -1 }: Pick<ParsedStatement, "path" | "start">): string => JSON.stringify([path, start]);

/** The same statement at the same place of a file of the same name. */
const copiedPlace = ({ path, start = -1, sql }: ParsedStatement): string => JSON.stringify([nameOf(path), start, sql]);

const parsedOf = ({ files }: Statements): readonly ParsedStatement[] =>
  files.flatMap(({ statements }) => statements.flatMap((statement) => (statement.state === "parsed" ? [statement] : [])));

/**
 * The statements with what those did that ran, by file and place. Drivers keep copies of one migration in folders of
 * their own, of which one is run: what is seen there holds for the others.
 */
export function withObserved(statements: Statements, { observed }: Pick<PlannerSession, "observed">): Statements {
  const own = new Map(observed.map((one) => [ownPlace(one), one.observation]));
  const run = new Set(observed.map(({ path }) => path));
  const copies = new Map<string, Observation>();
  for (const statement of parsedOf(statements)) {
    const observation = own.get(ownPlace(statement));
    if (observation) copies.set(copiedPlace(statement), observation);
  }
  const seen = (statement: ParsedStatement): Observation | null | undefined =>
    run.has(statement.path) ? own.get(ownPlace(statement)) : copies.get(copiedPlace(statement));
  const files = statements.files.map((file) => ({
    ...file,
    statements: file.statements.map((statement) => {
      const observation = statement.state === "parsed" ? seen(statement) : null;
      return statement.state === "parsed" && observation ? { ...statement, observed: observation } : statement;
    }),
  }));
  return { ...statements, files };
}
