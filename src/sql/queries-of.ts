import { genericQueries } from "./generic-query.js";
import { postgresQueries } from "./postgres-query.js";
import type { Query } from "./query.js";
import { levels } from "./query-walk.js";
import { remembered } from "./remembered.js";
import type { ParsedStatement } from "./tables.js";

/** The queries at a statement's top, whatever parser read it. */
export const queriesOf = remembered(({ dialect, tree }: ParsedStatement): readonly Query[] =>
  dialect === "postgresql" ? postgresQueries(tree) : genericQueries(tree),
);

/** Every level of a statement's queries: CTEs, sub-queries, arms of a UNION. */
export const levelsOf = remembered((statement: ParsedStatement): readonly Query[] => queriesOf(statement).flatMap(levels));
