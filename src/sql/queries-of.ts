import { genericQueries } from "./generic-query.js";
import { postgresQueries } from "./postgres-query.js";
import type { Query } from "./query.js";
import { levels } from "./query-walk.js";
import type { ParsedStatement } from "./tables.js";

// Many rules look at one statement one after the other.
const read = new WeakMap<ParsedStatement, readonly Query[]>();

/** The queries at a statement's top, whatever parser read it. */
export function queriesOf(statement: ParsedStatement): readonly Query[] {
  const known = read.get(statement);
  if (known) return known;
  const queries = statement.dialect === "postgresql" ? postgresQueries(statement.tree) : genericQueries(statement.tree);
  read.set(statement, queries);
  return queries;
}

/** Every level of a statement's queries: CTEs, sub-queries, arms of a UNION. */
export function levelsOf(statement: ParsedStatement): readonly Query[] {
  return queriesOf(statement).flatMap(levels);
}
