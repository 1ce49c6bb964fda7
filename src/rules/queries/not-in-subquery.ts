import { statement as copied, text } from "../../model/text.js";
import type { ExpressionOf, Query } from "../../sql/query.js";
import { conditions, leaves, levels, partsOf } from "../../sql/query-walk.js";
import { isPinned } from "../../sql/row-bounds.js";
import { equalities, isGiven } from "../../sql/scope.js";
import { type Table, tableName } from "../../sql/tables.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** Fewer rows than this fit in the hash table of a SubPlan many times over. */
const SMALL_ROWS = 10_000;

type NotIn = ExpressionOf<"in query">;

const tablesIn = (query: Query): readonly Table[] =>
  levels(query).flatMap((level) => leaves(level.from).flatMap((leaf) => (leaf.kind === "table" ? leaf.table : [])));

/** No table behind it, a LIMIT, or small tables; what a CTE of the statement holds is not known. */
function isSmall(query: Query, { rows }: Surroundings): boolean {
  const limit = query.limit?.kind === "constant" ? Number(query.limit.value) : Number.POSITIVE_INFINITY;
  return limit < SMALL_ROWS || tablesIn(query).every((table) => (rows(table) ?? Number.POSITIVE_INFINITY) < SMALL_ROWS);
}

const isNarrowed = (query: Query): boolean => equalities(query).some(({ values }) => values.every(isGiven));

function hit({ query }: NotIn): Hit {
  const [table] = tablesIn(query);
  return {
    what: text`NOT IN over a query${table ? text` on ${tableName(table)}` : []}`,
    help: text`Ask for what is not there: ${copied("WHERE NOT EXISTS (SELECT 1 FROM other o WHERE o.key = t.key)")}, which becomes an anti-join and is not undone by one NULL.`,
    ...(isNarrowed(query) && { severity: "notice" }),
  };
}

function hits(level: Query, surroundings: Surroundings): readonly Hit[] {
  const catalogue = surroundings.schema?.head ?? null;
  if (leaves(level.from).some((leaf) => isPinned(level, leaf, catalogue))) return [];
  const all = [...conditions(level), ...(level.having ? [level.having] : [])].flatMap((condition) => partsOf(condition, "in query"));
  return all.filter(({ negated, query }) => negated && !isSmall(query, surroundings)).map(hit);
}

/** NOT IN (SELECT …): compared row by row once the inner result outgrows memory. */
export const notInSubquery = statementRule({
  id: "queries/not-in-subquery",
  answers: "queries/bounded",
  dialects: ["postgresql"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`PostgreSQL makes no anti-join of it, even where both columns are NOT NULL: once the inner rows outgrow work_mem they are gone through again for every outer row; and one NULL among them makes the result empty.`,
  look: (statement, surroundings) => standingLevels(statement, surroundings).flatMap((level) => hits(level, surroundings)),
});
