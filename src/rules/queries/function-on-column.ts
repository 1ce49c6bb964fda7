import { statement as copied, type Text, text } from "../../model/text.js";
import { shortName } from "../../sql/scope.js";
import { type ParsedStatement, quoted, quotedTable } from "../../sql/tables.js";
import { type WrappedColumn, wrappedColumns } from "../../sql/wrapped-columns.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

/** A table of fewer rows is read whole in about a millisecond. */
const SMALL_ROWS = 10_000;

function help({ wrapper, column, relation }: WrappedColumn, { dialect }: ParsedStatement): Text {
  const range = text`Leave the column alone and put the work on the other side (a range: ${"created_at >= $1 AND created_at < $1 + interval '1 day'"})`;
  if (!wrapper.endsWith("()")) return text`${range}.`;
  const key = `${wrapper.slice(0, -1)}${quoted(column)})`;
  if (dialect === "postgresql")
    return text`${range}, or index what is compared, if the function is immutable: ${copied(`CREATE INDEX CONCURRENTLY ON ${quotedTable(relation)} (${key});`)}`;
  return text`${range}, or index what is compared: ${copied(`CREATE INDEX … ON ${relation.name} (${dialect === "sqlite" ? key : `(${key})`});`)}`;
}

const isSmall = ({ relation }: WrappedColumn, { rows }: Surroundings): boolean => (rows(relation) ?? Number.POSITIVE_INFINITY) < SMALL_ROWS;

/** An indexed column that is changed before it is compared. */
export const functionOnColumn = statementRule({
  id: "queries/function-on-column",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql", "mariadb", "sqlite"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`The index holds the column as it is, so it cannot find the rows: every row is read and worked out.`,
  look: (statement, surroundings) => {
    const catalogue = surroundings.schema?.head;
    if (!catalogue || surroundings.schema?.dialect !== statement.dialect) return [];
    return standingLevels(statement, surroundings)
      .flatMap((level) => wrappedColumns(level, catalogue))
      .filter((found) => !isSmall(found, surroundings))
      .map((found) => ({
        what: text`${found.wrapper} on ${`${shortName(found.relation)}.${found.column}`} keeps index ${found.index.name} from being used`,
        help: help(found, statement),
      }));
  },
});
