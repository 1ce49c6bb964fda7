import { levelsOf } from "../sql/queries-of.js";
import type { Query } from "../sql/query.js";
import { isLasting, type ParsedStatement } from "../sql/tables.js";
import type { Surroundings } from "./statement-rule.js";

/** Every level of a statement that runs again and again: in a query file, or a view of a migration. */
export function standingLevels(statement: ParsedStatement, { file }: Surroundings): readonly Query[] {
  return file.kind === "query" || isLasting(statement) ? levelsOf(statement) : [];
}
